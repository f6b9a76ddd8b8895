import { drafting } from '../../src/story/draft.ts'
import { createCharacter } from '../../src/story/edit/people.ts'
import { resetStory } from '../../src/story/edit/reset.ts'
import type { Head } from '../../src/story/head.ts'
import type { Memory } from '../../src/story/memory.ts'
import { SKEIN } from '../../src/story/ref.ts'
import type { Recollection } from '../../src/turn/ports/recall.ts'
import { queryAt } from '../../src/turn/remembered.ts'
import { countingIds } from '../doubles/ids.ts'
import type { Stores } from '../doubles/store.ts'
import { accepted, ada } from '../story/given.ts'
import { openPlay, type Playing } from '../timeline/play.ts'

/** A story of Mira, Jon and Ada whose opening is told. */
export const openRecalling = async () => {
  const play = await openPlay()
  await play.root.append(({ state }) => createCharacter(state, ada.id, { name: 'Jon' }, play.root.newId))
  const { cast } = (await play.root.head()).state
  return { ...play, jon: cast.characters[1]?.character ?? '' }
}

const newId = countingIds('formed')

/** Someone remembers things, the newest last, all on lines or on none. */
export const form = (
  on: Playing,
  owner: string,
  bodies: readonly string[],
  more: Partial<Memory> = {},
): Promise<void> =>
  on.append(({ state }) => {
    const draft = drafting(state, SKEIN, newId)
    for (const body of bodies)
      draft.emit({
        type: 'memory.formed',
        data: {
          ...{ memory: newId(), owner, text: draft.text(body), witnesses: [owner], lines: [], scene: null },
          ...{ source: 'direct', toldBy: null, chain: [], reliability: 1, significance: 1 },
          ...{ minutes: state.clock.minutes, ...more },
        },
      })
    return draft.done()
  })

/** The line that was said last with some words, as what rests on it cites it. */
export const lineOf = async (stores: Stores, on: Playing, words: string): Promise<string> => {
  const head = await on.head()
  const line = (await stores.store.lines(head, 1, head.state.turn.number)).findLast(
    ({ text }) => text === words,
  )
  if (!line) throw new Error(`nobody said ${words}`)
  return line.id
}

export const resetOf =
  ({ newId: id }: Playing, character: string) =>
  ({ state }: Head) =>
    accepted(resetStory(state, ada.id, { scope: 'character', character }, id))

type Asked = { readonly limit?: number; readonly until?: number }

/** What some words bring up in someone at a head. */
export const recallAt = (
  { recollections }: Pick<Stores, 'recollections'>,
  head: Head,
  owner: string,
  words: string,
  { limit = 24, until }: Asked = {},
): Promise<Recollection[]> =>
  recollections.recall(head, owner, queryAt(head, [{ text: words, weight: 1 }]), limit, until)

export const bodiesOf = (all: readonly Recollection[]): string[] => all.map(({ body }) => body)
