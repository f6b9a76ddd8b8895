import type { Model, WriteRequest, WritingEnd } from '../../src/turn/ports.ts'

export type Scripted = {
  readonly deltas: readonly string[]
  readonly end?: WritingEnd
  readonly holds?: boolean
}

export const finished: WritingEnd = { kind: 'finished', reason: 'stop' }
export const failed = (kind: 'unauthorized' | 'empty' | 'unavailable'): WritingEnd => ({
  kind: 'failed',
  failure: { kind, detail: 'scripted' },
})

export type ScriptedModel = Model & {
  readonly requests: WriteRequest[]
  /** Resolves when the nth answer, from 0, has written all its deltas. */
  written(nth: number): Promise<void>
}

/**
 * A model that writes what it is told to, one script for each request. One that `holds` goes silent after its
 * deltas until it is stopped.
 */
export const scriptedModel = (...scripts: readonly Scripted[]): ScriptedModel => {
  const requests: WriteRequest[] = []
  const marks = scripts.map(() => Promise.withResolvers<void>())
  return {
    name: 'scripted',
    requests,
    written: (nth) => marks[nth]?.promise ?? Promise.reject(new Error(`no script ${nth}`)),
    write: (request) => {
      const nth = requests.push(request) - 1
      const script = scripts[nth]
      if (!script) throw new Error(`the model was asked ${nth + 1} times`)
      const { signal } = request
      const stopped = new Promise<void>((resolve) => {
        if (signal.aborted) resolve()
        else signal.addEventListener('abort', () => resolve(), { once: true })
      })
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
          usage: undefined,
        })),
      }
    },
  }
}
