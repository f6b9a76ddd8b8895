import { countTokens } from '../../src/prompt/tokens.ts'
import type { RoleName } from '../../src/story/settings.ts'
import type { AskRequest, Caller, Models } from '../../src/turn/ports/models.ts'
import type { WriteRequest, WritingEnd } from '../../src/turn/ports.ts'

export type Scripted = {
  readonly deltas: readonly string[]
  readonly end?: WritingEnd
  readonly holds?: boolean
}

/** What a structured call gives: a value, or nothing where there is none left. One that `holds` waits to be stopped. */
export type ScriptedValue = { readonly value: unknown } | { readonly holds: true }

export const finished: WritingEnd = { kind: 'finished', reason: 'stop' }
export const failed = (kind: 'unauthorized' | 'empty' | 'unavailable' | 'too_long'): WritingEnd => ({
  kind: 'failed',
  failure: { kind, detail: 'scripted' },
})

type Asked = { readonly caller: Caller; readonly messages: WriteRequest['messages'] }

export type ScriptedModel = Models & {
  /** What was asked of the writer. */
  readonly requests: WriteRequest[]
  /** Every request of every role. */
  readonly asked: Asked[]
  /** Resolves when the nth answer of the writer, from 0, has written all its deltas. */
  written(nth: number): Promise<void>
  /** Gives these values to the next structured calls of a role. */
  giving(role: RoleName, ...values: readonly ScriptedValue[]): ScriptedModel
}

const stopOf = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })

/**
 * Models that write what they are told to, one script for each request. One that `holds` goes silent after its
 * deltas until it is stopped. A structured call that nothing was scripted for gives nothing that can be used.
 */
export const scriptedModel = (...scripts: readonly Scripted[]): ScriptedModel => {
  const requests: WriteRequest[] = []
  const asked: Asked[] = []
  const values = new Map<RoleName, ScriptedValue[]>()
  const marks = scripts.map(() => Promise.withResolvers<void>())

  const write: Models['write'] = (caller, request) => {
    asked.push({ caller, messages: request.messages })
    const nth = requests.push(request) - 1
    const script = scripts[nth]
    if (!script) throw new Error(`the model was asked ${nth + 1} times`)
    const { signal } = request
    const stopped = stopOf(signal)
    const result = Promise.withResolvers<WritingEnd>()
    async function* deltas() {
      for (const delta of signal.aborted ? [] : (script?.deltas ?? [])) yield delta
      marks[nth]?.resolve()
      if (script?.holds) await stopped
      result.resolve(signal.aborted ? { kind: 'stopped' } : (script?.end ?? finished))
    }
    return {
      deltas: deltas(),
      result: result.promise.then((end) => ({
        text: end.kind === 'failed' || (signal.aborted && !script.holds) ? '' : script.deltas.join(''),
        end,
      })),
    }
  }

  const ask = async <T>(caller: Caller, request: AskRequest<T>) => {
    asked.push({ caller, messages: request.messages })
    const next = values.get(caller.role)?.shift()
    if (next && 'holds' in next) await stopOf(request.signal)
    const read = request.schema.safeParse(next && 'value' in next ? next.value : undefined)
    return next && read.success
      ? { value: read.data, source: 'json_schema' as const, failures: [] }
      : { value: request.fallback, source: 'default' as const, failures: [] }
  }

  const model: ScriptedModel = {
    ...{ requests, asked, write, ask },
    readerOf: () => ({ count: countTokens, context: undefined }),
    written: (nth) => marks[nth]?.promise ?? Promise.reject(new Error(`no script ${nth}`)),
    giving: (role, ...next) => {
      values.set(role, [...(values.get(role) ?? []), ...next])
      return model
    },
  }
  return model
}
