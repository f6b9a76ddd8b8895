import { setImmediate as breathe } from 'node:timers/promises'
import { faulty } from '../formats/bundle/fault.ts'
import { countUpTo, type Log, type LoggedStrand } from '../formats/bundle/log.ts'
import type { RecordedEvent } from '../story/event.ts'
import type { Position } from '../story/lineage.ts'
import { emptyState, fold, type StoryState } from '../story/state.ts'
import { CHECKPOINT_EVERY } from './fold.ts'

/** What is true at points of a log. */
export type Kept = { readonly position: Position; readonly state: StoryState }

/** So many events are folded before everybody else has a turn. */
const SLICE = 1000

/** The most that a state takes as JSON: a cast of hundreds is far below. */
const STATE_LIMIT = 2 * 2 ** 20

/** The most that all states take that are kept: some hundred turns for each MiB. */
const KEPT_LIMIT = 512 * 2 ** 20

/** The most events that are looked at on the ways to all heads, for as many branches may end in one long turn. */
const WORK_LIMIT = 20_000_000

const keyOf = ({ strand, seq, turn, alternate }: Position) => `${strand} ${seq} ${turn} ${alternate}`

const sizeOf = (state: StoryState): number => JSON.stringify(state).length

const foldSlowly = async (events: readonly RecordedEvent[], from: StoryState): Promise<StoryState> => {
  let state = from
  for (let at = 0; at < events.length; at += SLICE) {
    state = fold(events.slice(at, at + SLICE), state)
    if (sizeOf(state) > STATE_LIMIT) throw faulty('too_large', 'what is true at one point')
    await breathe()
  }
  return state
}

/** A stretch of the way to a head: it ends at `position`, and `events`, oldest first, are what came in it. */
type Stretch = { readonly position: Position; readonly events: RecordedEvent[] }

/** The own events of a strand and of its ancestors before a point, the newest first. */
function* backFrom(log: Log, { strand, seq }: Position): Generator<[RecordedEvent, LoggedStrand, number]> {
  let upto = seq
  for (let at = log.get(strand); at; at = at.parent === null ? undefined : log.get(at.parent)) {
    for (let index = countUpTo(at.events, upto) - 1; index >= 0; index -= 1) {
      const event = at.events[index]
      if (event) yield [event, at, index]
    }
    upto = at.forkSeq
  }
}

/** Where the turn before an opening ended, as a store has it: with the newest event before it. */
const endBefore = (opening: RecordedEvent, strand: LoggedStrand, index: number): Position => {
  const before = strand.events[index - 1]
  return {
    strand: before ? strand.id : (strand.parent ?? strand.id),
    seq: before?.seq ?? strand.forkSeq,
    turn: opening.turn - 1,
    alternate: opening.type === 'turn.opened' ? opening.data.after : 0,
  }
}

/**
 * The way to a head in stretches, oldest first, each of which ends where a checkpoint is due. It begins at the newest
 * point that is known, so that what branches share is gone only once.
 */
const wayTo = (log: Log, head: Position, isKnown: (at: Position) => boolean) => {
  const stretches: Stretch[] = [{ position: head, events: [] }]
  let inForce = head.alternate
  let turn = head.turn
  let seen = 0
  for (const [event, strand, index] of backFrom(log, head)) {
    seen += 1
    const isInForce = event.alternate === null || (event.turn === turn && event.alternate === inForce)
    if (isInForce) stretches.at(-1)?.events.push(event)
    if (event.type !== 'turn.opened') continue
    const position = endBefore(event, strand, index)
    turn = position.turn
    inForce = position.alternate
    if (turn === 0 || turn % CHECKPOINT_EVERY !== 0) continue
    if (isKnown(position)) return { seen, from: position, stretches: stretches.reverse() }
    stretches.push({ position, events: [] })
  }
  return { seen, from: undefined, stretches: stretches.reverse() }
}

/**
 * What is true at the heads of branches, and at the checkpoints on the ways to them and to past heads. All of it
 * follows from the events alone. Throws `bundle_faulty` where that grows past all measure.
 */
export const refold = async <Branch extends { readonly head: Position }>(
  log: Log,
  branches: readonly Branch[],
  past: readonly Position[],
): Promise<{
  readonly heads: readonly (Branch & { readonly state: StoryState })[]
  readonly checkpoints: readonly Kept[]
}> => {
  const known = new Map<string, Kept>()
  let work = 0
  let size = 0
  const keep = (state: StoryState): StoryState => {
    size += sizeOf(state)
    if (size > KEPT_LIMIT) throw faulty('too_large', 'what is true at all points')
    return state
  }
  const stateAt = async (head: Position): Promise<StoryState> => {
    const { seen, from, stretches } = wayTo(log, head, (at) => known.has(keyOf(at)))
    work += seen
    if (work > WORK_LIMIT) throw faulty('too_large', 'the ways to all heads')
    let state = (from && known.get(keyOf(from))?.state) ?? emptyState
    for (const { position, events } of stretches) {
      state = await foldSlowly(events.reverse(), state)
      if (position !== head) known.set(keyOf(position), { position, state: keep(state) })
    }
    return state
  }
  const heads: (Branch & { readonly state: StoryState })[] = []
  for (const branch of branches) heads.push({ ...branch, state: keep(await stateAt(branch.head)) })
  for (const head of past) await stateAt(head)
  return { heads, checkpoints: [...known.values()] }
}
