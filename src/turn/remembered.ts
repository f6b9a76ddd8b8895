import { TURNS_KEPT } from '../prompt/history.ts'
import { calledIn } from '../prompt/names.ts'
import { placeText } from '../prompt/world.ts'
import { questionOf, type RecallQuery } from '../recall/question.ts'
import { factsInMind, inMind, type KnownFact, LOOKED_FOR, type Recalled } from '../recall/recall.ts'
import { planFor } from '../roles/plan-notes.ts'
import { castMembers } from '../story/cast.ts'
import type { Head } from '../story/head.ts'
import type { Line } from '../story/line.ts'
import { pinsOf } from '../story/memory.ts'
import type { EntityId } from '../story/ref.ts'
import { whereIs } from '../story/scene.ts'
import type { TurnContext, TurnDeps } from './context.ts'
import type { Recollection } from './ports/recall.ts'
import type { MemoryStore, Remembered } from './ports/timeline.ts'

/** A query for what some texts bring up, at the time of a head. */
export const queryAt = (head: Head, texts: RecallQuery['texts']): RecallQuery => {
  const { cast, clock } = head.state
  const called = calledIn(head)
  return {
    texts,
    cast: castMembers(cast).map((entity) => ({ entity, name: called(entity) })),
    now: { minutes: clock.minutes, anchor: head.words.get(clock.anchor ?? '') },
  }
}

/** How many lines before what is answered say what it is about, and how much each of these counts. */
const LINES_BEFORE = 5
const BEFORE = 0.3
const PLAN = 0.5
const PLACE = 0.2

/**
 * What brings memories up in the speaker of an answer: the lines that are answered above all, then what the answer is
 * to do, what was said before, and where they are. `lines`: what the speaker perceived.
 */
export const queryFor = (
  head: Head,
  lines: readonly Line[],
  { isAllowed }: Pick<TurnContext, 'isAllowed'>,
): RecallQuery => {
  const { turn, scene } = head.state
  const said = lines.filter((line) => line.turn === turn.number && line.speaker !== turn.speaker)
  const answered = said.length > 0 ? said : lines.slice(-1)
  const before = lines.filter((line) => !answered.includes(line)).slice(-LINES_BEFORE)
  const place = whereIs(scene, turn.speaker)
  return queryAt(head, [
    ...answered.map(({ text }) => ({ text, weight: 1 })),
    ...before.map(({ text }) => ({ text, weight: BEFORE })),
    { text: planFor(head, isAllowed), weight: PLAN },
    { text: (place && placeText(head, place)) ?? '', weight: PLACE },
  ])
}

/** The newest turn that a prompt does not hold: what it holds as it was said need not come to mind. */
const before = ({ turn, past }: Head['state'], mode: TurnContext['mode']): number =>
  // Nothing is summed up there, and the oldest turns are trimmed as need be.
  mode === 'bare' ? turn.number - TURNS_KEPT : past.left

/** What an owner has pinned, without what the head does not see: another answer's, or what was erased. */
export const pinnedBy = async (
  { memories }: { readonly memories: Pick<MemoryStore, 'memory'> },
  head: Head,
  owner: EntityId,
): Promise<Remembered[]> => {
  const pins = pinsOf(head.state.pins, owner)
  const found = await Promise.all(pins.map(({ memory }) => memories.memory(head, memory)))
  return found.filter((memory) => memory !== undefined)
}

/** What a query brings up in the speaker of an answer, of what its prompt does not hold anyway: the best first. */
export const broughtUp = (
  { recollections }: Pick<TurnDeps, 'recollections'>,
  { mode }: Pick<TurnContext, 'mode'>,
  head: Head,
  query: RecallQuery,
): Promise<Recollection[]> =>
  recollections.recall(head, head.state.turn.speaker, query, LOOKED_FOR, before(head.state, mode))

/** How many of an owner's newest memories are looked at. */
const MEMORIES_READ = 50

/** All that an owner may have in mind of some words: its newest memories, its pins, and what the words bring up. */
export const inReach = async (
  deps: Pick<TurnDeps, 'memories' | 'recollections'>,
  head: Head,
  owner: EntityId,
  texts: RecallQuery['texts'],
): Promise<Remembered[]> => {
  const newest = await deps.memories.memoriesOf(head, owner, 0, MEMORIES_READ)
  const pinned = await pinnedBy(deps, head, owner)
  const brought = await deps.recollections.recall(head, owner, queryAt(head, texts), LOOKED_FOR)
  const all = new Map([...newest, ...pinned, ...brought].map((each) => [each.memory, each]))
  return [...all.values()]
}

/**
 * What some words bring up in an owner, for whoever looks into that: the best first, at most `limit`. What only stands
 * next to it serves an answer, and would puzzle a reader.
 */
export const broughtUpBy = async (
  { recollections }: Pick<TurnDeps, 'recollections'>,
  head: Head,
  owner: EntityId,
  words: string,
  limit: number,
): Promise<Recollection[]> => {
  const found = await recollections.recall(
    head,
    owner,
    queryAt(head, [{ text: words, weight: 1 }]),
    LOOKED_FOR,
  )
  const sharing = found.filter(({ cues }) => cues.length > 0)
  return (sharing.length > 0 ? sharing : found).slice(0, limit)
}

/** What comes to someone's mind. */
export type InMind = { readonly memories: readonly Recalled[]; readonly facts: readonly KnownFact[] }

/** What some words bring to an owner's mind, as if they were said to it now: nothing of it is in a prompt already. */
export const comesToMind = async (
  deps: Pick<TurnDeps, 'memories' | 'recollections'>,
  head: Head,
  owner: EntityId,
  words: string,
): Promise<InMind> => {
  const brought = await broughtUpBy(deps, head, owner, words, LOOKED_FOR)
  const query = queryAt(head, [{ text: words, weight: 1 }])
  const pinned = new Set(pinsOf(head.state.pins, owner).map(({ memory }) => memory))
  const isPinned = ({ memory }: Recollection) => pinned.has(memory)
  const facts = await deps.memories.factsOf(head, owner)
  return {
    // Of what the words are about, that comes first which is always in mind.
    memories: inMind([], [...brought.filter(isPinned), ...brought.filter((each) => !isPinned(each))]),
    facts: factsInMind(facts, questionOf(query)).filter(({ cues }) => cues.length > 0),
  }
}
