import type { PlacedPart } from '../../prompt/part.ts'
import type { Head } from '../../story/head.ts'
import type { SummaryId } from '../../story/past.ts'
import type { EntityId, TextId } from '../../story/ref.ts'
import type { RoleName } from '../../story/settings.ts'
import type { TurnRef } from '../ports.ts'

/** What a turn goes through until all of it is done. */
export const phases = ['planning', 'recalling', 'writing', 'settling'] as const
export type Phase = (typeof phases)[number]

/** How long a phase took, in milliseconds. */
export type PhaseTime = { readonly phase: Phase; readonly ms: number }

/** An answer of a turn: one of its alternates. */
export type AnswerRef = TurnRef & { readonly alternate: number }

/** What a model was sent in a role. `template`: which version of the role's prompt was in force. */
export type KeptPrompt = {
  readonly role: RoleName
  readonly template: string
  readonly parts: readonly PlacedPart[]
  readonly tokens: number
}

/**
 * What was asked of models for the newest answers of each story, and how long it took. It is for whoever looks into
 * it; an erasure takes it along, and of the turns that there were by then nothing more is kept: it may have been begun
 * before.
 */
export type RecordStore = {
  /** `number`: the turn's. Older records of the story make room. */
  keepPrompt(answer: AnswerRef, number: number, prompt: KeptPrompt): Promise<void>
  keepPhases(answer: AnswerRef, times: readonly PhaseTime[]): Promise<void>
  promptsOf(answer: AnswerRef): Promise<KeptPrompt[]>
  phasesOf(answer: AnswerRef): Promise<PhaseTime[]>
}

/**
 * What happened before, in short, as its owner perceived it. `text` is shared by all who perceived the same; `body` is
 * empty where words were erased that it rests on. `newcomers` came into the story after it.
 */
export type KeptSummary = {
  readonly id: SummaryId
  readonly owner: EntityId
  readonly text: TextId
  readonly from: number
  readonly to: number
  readonly level: number
  readonly body: string
  readonly newcomers: readonly EntityId[]
}

export type SummaryStore = {
  /** Those that a head sees, of all owners, the oldest first: without what was replaced or reset. */
  of(head: Head): Promise<KeptSummary[]>
  /** The turns, from one on, in which scenes ended as a head has it, in order. */
  sceneEnds(head: Head, from: number): Promise<number[]>
}
