import type { Person } from '../../src/sandbox/people/person.ts'
import type { PersonEvent } from '../../src/sandbox/people/protocol.ts'

type Named<N extends PersonEvent['name']> = Extract<PersonEvent, { readonly name: N }>

export type Watch = {
  /** All that this person has seen, oldest first. */
  readonly seen: readonly PersonEvent[]
  named<N extends PersonEvent['name']>(name: N): Named<N>[]
  /** The first event of that name, past or to come, that fits; fails after `ms`. */
  next<N extends PersonEvent['name']>(
    name: N,
    fits?: (event: Named<N>) => boolean,
    ms?: number,
  ): Promise<Named<N>>
  stop(): void
}

/** Keeps what a person sees, so that a test can wait for it. */
export const watch = (person: Person): Watch => {
  const seen: PersonEvent[] = []
  const looks = new Set<() => void>()
  const stop = person.on((event) => {
    seen.push(event)
    for (const look of looks) look()
  })
  const named = <N extends PersonEvent['name']>(name: N) =>
    seen.filter((event): event is Named<N> => event.name === name)
  return {
    seen,
    named,
    stop,
    next: (name, fits = () => true, ms = 5_000) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          looks.delete(look)
          const names = seen.map((event) => event.name).join(', ')
          reject(new Error(`${person.user.username} saw no such “${name}” in ${ms} ms, but: ${names}`))
        }, ms)
        const look = () => {
          const event = named(name).find(fits)
          if (!event) return
          clearTimeout(timer)
          looks.delete(look)
          resolve(event)
        }
        looks.add(look)
        look()
      }),
  }
}
