import { castMembers, characterIn } from '../../story/cast.ts'
import { edgeBetween } from '../../story/edge.ts'
import type { Head } from '../../story/head.ts'
import type { Line } from '../../story/line.ts'
import type { Memory } from '../../story/memory.ts'
import type { EntityId, TextId } from '../../story/ref.ts'
import { knownSince } from '../../story/reset.ts'
import type { ClosedScene } from '../../story/scene.ts'
import { witnessedBy } from '../../story/witness.ts'
import { toldIn } from '../roster.ts'

/** A memory with its words, and the turn in which it was formed. */
export type Fine = Memory & { readonly body: string; readonly turn: number }

/** One whom someone met in a scene, with the words on how they stood to them before it. */
export type Met = { readonly entity: EntityId; readonly before: TextId | null }

/** What one of the cast has of a scene that is over, or of a run of it. They are asked about it with this alone. */
export type View = {
  readonly owner: EntityId
  /** What they perceived of it and still know of. */
  readonly lines: readonly Line[]
  /** Their own memories of it, the oldest first. */
  readonly memories: readonly Fine[]
  /** Those of nothing of note, which are not told along: the lines say as much. */
  readonly slight: readonly Fine[]
  /** Nobody where the owner is a persona: what that one feels is for its player to say. */
  readonly met: readonly Met[]
}

/** Who perceived fewer lines of a scene remembers these as they are: there is nothing to fold. */
const FEWEST_LINES = 3

/** How many memories of one scene are told to a model and folded. Any further ones stay. */
export const MEMORIES_TOLD = 30

/** What each of the cast perceived of a scene and still knows of, where it is enough for a summary. */
export const perceivedBy = (
  { state: { cast, resets } }: Pick<Head, 'state'>,
  lines: readonly Line[],
): Pick<View, 'owner' | 'lines'>[] =>
  castMembers(cast)
    .map((owner) => ({ owner, lines: knownSince(resets, owner, witnessedBy(owner, toldIn(lines))) }))
    .filter((perceived) => perceived.lines.length >= FEWEST_LINES)

/** Whether a memory is of a scene, and no summary. One that was settled later may stand under no scene. */
export const isFineIn =
  ({ scene, from, to }: ClosedScene) =>
  (memory: Fine): boolean =>
    memory.source !== 'summary' &&
    (memory.scene === scene || (memory.scene === null && memory.turn >= from && memory.turn <= to))

// Only who spoke or acted was met for sure: of one who listened in silence, the owner may not know.
const metIn = ({ state, words }: Head, owner: EntityId, lines: readonly Line[]): Met[] => {
  if (!characterIn(state.cast, owner)) return []
  const speakers = new Set(lines.map(({ speaker }) => speaker))
  return castMembers(state.cast)
    .filter((entity) => entity !== owner && speakers.has(entity))
    .map((entity) => {
      const { summary } = edgeBetween(state.edges, owner, entity)
      return { entity, before: summary !== null && words.has(summary) ? summary : null }
    })
}

/** `memories`: those of the owner that are of the scene, the oldest first. */
export const viewOf = (
  head: Head,
  { owner, lines }: Pick<View, 'owner' | 'lines'>,
  memories: readonly Fine[],
): View => {
  const perceived = new Set(lines.map(({ id }) => id))
  const isSlight = ({ significance, lines: cited }: Fine) =>
    significance === 0 && cited.length > 0 && cited.every((line) => perceived.has(line))
  return {
    ...{ owner, lines, met: metIn(head, owner, lines) },
    memories: memories.filter((memory) => !isSlight(memory)).slice(0, MEMORIES_TOLD),
    slight: memories.filter(isSlight),
  }
}

/** The same for two views only where they hold the same: nothing of one was erased, reset or replaced since. */
export const markOf = (
  { scene, from, to }: ClosedScene,
  { owner, lines, memories, slight, met }: View,
): string =>
  JSON.stringify([
    ...[scene, from, to, owner],
    lines.map(({ id }) => id),
    [...memories, ...slight].map(({ memory }) => memory),
    met.map(({ entity, before }) => [entity, before]),
  ])

/** All the lines that a view rests on: those of memories may be from before the scene. */
export const evidenceOf = ({ lines, memories }: View): string[] => [
  ...new Set([...lines.map(({ id }) => id), ...memories.flatMap((memory) => memory.lines)]),
]

/** Who perceived all that a view rests on. */
export const witnessesOf = ({ owner, lines, memories }: View): EntityId[] =>
  [...lines, ...memories].reduce<EntityId[]>(
    (all, { witnesses }) => all.filter((entity) => witnesses.includes(entity)),
    [...(lines[0]?.witnesses ?? [owner])],
  )
