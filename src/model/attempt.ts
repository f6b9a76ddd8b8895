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

/** Providers send reasoning in fields of their own, under several names. It counts as a sign of life only. */
const reasons = (delta: object): boolean =>
  Object.entries(delta).some(([key, value]) => /^(reasoning|thinking)/.test(key) && Boolean(value))

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
    if (content || refused || reasons(choice.delta ?? {})) {
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
    ...{ text: reader.text(), finish, refusal, usage, silent },
    stopped: options.signal.aborted,
    late: options.deadline?.aborted ?? false,
    error: hungUp ? undefined : error,
    notTakenOn: !sent || (!hungUp && !came && wasNotTakenOn(error)),
    reasonedFirst: reader.reasonedFirst(),
    firstTokenMs: first,
    totalMs: clock.now() - begun,
  }
}
