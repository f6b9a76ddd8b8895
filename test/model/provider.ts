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
