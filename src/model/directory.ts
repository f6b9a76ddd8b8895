import type { Clock } from '../kit/clock.ts'
import type { ModelDirectory, TestedModel } from '../turn/ports/models.ts'
import type { Call } from './call.ts'
import type { CallResult } from './circuit.ts'
import type { Connection } from './connection.ts'
import { failure } from './failure.ts'
import { type Links, linkName } from './links.ts'
import { isRefused, refusalOf } from './meter.ts'
import { endOf, failureIn, resultOf } from './prose.ts'
import { watchdog } from './watchdog.ts'

/** A local server may have to load the model first. */
const TEST_MS = 60_000

const greeting = {
  messages: [{ role: 'user' as const, content: 'Say hello in one short sentence of a storyteller.' }],
  format: undefined,
}

export type DirectoryDeps = {
  readonly connections: readonly Connection[]
  readonly links: Links
  readonly call: Call
  readonly clock: Clock
}

const untested = (why: TestedModel['failure']): TestedModel => ({
  ...{ text: '', failure: why, firstTokenMs: null, totalMs: 0 },
})

/**
 * A test is made also over a connection that is left alone, for a while or for its key, and what comes of it counts for
 * that.
 */
export const directoryOver = ({ connections, links, call, clock }: DirectoryDeps): ModelDirectory => ({
  connections: () => connections.map((each) => each.info()),
  chainOf: (role) => links.of({ role, prefer: [] }).map(linkName),
  has: (link) => links.find(link) !== undefined,
  async test(name, caller) {
    const link = links.find(name)
    if (link === undefined) return untested(failure('rejected', 'there is no connection of this name'))
    const { connection } = link
    const over = new AbortController()
    const deadline = watchdog(clock, TEST_MS, () => over.abort())
    let result: CallResult = 'undecided'
    let why: TestedModel['failure']
    connection.book.forget(link.model)
    connection.began()
    try {
      const made = await call(
        link,
        { ...caller, prefer: [] },
        {
          ...{ maxTokens: 30, temperature: 0.8 },
          signal: new AbortController().signal,
          deadline: over.signal,
          shape: () => greeting,
          onText: () => {},
        },
      )
      if (isRefused(made)) return untested(refusalOf(made))
      const end = endOf(made, connection, clock.now())
      result = resultOf(end)
      why = failureIn(end)
      if (result === 'answered' && connection.isBarred()) connection.mended()
      const { firstTokenMs, totalMs } = made
      return { text: end.kind === 'failed' ? '' : made.text, failure: why, firstTokenMs, totalMs }
    } finally {
      deadline.stop()
      connection.ended(result, why)
    }
  },
})
