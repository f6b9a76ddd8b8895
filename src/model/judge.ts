import { z } from 'zod'
import type { AskFailureKind } from '../turn/ports/models.ts'
import type { ModelFailure } from '../turn/ports.ts'
import type { Attempt } from './attempt.ts'
import { failure, failureOf } from './failure.ts'
import { declines, readings } from './json-text.ts'

/** They are sent back: the first ones say enough. */
const MOST_ISSUES = 10

/** A value that fits, or why there is none. */
export type Judged<T> =
  | { readonly fits: true; readonly value: T }
  | { readonly fits: false; readonly kind: AskFailureKind; readonly detail: string }

/** Why nothing came, or came to its end, where it is not for what the text says. */
const brokenOff = (made: Attempt, apiKey: string): ModelFailure | undefined => {
  const { finish, late, silent, error, text } = made
  if (finish === 'length') return failure('cut', 'the answer was cut off at its limit: it must be shorter')
  if (finish !== null) return text === '' ? failure('empty', 'there was no answer') : undefined
  if (late || silent) return failure('stalled', 'no whole answer came in time')
  if (error === undefined) return failure('cut', 'the stream ended without a finish reason')
  return failureOf(error, apiKey)
}

/** What an attempt comes to. Never holds `apiKey`. */
export const judge = <T>(made: Attempt, schema: z.ZodType<T>, apiKey: string): Judged<T> => {
  const { finish, refusal, text, stopped } = made
  const no = (kind: AskFailureKind, detail: string) => ({ fits: false, kind, detail }) as const
  if (finish === 'content_filter' || refusal !== '') return no('refused', 'the model refused')
  if (finish === null && stopped) return no('stopped', 'the caller stopped it')
  // JSON says itself where it ends: what is complete counts, however the stream broke off.
  const read = readings(text, finish !== null && finish !== 'length').map((value) => schema.safeParse(value))
  const fitting = read.find((each) => each.success)
  if (fitting !== undefined) return { fits: true, value: fitting.data }
  const off = brokenOff(made, apiKey)
  if (off !== undefined) return no(off.kind, off.detail)
  const issues = read[0]?.error?.issues.slice(0, MOST_ISSUES)
  if (issues !== undefined) return no('misfit', z.prettifyError({ issues }))
  return declines(text) ? no('refused', 'the model declined in words') : no('not_json', 'it holds no JSON')
}

/** Whether what came can be sent back: the model had its say, and said it wrong. */
export const canRepair = (kind: AskFailureKind, { finish, error }: Attempt): boolean =>
  error === undefined && (finish !== null || kind === 'refused')
