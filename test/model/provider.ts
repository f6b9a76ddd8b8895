import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

/** A provider of a few lines, for what the loopback model would never do. */
export const startProvider = async (
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<{ baseURL: string; port: number; close(): Promise<void> }> => {
  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    port,
    baseURL: `http://127.0.0.1:${port}/v1`,
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

/** Server-sent events of a chat completion from what its chunks hold. */
export const sse = (...chunks: unknown[]): string =>
  [...chunks.map((chunk) => JSON.stringify(chunk)), '[DONE]'].map((data) => `data: ${data}\n\n`).join('')

export const chunk = (delta: object, finish: string | null = null) => ({
  id: 'x',
  object: 'chat.completion.chunk',
  created: 0,
  model: 'm',
  choices: [{ index: 0, delta, finish_reason: finish }],
})

export type Reply =
  | { readonly text: string; readonly finish?: string | null; readonly usage?: object | null }
  | ((response: ServerResponse) => void)

/** A body as it is, with a status. */
export const body =
  (status: number, text: string, type = 'application/json'): Reply =>
  (response) => {
    response.writeHead(status, { 'content-type': type })
    response.end(text)
  }

export const refusal = (status: number, message: string): Reply =>
  body(status, JSON.stringify({ error: { message } }))

/** A stream of these chunks. */
export const stream = (...chunks: unknown[]): Reply => body(200, sse(...chunks), 'text/event-stream')

export type Asked = {
  readonly model: string
  readonly messages: readonly { readonly role: string; readonly content: unknown }[]
  readonly response_format?: { readonly type: string; readonly json_schema?: Record<string, unknown> }
}

const usual = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 }

/** A provider that gives one reply after the other, the last one for ever, and keeps what it was asked. */
export const scriptedProvider = async (...replies: readonly Reply[]) => {
  const asked: Asked[] = []
  const provider = await startProvider(async (request, response) => {
    let sent = ''
    for await (const data of request) sent += data
    const reply = replies[asked.push(JSON.parse(sent)) - 1] ?? replies.at(-1)
    if (typeof reply === 'function') return reply(response)
    const { text = '', finish = 'stop', usage = usual } = reply ?? {}
    const end = usage === null ? {} : { usage }
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.end(sse(chunk({ content: text }), { ...chunk({}, finish), ...end }))
  })
  return { ...provider, asked }
}
