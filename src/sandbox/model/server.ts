import { randomBytes } from 'node:crypto'
import { type FastifyReply, type FastifyRequest, fastify } from 'fastify'
import { type Clock, systemClock } from '../../kit/clock.ts'
import type { Logger } from '../../kit/logger.ts'
import { complete, wholeBody } from './completion.ts'
import { type Effect, type Faults, faultBoard } from './faults.ts'
import { type Improviser, improviser } from './improviser.ts'
import { aborted, type StreamEnd, sendStream } from './stream.ts'
import { type CompletionRequest, type HttpError, httpError, parseCompletionRequest } from './wire.ts'

export const MODEL_ID = 'skein-improviser'

/** One request for a completion, as it came in, for tests to look at. */
export type Recorded = {
  readonly at: number
  readonly body: unknown
  readonly outcome: 'open' | 'refused' | StreamEnd
}

export type LoopbackModel = {
  /** `http://127.0.0.1:PORT/v1` */
  readonly baseUrl: string
  readonly apiKey: string
  readonly model: string
  readonly faults: Faults
  /** The last 500 requests for completions, oldest first. */
  requests(): readonly Recorded[]
  /** Breaks open streams off. */
  close(): Promise<void>
}

export type LoopbackModelOptions = {
  /** 0 takes any free port. */
  readonly port: number
  readonly log: Logger
  readonly clock?: Clock
  /** The same seed gives the same answers to the same prompts. Without it every run is another. */
  readonly seed?: number
  /** Writing speed, 50 by default; 0 is at once. */
  readonly tokensPerSecond?: number
}

const KEPT_REQUESTS = 500

const sendError = (reply: FastifyReply, { status, body, headers = {} }: HttpError) =>
  reply.code(status).headers(headers).send(body)

const unauthorized = httpError(
  401,
  "You didn't provide a valid API key. Provide it in an Authorization header, as 'Bearer KEY'.",
  'invalid_api_key',
)

/**
 * Starts an OpenAI-compatible server on loopback. What answers is the improviser: a grammar that composes from
 * what stands in the prompt. It is not a language model, and its log says so.
 */
export const startModel = async (options: LoopbackModelOptions): Promise<LoopbackModel> => {
  const { log, clock = systemClock, tokensPerSecond = 50 } = options
  const apiKey = `sk-loopback-${randomBytes(16).toString('hex')}`
  const faults = faultBoard()
  const recorded: Recorded[] = []
  const write: Improviser = improviser(options.seed ?? clock.now())

  const record = (body: unknown) => {
    const entry: { -readonly [K in keyof Recorded]: Recorded[K] } = { at: clock.now(), body, outcome: 'open' }
    recorded.push(entry)
    if (recorded.length > KEPT_REQUESTS) recorded.shift()
    return (outcome: Recorded['outcome']) => {
      entry.outcome = outcome
    }
  }

  const answer = async (
    request: CompletionRequest,
    effect: Effect,
    reply: FastifyReply,
    gone: AbortSignal,
  ): Promise<StreamEnd> => {
    const completion = complete(request, write(request), effect, {
      id: `chatcmpl-${randomBytes(12).toString('hex')}`,
      created: Math.floor(clock.now() / 1000),
    })
    if (request.stream === true) {
      reply.hijack()
      const includeUsage = request.stream_options?.include_usage === true
      return sendStream(reply.raw, completion, { clock, tokensPerSecond, includeUsage, gone })
    }
    if (completion.ending === 'whole') {
      await reply.send(wholeBody(completion))
      return 'done'
    }
    if (completion.ending === 'stall') await aborted(gone)
    reply.raw.destroy()
    return 'cut'
  }

  const app = fastify({ forceCloseConnections: true, bodyLimit: 8 * 1024 * 1024 })

  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', `req_${randomBytes(12).toString('hex')}`)
    if (request.headers.authorization !== `Bearer ${apiKey}`) await sendError(reply, unauthorized)
  })

  app.get('/v1/models', async () => ({
    object: 'list',
    data: [{ id: MODEL_ID, object: 'model', created: 0, owned_by: 'skein' }],
  }))

  app.post('/v1/chat/completions', async (http: FastifyRequest, reply) => {
    const outcome = record(http.body)
    const refuse = (error: HttpError) => {
      outcome('refused')
      return sendError(reply, error)
    }
    const gone = new AbortController()
    reply.raw.on('close', () => gone.abort())
    const parsed = parseCompletionRequest(http.body)
    if (!parsed.ok) return refuse(parsed.error)
    const { request } = parsed
    if (request.model !== MODEL_ID)
      return refuse(
        httpError(404, `The model '${request.model}' does not exist.`, 'model_not_found', 'model'),
      )
    const effect = faults.next(request)
    if (effect.delayMs !== undefined) await clock.sleep(effect.delayMs, gone.signal)
    if (effect.error !== undefined) return refuse(effect.error)
    outcome(await answer(request, effect, reply, gone.signal))
    return reply
  })

  app.setNotFoundHandler((request, reply) => {
    log.warn({ method: request.method, path: request.url }, 'the loopback model does not have this endpoint')
    return sendError(
      reply,
      httpError(501, `The loopback model does not have ${request.method} ${request.url}.`, 'not_implemented'),
    )
  })

  app.setErrorHandler((error, _request, reply) => {
    const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500
    if (status < 500)
      return sendError(reply, httpError(status, 'We could not parse the JSON body of your request.', null))
    log.error({ err: error }, 'the loopback model failed')
    return sendError(reply, httpError(500, 'The loopback model failed.', null, null, 'server_error'))
  })

  await app.listen({ host: '127.0.0.1', port: options.port })
  const address = app.server.address()
  const port = typeof address === 'object' && address !== null ? address.port : options.port
  const baseUrl = `http://127.0.0.1:${port}/v1`
  log.info(
    { baseUrl, model: MODEL_ID },
    'no language model is connected: the improviser composes the story from a grammar. To connect one, set OPENAI_API_KEY or OPENAI_BASE_URL, or start a local server such as Ollama',
  )
  return {
    baseUrl,
    apiKey,
    model: MODEL_ID,
    faults,
    requests: () => [...recorded],
    close: () => app.close(),
  }
}
