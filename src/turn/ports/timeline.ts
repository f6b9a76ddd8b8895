import type { Head } from '../../story/head.ts'
import type { Line } from '../../story/line.ts'
import type { Position } from '../../story/lineage.ts'
import type { Memory } from '../../story/memory.ts'
import type { LineId, MemoryId, PlayerId, StoryRef, TurnId } from '../../story/ref.ts'
import type { StoryState } from '../../story/state.ts'
import type { Appended, Sources } from '../ports.ts'

/**
 * Why a head went elsewhere than on. `returned`: to one that it had before, from the list of them. `reset`: it went
 * on, but to where much is forgotten.
 */
export type MoveCause = 'rewound' | 'undone' | 'returned' | 'reset'

/** A head's way from one point to another, kept so that it can be taken back. `at`: milliseconds since the epoch. */
export type Move = {
  readonly id: number
  readonly at: number
  readonly actor: string
  readonly cause: MoveCause
  /** The move that this one takes back. */
  readonly undoes: number | null
  readonly from: Position
  readonly to: Position
}

export type NewMove = Pick<Move, 'actor' | 'cause' | 'undoes'>

/** What is no longer in force after a rewind: how much of each. */
export type Impact = {
  readonly turns: number
  readonly lines: number
  readonly scenes: number
  readonly shifts: number
  readonly memories: number
  /** Of characters, as they were told after each arc. */
  readonly changes: number
}

/** What a head sees of a story's past, and how it gets there. Nothing that it leaves is lost. */
export type TimelineStore = {
  /** Where a turn ended, with the answer that was in force; undefined where the head has no such turn before it. */
  endOfTurn(head: Head, turn: number): Promise<Position | undefined>
  /** The number of a turn by its id, as the head has it. */
  numberOf(head: Head, turn: TurnId): Promise<number | undefined>
  /** Moves the head, with what is true there. `move`: how it is kept in the list of them; without, it is not. */
  move(head: Head, to: Position, move: NewMove | undefined, sources: Sources): Promise<Appended>
  /** The newest first, at most `limit`. */
  moves(ref: StoryRef, limit: number): Promise<Move[]>
  /** What of the story is in force at the head and not at a point before it. */
  impact(head: Head, to: Position): Promise<Impact>
  /** The numbers of the newest turn's alternates that were told, and of the one in force; in their order. */
  alternates(head: Head): Promise<number[]>
  /** The number that the next alternate of the newest turn has. */
  nextAlternate(head: Head): Promise<number>
  stateAt(story: string, position: Position): Promise<StoryState>
  /** The newest turn that two heads of one story have in common, with the same answer: 0 where there is none. */
  forkOf(one: Head, other: Head): Promise<{ readonly turn: number }>
  /** What a head has of a message, in its newest wording. */
  linesOf(head: Head, source: string): Promise<Line[]>
  /** The ids of all lines of a message that were ever seen at a head, of any wording and any answer. */
  wordingsOf(head: Head, source: string): Promise<LineId[]>
}

/** A memory with its words. */
export type Remembered = Memory & { readonly body: string; readonly turn: number }

/** A known fact with its words. */
export type KnownFact = { readonly fact: string; readonly owner: string; readonly body: string }

/** What entities remember and know, as a head has it: without what was replaced, reset or erased. */
export type MemoryStore = {
  /** The newest first. */
  memoriesOf(head: Head, owner: string, offset: number, limit: number): Promise<Remembered[]>
  memory(head: Head, memory: MemoryId): Promise<Remembered | undefined>
  factsOf(head: Head, owner: string): Promise<KnownFact[]>
}

/** A branch as people see it. `forkTurn`: the newest turn that it shares with its parent. */
export type Branch = {
  readonly ref: StoryRef
  readonly name: string | undefined
  readonly description: string | undefined
  readonly parent: string | null
  readonly forkTurn: number | null
  readonly turns: number
  /** Milliseconds since the epoch. */
  readonly createdAt: number
  readonly updatedAt: number
  readonly thread: string | undefined
  readonly isDeleted: boolean
}

export type NewBranch = {
  readonly id: string
  readonly author: PlayerId
  readonly name: string
  readonly description: string | null
}

export type BranchStore = {
  /** Begins a branch at a point that the head sees. No row of the story is copied. */
  create(head: Head, at: Position, branch: NewBranch, sources: Sources): Promise<Appended>
  /** The oldest first, deleted ones too. */
  list(story: string): Promise<Branch[]>
  rename(ref: StoryRef, author: PlayerId, name: string, description: string | null): Promise<void>
  /** Hides a branch, and frees its thread. All of it stays. */
  remove(ref: StoryRef): Promise<void>
  restore(ref: StoryRef): Promise<void>
  /** Shows a branch in a thread: neither shows, or is shown, anywhere else any more. */
  showIn(ref: StoryRef, channel: string, parent: string): Promise<void>
}

/** Forgets what a person wrote, on every branch. */
export type ErasureStore = {
  /**
   * Erases what came from a message, and what rests on it. Gives the stories that it concerned. What is `expected`
   * is kept as erased in any case: its words may be on their way into a story.
   */
  eraseMessage(source: string, expected?: boolean): Promise<string[]>
}
