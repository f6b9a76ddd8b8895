import type { LoopbackModel } from '../../src/sandbox/model/server.ts'
import { startProvider } from '../model/provider.ts'

/**
 * A gateway with a key of its own before a loopback model. It repeats that key wherever it can: in a header of each
 * answer, and by itself where faults of the model tell the whole header with the model's.
 */
export const startGossip = async (model: LoopbackModel, key: string) => {
  const heard: string[] = []
  let authorized = 0
  const provider = await startProvider(async (request, response) => {
    const { method = 'GET', url = '' } = request
    const { authorization, ...headers } = request.headers
    if (authorization === `Bearer ${key}`) authorized += 1
    let body = ''
    for await (const data of request) body += data
    heard.push(JSON.stringify({ url, headers, body }))
    const answer = await fetch(new URL(url, model.baseUrl), {
      method,
      headers: { authorization: `Bearer ${model.apiKey}`, 'content-type': 'application/json' },
      ...(body === '' ? {} : { body }),
    })
    const type = answer.headers.get('content-type') ?? 'application/json'
    response.writeHead(answer.status, { 'content-type': type, 'x-authorized-by': key })
    try {
      const decoder = new TextDecoder()
      for await (const data of answer.body ?? [])
        response.write(decoder.decode(data, { stream: true }).replaceAll(`Bearer ${model.apiKey}`, key))
      response.end()
    } catch {
      response.destroy()
    }
  })
  return {
    ...provider,
    /** Every request that came, without the header in which a key belongs. */
    heard: (): readonly string[] => heard,
    /** How many of them had the key in that header. */
    authorized: (): number => authorized,
  }
}
