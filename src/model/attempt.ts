import type OpenAI from 'openai'
import type { Clock } from '../kit/clock.ts'
import type { Usage, WriteRequest } from '../turn/ports.ts'
import type { Capabilities } from './capabilities.ts'
import { answerFilter } from './reasoning.ts'
import { watchdog } from './watchdog.ts'

type Chunk = OpenAI.Chat.Completions.ChatCompletionChunk
type Params = OpenAI.Chat.Completions.ChatCompletionCreateParamsStreaming
export type ResponseFormat = NonNullable<Params['response_format']>
type FinishReason = Chunk['choices'][number]['finish_reason']

/** How one request went, before anybody judges it. The text went to `onText`. */
export type Attempt = {
  readonly finish: FinishReason
  readonly refusal: string
  readonly usage: Usage | undefined
  /** We hung up: nothing came for too long. */
  readonly silent: boolean
  readonly error: unknown
}

export type AttemptOptions = {
  readonly client: OpenAI
  readonly model: string
  readonly clock: Clock
  readonly known: Capabilities
  /** Silence allowed before the first token: a local server may load the model first. */
  readonly firstTokenMs: number
  readonly idleMs: number
  /** The form that the answer is to have, where it is not prose. */
  readonly format?: ResponseFormat | undefined
  readonly onText: (text: string) => void
}

const paramsOf = (request: WriteRequest, { model, known, format }: AttemptOptions): Params => ({
  model,
  messages: request.messages.map(({ role, content }) => ({ role, content })),
  stream: true,
  [known.limitName]: request.maxTokens,
  ...(known.streamUsage ? { stream_options: { include_usage: true } } : {}),
  ...(known.temperature ? { temperature: request.temperature } : {}),
  ...(format ? { response_format: format } : {}),
})

const usageOf = (chunk: Chunk): Usage | undefined =>
  chunk.usage
    ? { inputTokens: chunk.usage.prompt_tokens, outputTokens: chunk.usage.completion_tokens }
    : undefined

/** Providers send reasoning in fields of their own, under several names. It counts as a sign of life only. */
const reasons = (delta: object): boolean =>
  Object.entries(delta).some(([key, value]) => /^(reasoning|thinking)/.test(key) && Boolean(value))

/** Makes one streamed request and reads it to its end, whatever that is. Never rejects. */
export const attempt = async (request: WriteRequest, options: AttemptOptions): Promise<Attempt> => {
  const { client, clock, firstTokenMs, idleMs, onText } = options
  const hangUp = new AbortController()
  const signal = AbortSignal.any([request.signal, hangUp.signal])
  const filter = answerFilter()
  let finish: FinishReason = null
  let refusal = ''
  let usage: Usage | undefined
  let silent = false
  let error: unknown
  const dog = watchdog(clock, firstTokenMs, () => {
    silent = true
    hangUp.abort()
  })
  try {
    const stream = await client.chat.completions.create(paramsOf(request, options), { signal })
    for await (const chunk of stream) {
      usage = usageOf(chunk) ?? usage
      const choice = chunk.choices?.[0]
      if (choice === undefined) continue
      const { content, refusal: refused } = choice.delta ?? {}
      if (content || refused || reasons(choice.delta ?? {})) dog.touch(idleMs)
      if (typeof content === 'string') onText(filter(content))
      refusal += refused ?? ''
      if (choice.finish_reason) {
        finish = choice.finish_reason
        // Only the usage may still come, and some servers never hang up.
        dog.touch(idleMs)
      }
    }
  } catch (caught) {
    error = caught
  } finally {
    dog.stop()
  }
  return { finish, refusal, usage, silent, error: signal.aborted ? undefined : error }
}
