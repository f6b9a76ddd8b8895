import { isDeepStrictEqual } from 'node:util'
import { questionOf } from '../../src/recall/question.ts'
import { isStop } from '../../src/recall/stop-words.ts'
import { isEnd, stemsOf } from '../../src/recall/terms.ts'
import type { Head } from '../../src/story/head.ts'
import type { Line } from '../../src/story/line.ts'
import type { Memory } from '../../src/story/memory.ts'
import { witnessedBy } from '../../src/story/witness.ts'
import type { Remembered } from '../../src/turn/ports/timeline.ts'
import { queryAt } from '../../src/turn/remembered.ts'
import { type Copy, visibleIn } from './naive.ts'
import type { World } from './world.ts'

const tellingIn = (body: string): string[] => stemsOf(body).filter((stem) => !isEnd(stem) && !isStop(stem))

type Said = { readonly turn: number; readonly witnesses: readonly string[] }

/** Every line that was ever said, on whichever way. */
const everSaid = ({ log }: World): ReadonlyMap<string, Said> =>
  new Map(
    log.flatMap(({ turn, event }): [string, Said][] => {
      if (event.type === 'line.spoken') return [[event.data.line, { turn, witnesses: event.data.witnesses }]]
      if (event.type !== 'line.revised') return []
      const { lines, turn: then } = event.data
      return lines.map(({ line, witnesses }) => [line, { turn: then, witnesses }])
    }),
  )

/** A memory, with the stems of its words. */
type Stemmed<Of> = { readonly memory: Of; readonly stems: readonly string[] }

/** What the lists say that is to be seen from a point of a story. */
export type Sight = {
  readonly head: Head
  readonly lines: readonly Line[]
  readonly seen: readonly Stemmed<Remembered>[]
  /** All that was ever remembered and is not erased, and all that was ever said, on whichever way. */
  readonly ever: readonly Stemmed<Memory>[]
  readonly said: ReadonlyMap<string, Said>
}

export const sightOf = (world: World, head: Head, copy: Copy): Sight => {
  const { lines, memories } = visibleIn(copy, world.words)
  return {
    ...{ head, lines, said: everSaid(world) },
    seen: memories.map((memory) => ({ memory, stems: tellingIn(memory.body) })),
    ever: world.log.flatMap(({ event }) => {
      if (event.type !== 'memory.formed') return []
      return [{ memory: event.data, stems: tellingIn(world.words.get(event.data.text) ?? '') }]
    }),
  }
}

/** Whom is asked with which words. `until`: only of what rests on turns up to one. */
export type Predicate = {
  readonly owner: string
  readonly words: readonly string[]
  readonly until?: number
}

/** More than anybody remembers: nothing is left out for want of room. */
const LIMIT = 5000

const faultOf = (
  memory: Remembered,
  known: ReadonlyMap<string, Remembered>,
  said: ReadonlyMap<string, Said>,
): string | undefined => {
  const same = known.get(memory.memory)
  if (!same) return 'is not to be seen there'
  if (!isDeepStrictEqual(memory, same)) return 'is not what it is'
  const isUnheard = memory.lines.some((line) => said.get(line)?.witnesses.includes(memory.owner) === false)
  return isUnheard ? 'rests on a line that its owner did not perceive' : undefined
}

/**
 * Asks, and holds what comes against the lists: nothing that is not to be seen from there or was not perceived, and all
 * else that has what was asked. Likewise for the lines that the owner may be told.
 */
export const judge = async (
  { stores: { recollections, store } }: Pick<World, 'stores'>,
  { head, lines, seen, ever, said }: Sight,
  { owner, words, until }: Predicate,
): Promise<{ readonly brought: number; readonly hidden: number; readonly faults: readonly string[] }> => {
  const query = queryAt(head, [{ text: words.join(' '), weight: 1 }])
  const found = await recollections.recall(head, owner, query, LIMIT, until)
  const heard = witnessedBy(owner, await store.lines(head, 0, head.state.turn.number))
  const restsUpTo = ({ turn, lines: cited }: Remembered): number =>
    Math.min(turn, Math.max(0, ...cited.map((line) => said.get(line)?.turn ?? turn)))
  const isMeant = (memory: Remembered) => until === undefined || restsUpTo(memory) <= until
  // The names of those who are there are looked for by nobody.
  const asked = questionOf(query).terms
  const has = <Of extends Memory>(all: readonly Stemmed<Of>[]) =>
    all.flatMap(({ memory, stems }) =>
      memory.owner === owner && stems.some((stem) => asked.has(stem)) ? [memory] : [],
    )
  const ids = new Set(found.map(({ memory }) => memory))
  const known = new Map(
    seen.flatMap(({ memory }) => (memory.owner === owner ? [[memory.memory, memory] as const] : [])),
  )
  const faults = [
    ...found.flatMap(({ score: _, cues: __, ...memory }) => {
      const fault = faultOf(memory, known, said) ?? (isMeant(memory) ? undefined : 'is too new')
      return fault ? [`${memory.memory} ${fault}`] : []
    }),
    ...has(seen)
      .filter((memory) => isMeant(memory) && !ids.has(memory.memory))
      .map(({ memory }) => `${memory} is lost`),
    ...(ids.size < found.length ? ['one is there twice'] : []),
    ...(isDeepStrictEqual(heard, witnessedBy(owner, lines))
      ? []
      : ['the lines are not those that were perceived']),
  ]
  return { brought: found.length, hidden: has(ever).length - has(seen).length, faults }
}
