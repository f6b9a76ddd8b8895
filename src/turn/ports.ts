import type { ChatMessage } from '../prompt/message.ts'
import type { Decision } from '../story/decide.ts'
import type { Head } from '../story/head.ts'
import type { Line } from '../story/line.ts'
import type { EntityId, StoryRef, TurnId } from '../story/ref.ts'
import type { Ending, Failure, TurnFailure } from '../story/turn.ts'
import type { Phase } from './ports/records.ts'
import type { NewMove } from './ports/timeline.ts'

/** What a turn needs from the world outside, as it needs it. `model` and `discord` implement these. */

/** Why a model call gave no whole answer. The face turns each kind into words for the player. */
export type FailureKind = Exclude<TurnFailure, 'interrupted' | 'stopped' | 'held_back' | 'internal'>

/** `until`: before then (milliseconds since the epoch) asking again is of no use. */
export type ModelFailure = {
  readonly kind: FailureKind
  readonly detail: string
  readonly until?: number
}

/**
 * How a piece of writing ended. `stopped`: the caller's signal. `cut`: the stream broke after some text.
 * `failed`: no text at all. Only `cut` and `failed` are the model's doing.
 */
export type WritingEnd =
  | { readonly kind: 'finished'; readonly reason: 'stop' | 'length' }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'cut'; readonly failure: ModelFailure }
  | { readonly kind: 'failed'; readonly failure: ModelFailure }

/** `text`: what counts. It can be less than its deltas: what a model had not marked as reasoning is taken back. */
export type Written = {
  readonly text: string
  readonly end: WritingEnd
  /** The link that answered, as `connection/model`. */
  readonly by?: string
}

export type WriteRequest = {
  readonly messages: readonly ChatMessage[]
  readonly maxTokens: number
  readonly temperature: number
  readonly signal: AbortSignal
}

/** A stream is its deltas plus one result. Neither throws: every way to end is a value in `result`. */
export type Writing = { readonly deltas: AsyncIterable<string>; readonly result: Promise<Written> }

/** `duplicate`: all of its sources were taken in before. `lost_race`: the head has moved; load and decide again. */
export type Appended = 'appended' | 'duplicate' | 'lost_race'

/** Where a turn stands: what Stop, Retry and a post point to. */
export type TurnRef = StoryRef & { readonly turn: TurnId }

/** `thread` is the Discord thread that tells it, in the channel `parent`. */
export type NewStory = {
  readonly ref: StoryRef
  readonly guild: string
  readonly thread: string
  readonly parent: string
}

/** Sources are the Discord ids of what an intent came from. Each is taken in once, whatever happens. */
export type Sources = { readonly ids: readonly string[]; readonly channel: string | null }

/**
 * Each method that writes is one transaction: events, rows, head and sources together, or nothing. An append that
 * leaves a turn open also opens its delivery.
 */
export type StoryStore = {
  create(story: NewStory, decision: Decision, sources: Sources): Promise<Appended>
  /** `move`: how it is kept in the list of the branch's moves, so that it can be taken back as one. */
  append(head: Head, decision: Decision, sources?: Sources, move?: NewMove): Promise<Appended>
  load(ref: StoryRef): Promise<Head | undefined>
  /** The lines of the turns `from` to `to`, both with them, as the head has them; oldest first. */
  lines(head: Head, from: number, to: number): Promise<Line[]>
  /** Also when its words were erased before they came in. */
  wasTakenIn(source: string): Promise<boolean>
  /** How a turn that is visible at its branch's head, and not open, ended. */
  endOf(turn: TurnRef): Promise<TurnEnd | undefined>
}

/** `quote`: what the player is taken to have said, where that is not what their message says. */
export type Answering = { readonly speaker: EntityId; readonly quote: string | undefined }

/** Who spoke in a turn, in the answer that is in force, and how and where in the log that ended. */
export type TurnEnd = Answering & {
  readonly outcome: Outcome
  readonly at: { readonly strand: number; readonly seq: number }
}

export type Post = { readonly message: string; readonly channel: string; readonly part: number }

/** What people may have seen of an answer whose end they may not have seen. */
export type Delivery = TurnRef & { readonly draft: string; readonly posts: readonly Post[] }

/** Open deliveries: a crash neither loses nor doubles an answer, because it stays here until its end is visible. */
export type DeliveryStore = {
  draft(turn: TurnRef, text: string): Promise<void>
  posted(turn: TurnRef, post: Post): Promise<void>
  /** A message that showed a part is gone: that stays on record. */
  removed(message: string): Promise<void>
  /** The end of the answer is visible, or never can be. */
  delivered(turn: TurnRef): Promise<void>
  of(turn: TurnRef): Promise<Delivery>
  /** All of them, or those of one branch; oldest turn first. */
  open(ref?: StoryRef): Promise<TurnRef[]>
}

/** How an answer ended, for the one who shows it. */
export type Outcome =
  | { readonly kind: 'told'; readonly text: string; readonly ending: Ending }
  | ({ readonly kind: 'failed' } & Pick<Failure, 'failure'> & Partial<Failure>)

/** `never`: the place to show it is gone for good. `later`: it may be shown at another time. */
export type Shown = 'shown' | 'never' | 'later'

/** Where one answer appears while it is written. Showing never fails: what cannot be shown is still kept. */
export type Stage = {
  /** The whole answer so far. Cheap: call it for every delta. */
  show(text: string): void
  /** What is done for the answer from now on, and whose it is by what is known then. Until there is text, it is told. */
  enter(phase: Phase, head: Head): void
  /** Aborts, with `stopped`, when what is written can no longer be seen: someone deleted it, or its thread. */
  readonly gone: AbortSignal
  finish(outcome: Outcome): Promise<Shown>
  /** Leaves without an end, which another stage will show. */
  leave(): void
}

/** Sets the stage for an answer in the delivery's turn, going on from what was already posted of it. */
export type SetStage = (head: Head, delivery: Delivery, answering: Answering) => Promise<Stage>

/** A message that shows a part of an answer. `controls`: with buttons; `struck`: as no longer in force. */
export type ShownPost = Post & {
  readonly story: string
  readonly turn: TurnId
  readonly look: 'plain' | 'controls' | 'struck'
}

/** `isTold`: whether its turn is in force, though the answer that the message shows may not be. */
export type StrayPost = ShownPost & { readonly isTold: boolean }

/** What the messages of answers look like, so that they can be brought in line with the story. */
export type PostStore = {
  /** The turn that a message shows, of whichever branch. */
  turnOf(message: string): Promise<TurnRef | undefined>
  /** The messages of a turn in a channel, whichever branch told it there, in the order of their parts. */
  ofTurn(channel: string, turn: { readonly story: string; readonly turn: TurnId }): Promise<ShownPost[]>
  /** The messages in a channel that do not look as they should at a head: the newest first, at most `limit`. */
  strays(channel: string, head: Head, limit: number): Promise<StrayPost[]>
  /** The messages in a channel that are struck through, as they should be at a head: the newest first. */
  struck(channel: string, head: Head, limit: number): Promise<ShownPost[]>
  withControls(channel: string): Promise<ShownPost[]>
  /** Messages show the answer of their turn that is in force at a branch's head. */
  shows(turn: TurnRef, messages: readonly string[], look: 'plain' | 'controls'): Promise<void>
  mark(messages: readonly string[], look: ShownPost['look']): Promise<void>
}

/** Which Discord thread tells which branch, and how far each thread was read. */
export type ThreadStore = {
  storyIn(channel: string): Promise<StoryRef | undefined>
  threadOf(ref: StoryRef): Promise<string | undefined>
  /** Nothing of the story comes from a message of a thread, and from those before it that were not taken in. */
  passOver(channel: string, message: string): Promise<void>
  /**
   * The newest message that was taken in from a thread, or passed over: null before the first, undefined when it
   * tells no story.
   */
  lastTakenIn(channel: string): Promise<string | null | undefined>
  /** The messages that were taken in from a thread, from one to another, whose words are not erased. */
  takenIn(channel: string, from: string, to: string): Promise<string[]>
}

/** A story at one branch, in the thread that tells it. `branches`: how many it has, told or not. */
export type ListedStory = {
  readonly head: Head
  readonly channel: string
  readonly branches: number
  readonly lastLine: Line | undefined
}

/**
 * The stories told in threads of some channels, the ones told last first, each at the branch that was told last there.
 * Those that are archived or deleted are left out.
 */
export type StoryList = {
  page(parents: readonly string[], offset: number, limit: number): Promise<ListedStory[]>
  count(parents: readonly string[]): Promise<number>
  /** The channels of a server whose threads tell stories, also those that are no longer there. */
  parents(guild: string): Promise<string[]>
  /** The thread that tells a branch, and that thread's channel; undefined where it is not in the list. */
  placeOf(ref: StoryRef): Promise<{ readonly channel: string; readonly parent: string } | undefined>
}

/** A copy of the database, kept beside it. `at` is when it was begun, in milliseconds since the epoch. */
export type Backup = { readonly name: string; readonly at: number; readonly bytes: number }

/**
 * What is wrong with a backup. `altered`: it is not what its checksum says. `damaged`: its pages or references are
 * broken. `foreign`: a database, but not Skein's. `unreadable`: a story in it cannot be loaded.
 */
export type BackupFault =
  | 'missing'
  | 'not_a_database'
  | 'altered'
  | 'damaged'
  | 'foreign'
  | 'too_new'
  | 'unreadable'

export type Backups = {
  /** Makes one, checks it and prunes the old ones. Whoever asks while one is being made gets that one. */
  make(): Promise<Backup>
  /** The newest first. */
  list(): Promise<Backup[]>
  verify(name: string): Promise<BackupFault | undefined>
}
