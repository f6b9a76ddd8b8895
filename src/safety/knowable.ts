import { castMembers, nameOf } from '../story/cast.ts'
import type { Head } from '../story/head.ts'
import type { Memory } from '../story/memory.ts'
import type { EntityId, TextId } from '../story/ref.ts'
import { type Scene, whereIs } from '../story/scene.ts'
import type { StoryState } from '../story/state.ts'
import { witnessesOf } from '../story/witness.ts'
import { mayRead, type Reader } from './readable.ts'

/**
 * How a reader stands to what happens now: they lead the story, play someone who is present, play someone who is
 * not, or play nobody.
 */
export type Standing = 'leading' | 'present' | 'elsewhere' | 'watching'

/**
 * A head as its reader may know it. What they may not know is not in it: of a scene that they are not in, no more
 * than that it is open; of what others do, what their persona perceives and saw when it was noted; of what is felt,
 * remembered and pinned, what is their persona's own.
 */
export type Knowable = { readonly head: Head; readonly reader: Reader; readonly standing: Standing }

const standingOf = ({ scene }: StoryState, { isInCharge, persona }: Reader): Standing => {
  if (isInCharge) return 'leading'
  if (persona === undefined) return 'watching'
  return whereIs(scene, persona) === undefined ? 'elsewhere' : 'present'
}

// Nobody is said to be in a scene that is played without the reader: with none open, everybody would be together.
const fromAfar = (scene: Scene): Scene => ({
  ...scene,
  open: scene.open && { ...scene.open, place: null, participants: [] },
})

const asKnown = (state: StoryState, reader: Reader, standing: Standing): StoryState => {
  const { scene, clock, activities, edges, pins } = state
  const isThere = standing === 'present'
  return {
    ...state,
    scene: isThere ? scene : fromAfar(scene),
    clock: { ...clock, weather: isThere ? clock.weather : null },
    activities: activities.filter(
      ({ entity, seen }) => mayRead(reader, seen) && mayRead(reader, witnessesOf(state, entity, 'action')),
    ),
    edges: edges.filter(({ from }) => mayRead(reader, [from])),
    pins: pins.filter(({ owner }) => mayRead(reader, [owner])),
  }
}

// Named one by one, so that no words come along with what is added to a state later.
const wordsOf = ({ cast, clock, edges }: StoryState): TextId[] =>
  [
    ...castMembers(cast).map((entity) => nameOf(cast, entity)),
    clock.anchor,
    ...edges.flatMap(({ summary, reason }) => [summary, reason]),
  ].filter((id) => id != null)

/** What of a head a reader may know. Who is of the cast, and what time it is, everybody may. */
export const knowable = (head: Head, reader: Reader): Knowable => {
  const standing = standingOf(head.state, reader)
  if (standing === 'leading') return { head, reader, standing }
  const state = asKnown(head.state, reader, standing)
  const words = new Map(wordsOf(state).flatMap((id) => [[id, head.words.get(id) ?? ''] as const]))
  return { head: { ...head, state, words }, reader, standing }
}

/** Whether a reader may know what someone feels, remembers and knows. */
export const mayLookInto = (reader: Reader, owner: EntityId): boolean => mayRead(reader, [owner])

/**
 * A memory as its reader may know it: from whom its owner has it, but not who else was there. From whom that one had it,
 * and how sure it is, is there for whoever leads the story.
 */
export type OwnMemory<Some extends Memory> = Omit<Some, 'chain' | 'reliability' | 'witnesses' | 'lines'> &
  Partial<Pick<Memory, 'chain' | 'reliability'>>

/** What of memories a reader may know. */
export const knowableMemories = <Some extends Memory>(
  reader: Reader,
  memories: readonly Some[],
): OwnMemory<Some>[] =>
  memories
    .filter(({ owner }) => mayLookInto(reader, owner))
    .map(({ chain, reliability, witnesses: _, lines: __, ...own }) =>
      reader.isInCharge ? { ...own, chain, reliability } : own,
    )
