import type OpenAI from 'openai'
import type { Clock } from '../kit/clock.ts'
import type { TokenUsage } from '../ledger/price.ts'
import type { Capabilities } from './capabilities.ts'
import { wasNotTakenOn } from './failure.ts'
import { answerReader } from './reasoning.ts'
import { usageIn } from './usage.ts'
import { watchdog } from './watchdog.ts'
import { paramsOf, type WireRequest } from './wire.ts'

type Chunk = OpenAI.Chat.Completions.ChatCompletionChunk
type FinishReason = Chunk['choices'][number]['finish_reason']

/** How one request went, before anybody judges it. */
export type Attempt = {
  /** The answer, without its reasoning. */
  readonly text: string
  /** All that the model wrote, its reasoning included, as far as the provider shows it. */
  readonly written: string
  /** Whether it was seen to reason. */
  readonly reasoned: boolean
  readonly finish: FinishReason
  readonly refusal: string
  readonly usage: TokenUsage | undefined
  /** We hung up: nothing came for too long. */
  readonly silent: boolean
  /** We hung up: the caller wanted no more. */
  readonly stopped: boolean
  /** We hung up: it had not ended when its time was over. */
  readonly late: boolean
  readonly error: unknown
  /** The provider did no work that it could charge. */
  readonly notTakenOn: boolean
  /** Whether the model closed reasoning that it had not opened; undefined where that cannot be told. */
  readonly reasonedFirst: boolean | undefined
  readonly firstTokenMs: number | null
  readonly totalMs: number
}

export type AttemptOptions = {
  readonly client: OpenAI
  readonly clock: Clock
  readonly known: Capabilities
  /** Silence allowed before the first token: a local server may load the model first. */
  readonly firstTokenMs: number
  readonly idleMs: number
  /** The caller's: they want no more. */
  readonly signal: AbortSignal
  /** Aborts when the time for the whole of it is over. */
  readonly deadline?: AbortSignal | undefined
  /** Each piece of the answer as it comes. */
  readonly onText: (text: string) => void
}

/**
 * Providers send reasoning in fields of their own, under several names, some under two at once. It is a sign of life, and
 * counted. Undefined: there is none.
 */
const reasoningOf = (delta: object): string | undefined => {
  const found = Object.entries(delta).filter(
    ([key, value]) => /^(reasoning|thinking)/.test(key) && Boolean(value),
  )
  if (found.length === 0) return undefined
  return found.map(([, value]) => value).find((value) => typeof value === 'string') ?? ''
}

/** Makes one streamed request and reads it to its end, whatever that is. Never rejects. */
export const attempt = async (request: WireRequest, options: AttemptOptions): Promise<Attempt> => {
  const { client, clock, known, firstTokenMs, idleMs, onText } = options
  const hangUp = new AbortController()
  const signals = [options.signal, options.deadline, hangUp.signal].filter((each) => each !== undefined)
  const signal = AbortSignal.any(signals)
  const reader = answerReader(known.reasonsFirst)
  const begun = clock.now()
  let finish: FinishReason = null
  let refusal = ''
  let usage: TokenUsage | undefined
  let written = ''
  let reasoned = false
  let silent = false
  let error: unknown
  let sent = false
  let came = false
  let first: number | null = null
  const dog = watchdog(clock, firstTokenMs, () => {
    silent = true
    hangUp.abort()
  })
  const read = ({ usage: told, choices }: Chunk) => {
    came = true
    usage = usageIn(told) ?? usage
    const choice = choices?.[0]
    if (choice === undefined) return
    const { content, refusal: refused } = choice.delta ?? {}
    const thought = reasoningOf(choice.delta ?? {})
    if (thought !== undefined) reasoned = true
    written += `${thought ?? ''}${typeof content === 'string' ? content : ''}${refused ?? ''}`
    if (content || refused || thought !== undefined) {
      first ??= clock.now() - begun
      dog.touch(idleMs)
    }
    if (typeof content === 'string') onText(reader.take(content))
    refusal += refused ?? ''
    if (choice.finish_reason) {
      finish = choice.finish_reason
      // Only the usage may still come, and some servers never hang up.
      dog.touch(idleMs)
    }
  }
  try {
    sent = !signal.aborted
    for await (const chunk of await client.chat.completions.create(paramsOf(request, known), { signal }))
      read(chunk)
  } catch (caught) {
    error = caught
  } finally {
    dog.stop()
  }
  onText(reader.end(finish !== null && finish !== 'length'))
  const hungUp = signal.aborted
  return {
    ...{ text: reader.text(), written, finish, refusal, usage, silent },
    reasoned: reasoned || reader.reasoned(),
    stopped: options.signal.aborted,
    late: options.deadline?.aborted ?? false,
    error: hungUp ? undefined : error,
    notTakenOn: !sent || (!hungUp && !came && wasNotTakenOn(error)),
    reasonedFirst: reader.reasonedFirst(),
    firstTokenMs: first,
    totalMs: clock.now() - begun,
  }
}
