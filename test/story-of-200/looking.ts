import type { Head } from '../../src/story/head.ts'
import { type Memory, pinsOf } from '../../src/story/memory.ts'
import type { KeptChange } from '../../src/turn/ports/evolution.ts'
import type { KnownFact as Fact, Remembered } from '../../src/turn/ports/timeline.ts'
import { entityIn, type Played } from './play.ts'
import type { Name } from './script.ts'
import { secrets, type Telling } from './secrets.ts'

/** More than anybody remembers. */
const ALL = 999

/** How the story stood at the end of a turn, and what each one had in mind then. */
export type Moment = {
  readonly head: Head
  entity(name: string): string
  /** The oldest first. */
  memories(who: Name): Promise<Remembered[]>
  /** The one memory of someone that has these words in it, beside what they keep of whole scenes. */
  memory(who: Name, words: string): Promise<Remembered | undefined>
  facts(who: Name): Promise<Fact[]>
  changes(who: Name): Promise<KeptChange[]>
  /** What someone has pinned, in the order of the pinning, and how. */
  pins(who: Name): Promise<{ readonly body: string; readonly how: string }[]>
  /** Where a memory is from, with names in the place of ids. */
  way(memory: Memory | undefined): {
    toldBy: string | undefined
    chain: (string | undefined)[]
    reliability: number
  }
  /** All that someone has in mind, as one text. */
  mind(who: Name): Promise<string>
}

export const momentOf = (
  { stores, heads }: Played,
  turn: number,
  telling: Telling = 'as it stands',
): Moment => {
  const head = heads[telling].get(turn)
  if (!head) throw new Error(`turn ${turn} is not told ${telling}`)
  const entity = (name: string) => entityIn(head, name)
  const nameOf = (id: string | null) =>
    (['Mira', 'Jonas', 'Wren', 'Ada', 'Ben'] as const).find((name) => entity(name) === id)
  const memories = async (who: Name) =>
    (await stores.memories.memoriesOf(head, entity(who), 0, ALL)).toReversed()
  const facts = (who: Name) => stores.memories.factsOf(head, entity(who))
  const changes = (who: Name) => stores.evolutions.of(head, entity(who))
  return {
    ...{ head, entity, memories, facts, changes },
    memory: async (who, words) => {
      const fine = (await memories(who)).filter(({ source }) => source !== 'summary')
      const found = fine.filter(({ body }) => body.includes(words))
      if (found.length > 1) throw new Error(`${who} remembers “${words}” ${found.length} times`)
      return found[0]
    },
    pins: async (who) => {
      const all = await memories(who)
      return pinsOf(head.state.pins, entity(who)).map(({ memory, how }) => ({
        body: all.find((each) => each.memory === memory)?.body ?? '',
        how,
      }))
    },
    way: (memory) => ({
      toldBy: nameOf(memory?.toldBy ?? null),
      chain: (memory?.chain ?? []).map(nameOf),
      reliability: memory?.reliability ?? Number.NaN,
    }),
    mind: async (who) => {
      const own = head.state.edges.filter(({ from }) => from === entity(who))
      const felt = own.flatMap(({ reason, summary }) =>
        [reason, summary].map((id) => head.words.get(id ?? '')),
      )
      const past = (await stores.summaries.of(head)).filter(({ owner }) => owner === entity(who))
      return [...(await memories(who)), ...(await facts(who)), ...(await changes(who)), ...past]
        .map(({ body }) => body)
        .concat(felt.filter((words) => words !== undefined))
        .join('\n')
    },
  }
}

/** The word of a secret, by what it is. */
export const wordOf = (what: string): RegExp => {
  const found = secrets.find((secret) => secret.what === what)
  if (!found) throw new Error(`nobody keeps “${what}”`)
  return found.word
}
