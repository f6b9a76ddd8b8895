import type OpenAI from 'openai'
import type { WriteRequest } from '../turn/ports.ts'
import type { Capabilities } from './capabilities.ts'

type ChatMessage = WriteRequest['messages'][number]
export type Params = OpenAI.Chat.Completions.ChatCompletionCreateParamsStreaming
export type ResponseFormat = NonNullable<Params['response_format']>

/** How an endpoint is told which part of a prompt it will see again. */
export type Caching = 'anthropic' | 'openai' | 'none'

/** What is asked of a model, in the form in which it is asked first. */
export type WireRequest = Pick<WriteRequest, 'messages' | 'maxTokens' | 'temperature'> & {
  readonly model: string
  /** The form that the answer is to have, where it is not prose. */
  readonly format: ResponseFormat | undefined
  readonly caching: Caching
  /** Calls with the same key are likely to begin alike. */
  readonly cacheKey: string | undefined
}

const joined = (one: ChatMessage, other: ChatMessage): ChatMessage => ({
  ...other,
  content: `${one.content}\n\n${other.content}`,
})

const merged = (messages: readonly ChatMessage[]): ChatMessage[] => {
  const whole: ChatMessage[] = []
  for (const message of messages) {
    const last = whole.at(-1)
    if (last?.role === message.role) whole[whole.length - 1] = joined(last, message)
    else whole.push(message)
  }
  return whole
}

/** Where roles must alternate, the first that is no system message has to be the user's. */
const begunByUser = (messages: readonly ChatMessage[]): ChatMessage[] => {
  const at = messages.findIndex(({ role }) => role !== 'system')
  if (messages[at]?.role !== 'assistant') return [...messages]
  return [...messages.slice(0, at), { role: 'user', content: '…' }, ...messages.slice(at)]
}

/** The same messages as a server takes them. What was the system's and may not stand there speaks as the user. */
export const shaped = (
  messages: readonly ChatMessage[],
  { system, neighbours }: Pick<Capabilities, 'system' | 'neighbours'>,
): readonly ChatMessage[] => {
  if (system === 'anywhere' && neighbours) return messages
  const first = messages.findIndex(({ role }) => role !== 'system')
  const mayStay = (index: number) => system === 'anywhere' || (system === 'first' && index < first)
  const placed = messages.map((message, index): ChatMessage => {
    const isMoved = message.role === 'system' && first >= 0 && !mayStay(index)
    return isMoved || (message.role === 'system' && system === 'nowhere')
      ? { ...message, role: 'user' }
      : message
  })
  const whole = merged(placed)
  return neighbours ? whole : begunByUser(whole)
}

/** Anthropic's models keep a prompt up to where it is marked; the mark goes on a part of a message. */
const marked = ({ role, content, cache }: ChatMessage) => ({
  role,
  content: cache ? [{ type: 'text', text: content, cache_control: { type: 'ephemeral' } }] : content,
})

/** Whether a prompt says by itself how much of it is to be kept. */
export const marksCache = (
  { caching, model, messages }: Pick<WireRequest, 'caching' | 'model' | 'messages'>,
  { cacheHints }: Capabilities,
): boolean =>
  cacheHints &&
  caching === 'anthropic' &&
  /claude|anthropic/i.test(model) &&
  messages.some(({ cache }) => cache)

/** The body of a request to a model of which so much is known. */
export const paramsOf = (request: WireRequest, known: Capabilities): Params => {
  const { model, messages, maxTokens, temperature, format } = request
  const marks = marksCache(request, known)
  const key = known.cacheHints && request.caching === 'openai' ? request.cacheKey : undefined
  const sent = shaped(messages, known).map((each) =>
    marks ? marked(each) : { role: each.role, content: each.content },
  )
  return {
    model,
    // The SDK does not know the mark.
    messages: sent as Params['messages'],
    stream: true,
    [known.limitName]: maxTokens,
    ...(known.streamUsage ? { stream_options: { include_usage: true } } : {}),
    ...(known.temperature
      ? { temperature: Math.min(Math.max(temperature, known.coldest), known.hottest) }
      : {}),
    ...(format ? { response_format: format } : {}),
    ...(key === undefined ? {} : { prompt_cache_key: key }),
  }
}
