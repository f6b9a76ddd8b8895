import type { z } from 'zod'
import type { Payer } from '../../ledger/budget.ts'
import type { StoryRef, TurnId } from '../../story/ref.ts'
import type { RoleName } from '../../story/settings.ts'
import type { FailureKind, ModelFailure, WriteRequest, Writing } from '../ports.ts'

/**
 * Whose a call is and what it is for. `zone`: the server's time zone, by its IANA name. `prefer`: what is asked
 * before the role's own chain, the first first, as `connection/model`; without a connection, a model of the first.
 */
export type Caller = Payer & {
  readonly role: RoleName
  readonly branch: string | null
  readonly turn: TurnId | null
  readonly zone: string
  readonly prefer: readonly string[]
}

/** `not_json`: text without any. `misfit`: JSON that the schema does not take. `stopped`: the caller's signal. */
export type AskFailureKind = FailureKind | 'not_json' | 'misfit' | 'stopped'

/** One attempt that gave nothing. `raw` is what the model wrote, without its reasoning: people's words, not for a log. */
export type AskFailure = {
  /** Counts from 1, over all links that were asked. */
  readonly attempt: number
  readonly kind: AskFailureKind
  readonly detail: string
  readonly raw: string
}

/** How the value was had. `repaired`: by sending a broken answer back. `default`: the model gave none. */
export type Source = 'json_schema' | 'json_object' | 'instruction' | 'repaired' | 'default'

/** `failures`: where nobody could be asked, one that says why. */
export type Structured<T> = {
  readonly value: T
  readonly source: Source
  readonly failures: readonly AskFailure[]
}

export type AskRequest<T> = Pick<WriteRequest, 'messages' | 'maxTokens' | 'temperature' | 'signal'> & {
  readonly schema: z.ZodType<T>
  /** Of the schema: letters, digits, `_` and `-`, at most 64. */
  readonly name: string
  /** The value where the model gives none. */
  readonly fallback: T
}

/** All models that can be asked. Each call is entered in the ledger, or refused by it before it is made. */
export type Models = {
  write(caller: Caller, request: WriteRequest): Writing
  /** Asks for a value that fits a schema. Never rejects for the model's doing: at worst it is the fallback. */
  ask<T>(caller: Caller, request: AskRequest<T>): Promise<Structured<T>>
  /** How the model that would be asked first reads text. */
  readerOf(caller: Pick<Caller, 'role' | 'prefer'>): Reader
}

/**
 * `context`: how many tokens a prompt and its answer may have together, beside the model's reasoning; undefined where
 * nobody knows.
 */
export type Reader = {
  /** In tokens: by the model's own tokenizer where it is known, else by one that is much like it. */
  count(text: string): number
  readonly context: number | undefined
}

/**
 * `cooling`: left alone for a while after failures. `unauthorized`: its key was not taken; not asked before a restart,
 * or a test that is answered.
 */
export type ConnectionState = 'untried' | 'ready' | 'unreachable' | 'unauthorized' | 'cooling'

/** `models`: those that it listed at the start, if it lists any. */
export type ConnectionInfo = {
  readonly name: string
  readonly state: ConnectionState
  readonly models: readonly string[]
}

/** How a live call went. Times in milliseconds; `firstTokenMs` is null where no token came. */
export type TestedModel = {
  readonly text: string
  readonly failure: ModelFailure | undefined
  readonly firstTokenMs: number | null
  readonly totalMs: number
}

/** Which models there are. A link is a connection and a model on it, as `connection/model`. */
export type ModelDirectory = {
  connections(): readonly ConnectionInfo[]
  /** The links that are asked in a role, the first first. */
  chainOf(role: RoleName): readonly string[]
  /** Whether a link names a connection that there is. */
  has(link: string): boolean
  /**
   * Makes a short call over one link alone, which is entered in the ledger like any other. What the model was found not
   * to take is forgotten before it, and a connection that is left alone is mended by an answer.
   */
  test(link: string, caller: Omit<Caller, 'prefer'>): Promise<TestedModel>
}

/** A structured call's attempt that gave nothing, kept for whoever looks into it. */
export type KeptFailure = AskFailure & {
  readonly ref: StoryRef | null
  readonly turn: TurnId | null
  readonly role: RoleName
  readonly connection: string
  readonly model: string
}

export type FailureLog = { keep(failure: KeptFailure): Promise<void> }

/** A connection where it is: another server under the same name is another endpoint. */
export type Endpoint = { readonly connection: string; readonly address: string }

/** What is known of the models at an endpoint, kept for the next start: a plain record for each model. */
export type CapabilityStore = {
  load(at: Endpoint): Promise<Readonly<Record<string, unknown>>>
  keep(at: Endpoint, model: string, capabilities: unknown): Promise<void>
}
