import type { Clock } from '../kit/clock.ts'
import type { Logger } from '../kit/logger.ts'
import type { Refused } from '../ledger/budget.ts'
import type { PlannedCall } from '../turn/ports/ledger.ts'
import type { Caller } from '../turn/ports/models.ts'
import type { WriteRequest } from '../turn/ports.ts'
import { type Attempt, attempt } from './attempt.ts'
import type { Capabilities } from './capabilities.ts'
import { contextOf } from './contexts.ts'
import { countedIn } from './counted.ts'
import { kindOf, saidBy } from './failure.ts'
import { limitsFor, ranOut, seenIn } from './headroom.ts'
import { type Link, linkName } from './links.ts'
import { isRefused, type Meter } from './meter.ts'
import { contextIn } from './overflow.ts'
import { counterOf, mostTokensIn } from './tokenizer.ts'
import { marksCache, type WireRequest } from './wire.ts'

export type CallRequest = Pick<WriteRequest, 'maxTokens' | 'temperature' | 'signal'> & {
  /** What to send to a model of which so much is known. */
  readonly shape: (known: Capabilities) => Pick<WireRequest, 'messages' | 'format'>
  readonly deadline?: AbortSignal
  readonly onText: (text: string) => void
  /** Whether to ask once more at once, otherwise shaped, after a refusal that taught nothing of the model. */
  readonly askAgain?: (made: Attempt) => boolean
}

/** Asks one link. Nothing of what the model does is thrown, only what the ledger does. */
export type Call = (link: Link, caller: Caller, request: CallRequest) => Promise<Attempt | Refused>

export type CallDeps = {
  readonly meter: Meter
  readonly clock: Clock
  readonly log: Logger
  readonly firstTokenMs: number
  readonly idleMs: number
}

const planned = (
  { connection, model }: Link,
  caller: Caller,
  wire: WireRequest,
  known: Capabilities,
  maxTokens: number,
): PlannedCall => {
  const { guild, player, story, branch, turn, role, zone } = caller
  return {
    ...{ guild, player, story, branch, turn, role, zone, model },
    connection: connection.name,
    ...{ promptTokens: mostTokensIn(wire), maxTokens },
    ...{ isFree: connection.isPrivate, marksCache: marksCache(wire, known) },
  }
}

type Limit = { readonly maxTokens: number; readonly limit: number }

/** Writes down what an answer, or a refusal that no other wording would mend, tells of a model. */
const note = ({ connection: { book }, model }: Link, made: Attempt, limit: Limit): void => {
  book.note(model, seenIn(made, book.of(model), limit, counterOf(model)))
  if (made.reasonedFirst !== undefined) book.note(model, { reasonsFirst: made.reasonedFirst })
  if (made.error === undefined || kindOf(made.error) !== 'too_long') return
  const context = contextIn(saidBy(made.error))
  if (context !== undefined) book.note(model, { context })
}

/**
 * A parameter, a form or an order of messages that a server does not take is left out from then on, and the model
 * asked again at once; so is one that reasoned until its limit, once, with room for that. Every request goes through the
 * ledger.
 */
export const createCall =
  ({ meter, clock, log, firstTokenMs, idleMs }: CallDeps): Call =>
  async (link, caller, request) => {
    const { connection, model } = link
    const { client, book, caching } = connection
    const { maxTokens, temperature, signal, deadline, onText } = request
    const cacheKey = caller.story === null ? undefined : `${caller.story}:${caller.role}`
    let hasMoreRoom = false
    for (let known = book.of(model); ; ) {
      const asked = known
      const { limit, most } = limitsFor(maxTokens, asked, contextOf(link))
      const wire = { ...request.shape(asked), model, maxTokens: limit, temperature, caching, cacheKey }
      const options = { client, clock, known, firstTokenMs, idleMs, signal, deadline, onText }
      const made = await meter(
        planned(link, caller, wire, asked, most),
        () => attempt(wire, options),
        (attempted) => countedIn(wire, attempted, asked, most),
      )
      if (isRefused(made)) return made
      note(link, made, { maxTokens, limit })
      const { reasoning } = book.of(model)
      if (!hasMoreRoom && ranOut(made) && reasoning > known.reasoning) {
        hasMoreRoom = true
        known = { ...known, reasoning }
        if (limitsFor(maxTokens, known, contextOf(link)).limit > limit) {
          log.info(
            { link: linkName(link), reasoning },
            'this model reasons: it is asked again with room for that',
          )
          continue
        }
      }
      const gaveNothing = made.error !== undefined && made.finish === null && made.text === ''
      const learned = gaveNothing ? book.learn(model, made.error, known) : undefined
      if (learned !== undefined) {
        known = learned
        log.info({ link: linkName(link), capabilities: learned }, 'learned what this server does not take')
      } else if (!gaveNothing || !request.askAgain?.(made)) return made
    }
  }
