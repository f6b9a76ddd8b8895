import { expect } from 'vitest'
import { type Decision, type Refusal, say, start, tell } from '../../src/story/decide.ts'
import { addMemory, supersedeMemory } from '../../src/story/edit/memory.ts'
import { setEdge } from '../../src/story/edit/people.ts'
import { resetStory } from '../../src/story/edit/reset.ts'
import { type Head, positionOf } from '../../src/story/head.ts'
import type { Position } from '../../src/story/lineage.ts'
import { ROOT_BRANCH } from '../../src/story/ref.ts'
import { revise } from '../../src/story/revise.ts'
import { segment } from '../../src/story/segment.ts'
import { emptyState } from '../../src/story/state.ts'
import type { Decide } from '../../src/turn/engine.ts'
import type { MoveCause } from '../../src/turn/ports/timeline.ts'
import { regenerating } from '../../src/turn/regenerate.ts'
import { visibleTo } from '../doubles/digest.ts'
import { countingIds } from '../doubles/ids.ts'
import { openStores, type Stores } from '../doubles/store.ts'
import { accepted, ada } from '../story/given.ts'

const STORY = 'story1'

/** A branch of the story with all that a player can do on it. Each thing that is done is to be taken in. */
export const playOn = (stores: Stores, branch: string) => {
  const { store, past, branches, memories } = stores
  const ref = { story: STORY, branch }
  const newId = countingIds(`${branch}-`)

  const head = async (): Promise<Head> => {
    const loaded = await store.load(ref)
    if (!loaded) throw new Error(`no head of ${branch}`)
    return loaded
  }
  const append = async (decide: Decide, source = newId()): Promise<void> => {
    const at = await head()
    expect(await store.append(at, accepted(await decide(at)), { ids: [source], channel: '500' })).toBe(
      'appended',
    )
  }
  const answer = (text: string) => append(({ state }) => tell(state, text, 'finished', newId))
  const go = async (to: Position, cause: MoveCause, undoes: number | null = null, source = newId()) =>
    past.move(await head(), to, { actor: ada.id, cause, undoes }, { ids: [source], channel: null })

  const endOf = async (turn: number): Promise<Position> => {
    const at = await past.endOfTurn(await head(), turn)
    if (!at) throw new Error(`no turn ${turn}`)
    return at
  }
  return {
    ref,
    newId,
    head,
    append,
    endOf,
    /** What a player says, under the id of their message, and what is answered. */
    turn: async (words: string, answered: string, source = newId()) => {
      await append((at) => {
        const segments = segment(words).map((said) => ({ ...said, source }))
        return say(at.state, ada, segments, at.words, newId)
      }, source)
      await answer(answered)
    },
    /** Another answer to the newest turn, which begins with what was true before the first. */
    another: async (answered: string, words?: string) => {
      const { id } = (await head()).state.turn
      const line = words === undefined ? {} : { line: { text: words, segments: segment(words) } }
      const asked = { player: ada.id, ...line }
      await append(regenerating(id, asked, { past, lines: store.lines, newId }))
      await answer(answered)
    },
    swipeTo: async (alternate: number) => {
      const at = await head()
      const sources = { ids: [newId()], channel: null }
      expect(await past.move(at, { ...positionOf(at), alternate }, undefined, sources)).toBe('appended')
    },
    /** Something that the answer in force brings about. */
    effect: (decide: (head: Head) => Decision | Refusal) =>
      append((at) => ({ ...accepted(decide(at)), alternate: at.state.turn.alternate })),
    go,
    rewindTo: async (turn: number) => expect(await go(await endOf(turn), 'rewound')).toBe('appended'),
    undo: async () => {
      const [newest] = await past.moves(ref, 1)
      if (!newest) throw new Error('nothing to undo')
      expect(await go(newest.from, 'undone', newest.id)).toBe('appended')
    },
    branchAt: async (at: Position, id: string) => {
      const named = { id, author: ada.id, name: id, description: null }
      expect(await branches.create(await head(), at, named, { ids: [newId()], channel: null })).toBe(
        'appended',
      )
      return playOn(stores, id)
    },
    writeAnew: async (source: string, words: string) => {
      const lines = await past.linesOf(await head(), source)
      const wordings = await past.wordingsOf(await head(), source)
      await append(({ state }) => revise(state, ada.id, lines, segment(words), newId, wordings))
    },
    /** Every line that is visible, oldest first. */
    story: async () => {
      const at = await head()
      return (await store.lines(at, 0, at.state.turn.number)).map(({ text }) => text)
    },
    memoriesOf: async (owner: string) =>
      (await memories.memoriesOf(await head(), owner, 0, 100)).map(({ body }) => body),
    visible: async () => visibleTo(stores.db, await head()),
  }
}

export type Playing = ReturnType<typeof playOn>

/** A story with Mira and Ada whose opening is told, in memory. */
export const openPlay = async () => {
  const stores = await openStores()
  const root = playOn(stores, ROOT_BRANCH)
  const beginning = accepted(
    start(emptyState, { player: ada, title: 'Fog', character: { name: 'Mira' } }, root.newId),
  )
  const place = { ref: root.ref, guild: '9', thread: '500', parent: '400' }
  await stores.store.create(place, beginning, { ids: ['start'], channel: null })
  await root.append(({ state }) => tell(state, 'Rain.', 'finished', root.newId))
  const { cast } = beginning.state
  return {
    stores,
    root,
    mira: cast.characters[0]?.character ?? '',
    herself: cast.personas[0]?.persona ?? '',
  }
}

/** Mira grows fond of someone. */
export const fondness =
  (from: string, to: string, affinity: number) =>
  ({ state }: Head) =>
    setEdge(state, ada.id, { from, to, affinity }, countingIds())

export const remembering =
  ({ newId }: Playing, owner: string, text: string, line?: { id: string; witnesses: readonly string[] }) =>
  ({ state }: Head) => {
    const lines = line ? [{ id: line.id, witnesses: [...line.witnesses] }] : []
    return addMemory(state, ada.id, { owner, text, lines }, newId)
  }

/** Puts other words in the place of what someone remembers newest. */
export const recallOtherwise = async (stores: Stores, on: Playing, owner: string, text: string | null) => {
  const [newest] = await stores.memories.memoriesOf(await on.head(), owner, 0, 1)
  if (!newest) throw new Error('nothing remembered')
  const { body: _, turn: __, ...memory } = newest
  await on.append(({ state }) => supersedeMemory(state, ada.id, { memory, text }, on.newId))
}

export const startAnew =
  ({ newId }: Playing) =>
  ({ state }: Head) =>
    resetStory(state, ada.id, { scope: 'story' }, newId)
