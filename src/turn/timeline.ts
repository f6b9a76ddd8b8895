import { SkeinError } from '../kit/errors.ts'
import { type Decision, isRefusal, type Refusal } from '../story/draft.ts'
import { type Head, markOf, positionOf } from '../story/head.ts'
import type { Position } from '../story/lineage.ts'
import type { PlayerId, StoryRef, TurnId } from '../story/ref.ts'
import type { Engine } from './engine.ts'
import type { BranchStore, Impact, Move, NewBranch, NewMove, TimelineStore } from './ports/timeline.ts'
import type { Appended, StoryStore } from './ports.ts'

/** Why a head stays where it is. `turn_gone`: the story has gone on, or back, since. */
export type StayReason =
  | 'unknown_turn'
  | 'already_there'
  | 'nothing_to_undo'
  | 'unknown_head'
  | 'no_other_answer'
  | 'turn_gone'
  | 'stale'
  | 'turn_open'

export type Stay = { readonly stays: StayReason }

export const stayed = (outcome: object | string): outcome is Stay =>
  typeof outcome === 'object' && 'stays' in outcome

/** A head before and after it moved. `move`: by which that can be taken back. */
export type Moved = { readonly from: Position; readonly to: Position; readonly move: number }

/** What a rewind would leave behind, and where it would go. */
export type Preview = { readonly to: Position; readonly impact: Impact }

/**
 * Where a branch's head goes, other than on. Each waits until nothing else is done on the branch, and is taken in once
 * for its source.
 */
export type Timeline = {
  /** What a rewind to the end of a turn would come to. Changes nothing. */
  preview(ref: StoryRef, turn: number): Promise<Preview | Stay>
  /** Goes back to the end of a turn, if the head still tells what was `seen`: by its mark. */
  rewind(
    ref: StoryRef,
    to: { readonly turn: number; readonly seen: string },
    by: PlayerId,
    source: string,
  ): Promise<Moved | Stay | 'duplicate'>
  /** The newest move that was not taken back. */
  undoable(ref: StoryRef): Promise<Move | undefined>
  /** Takes a move back: the newest one that can be, and no other. */
  undo(ref: StoryRef, move: number, by: PlayerId, source: string): Promise<Moved | Stay | 'duplicate'>
  /** The moves whose starting points can be gone back to, the newest first. */
  pastHeads(ref: StoryRef): Promise<Move[]>
  /** Goes back to where the head was before a move. */
  returnTo(ref: StoryRef, move: number, by: PlayerId, source: string): Promise<Moved | Stay | 'duplicate'>
  /** Puts another answer to the newest turn in force: the next one, or the one before. */
  swipe(
    ref: StoryRef,
    turn: TurnId,
    step: 1 | -1,
    source: string,
  ): Promise<{ readonly head: Head } | Stay | 'duplicate'>
  /** Decides and appends, as an edit does, but so that it can be taken back as a move can. */
  reset(
    ref: StoryRef,
    decide: (head: Head) => Decision | Refusal,
    by: PlayerId,
    source: string,
  ): Promise<Moved | Refusal | 'duplicate'>
  /** Begins a branch at the end of a turn or, without one, at the head. */
  branch(
    ref: StoryRef,
    turn: number | undefined,
    branch: NewBranch,
    source: string,
  ): Promise<{ readonly at: Position } | Stay | 'duplicate'>
}

export type TimelineDeps = {
  readonly store: Pick<StoryStore, 'load' | 'append' | 'wasTakenIn'>
  readonly timeline: TimelineStore
  readonly branches: Pick<BranchStore, 'create'>
  readonly engine: Pick<Engine, 'alone'>
}

/** How many moves are looked through: an older one is not taken back any more. */
const MOVES_KEPT = 50

const isSame = (one: Position, other: Position) =>
  one.strand === other.strand && one.seq === other.seq && one.alternate === other.alternate

/** The newest move that was not taken back, and takes none back itself. */
export const undoableIn = (newestFirst: readonly Move[]): Move | undefined => {
  const undone = new Set(newestFirst.map(({ undoes }) => undoes))
  return newestFirst.find(({ id, cause }) => cause !== 'undone' && !undone.has(id))
}

export const createTimeline = ({ store, timeline, branches, engine }: TimelineDeps): Timeline => {
  const loadOrThrow = async (ref: StoryRef): Promise<Head> => {
    const head = await store.load(ref)
    if (!head) throw new SkeinError('story_missing', 'no such story or branch', { ...ref })
    return head
  }

  const atHead = <T>(ref: StoryRef, job: (head: Head) => Promise<T>): Promise<T> =>
    engine.alone(ref, async () => job(await loadOrThrow(ref)))

  // On its branch it is alone, so nobody else moves this head in between.
  const taken = (appended: Appended, ref: StoryRef): appended is 'appended' => {
    if (appended === 'lost_race') throw new SkeinError('head_contended', 'the head moved', { ...ref })
    return appended === 'appended'
  }

  const newestMove = async (ref: StoryRef): Promise<Moved> => {
    const [newest] = await timeline.moves(ref, 1)
    if (!newest) throw new SkeinError('move_missing', 'a move was not kept', { ...ref })
    return { from: newest.from, to: newest.to, move: newest.id }
  }

  const go = async (
    head: Head,
    to: Position,
    move: NewMove,
    source: string,
  ): Promise<Moved | Stay | 'duplicate'> => {
    const from = positionOf(head)
    if (isSame(from, to)) return { stays: 'already_there' }
    const moved = await timeline.move(head, to, move, { ids: [source], channel: null })
    return taken(moved, head.ref) ? newestMove(head.ref) : 'duplicate'
  }

  const targetOf = async (head: Head, turn: number): Promise<Position | Stay> => {
    if (turn === head.state.turn.number) return { stays: 'already_there' }
    return (await timeline.endOfTurn(head, turn)) ?? { stays: 'unknown_turn' }
  }

  return {
    preview: async (ref, turn) => {
      const head = await loadOrThrow(ref)
      const to = await targetOf(head, turn)
      return stayed(to) ? to : { to, impact: await timeline.impact(head, to) }
    },

    rewind: (ref, { turn, seen }, by, source) =>
      atHead(ref, async (head) => {
        if (await store.wasTakenIn(source)) return 'duplicate'
        if (markOf(head) !== seen) return { stays: 'stale' }
        const to = await targetOf(head, turn)
        return stayed(to) ? to : go(head, to, { actor: by, cause: 'rewound', undoes: null }, source)
      }),

    undoable: async (ref) => undoableIn(await timeline.moves(ref, MOVES_KEPT)),

    undo: (ref, wanted, by, source) =>
      atHead(ref, async (head) => {
        const move = undoableIn(await timeline.moves(ref, MOVES_KEPT))
        if (move?.id !== wanted) return { stays: 'nothing_to_undo' }
        return go(head, move.from, { actor: by, cause: 'undone', undoes: move.id }, source)
      }),

    pastHeads: (ref) => timeline.moves(ref, MOVES_KEPT),

    returnTo: (ref, wanted, by, source) =>
      atHead(ref, async (head) => {
        const move = (await timeline.moves(ref, MOVES_KEPT)).find(({ id }) => id === wanted)
        if (!move) return { stays: 'unknown_head' }
        return go(head, move.from, { actor: by, cause: 'returned', undoes: null }, source)
      }),

    swipe: (ref, turn, step, source) =>
      atHead(ref, async (head) => {
        const { turn: newest } = head.state
        if (newest.id !== turn) return { stays: 'turn_gone' }
        if (newest.phase === 'open') return { stays: 'turn_open' }
        const alternates = await timeline.alternates(head)
        const alternate = alternates[alternates.indexOf(newest.alternate) + step]
        if (alternate === undefined) return { stays: 'no_other_answer' }
        const to = { ...positionOf(head), alternate }
        const moved = await timeline.move(head, to, undefined, { ids: [source], channel: null })
        return taken(moved, ref) ? { head: await loadOrThrow(ref) } : 'duplicate'
      }),

    reset: (ref, decide, by, source) =>
      atHead(ref, async (head) => {
        const decision = decide(head)
        if (isRefusal(decision)) return decision
        const move: NewMove = { actor: by, cause: 'reset', undoes: null }
        const appended = await store.append(head, decision, { ids: [source], channel: null }, move)
        return taken(appended, ref) ? newestMove(ref) : 'duplicate'
      }),

    branch: (ref, turn, branch, source) =>
      atHead(ref, async (head) => {
        const isHere = turn === undefined || turn === head.state.turn.number
        const at = isHere ? positionOf(head) : await timeline.endOfTurn(head, turn)
        if (!at) return { stays: 'unknown_turn' }
        const created = await branches.create(head, at, branch, { ids: [source], channel: null })
        return taken(created, ref) ? { at } : 'duplicate'
      }),
  }
}
