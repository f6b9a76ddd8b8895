import { randomBytes } from 'node:crypto'
import { type FastifyReply, type FastifyRequest, fastify } from 'fastify'
import { type Clock, systemClock } from '../../kit/clock.ts'
import type { Logger } from '../../kit/logger.ts'
import { schemaAskedFor } from './asked.ts'
import { promptCache } from './cache.ts'
import { complete, wholeBody } from './completion.ts'
import { type Effect, serverError } from './effects.ts'
import { type Faults, faultBoard } from './faults.ts'
import { type Improviser, improviser } from './improviser.ts'
import { brokenRule } from './rules.ts'
import { aborted, type StreamEnd, sendStream } from './stream.ts'
import { promptTokens } from './tokens.ts'
import { type CompletionRequest, type HttpError, httpError, parseCompletionRequest, textOf } from './wire.ts'

export const MODEL_ID = 'skein-improviser'

/** One request for a completion, as it came in, for tests to look at. */
export type Recorded = {
  readonly at: number
  readonly body: unknown
  /** What it asked for. */
  readonly kind: 'prose' | 'json'
  readonly outcome: 'open' | 'refused' | StreamEnd
}

export type LoopbackModel = {
  /** `http://127.0.0.1:PORT/v1` */
  readonly baseUrl: string
  readonly apiKey: string
  /** The first of its models. */
  readonly model: string
  readonly faults: Faults
  /** The last 500 requests for completions, oldest first: all of them, or those of one kind. */
  requests(kind?: Recorded['kind']): readonly Recorded[]
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
  /** Writing speed of prose, 50 by default; 0 is at once. */
  readonly tokensPerSecond?: number
  /** What it is called, under several names where there are more: the improviser answers to each. */
  readonly models?: readonly [string, ...string[]]
  /** Fields beyond OpenAI's that are taken, and passed over: `cache_control`, for example. */
  readonly accepts?: readonly string[]
}

/** Prose is watched while it is written, JSON is waited for. */
const JSON_TIMES_FASTER = 10

const KEPT_REQUESTS = 500

/** A request that is to be answered. */
type Call = {
  readonly request: CompletionRequest
  readonly json: boolean
  readonly promptTokens: number
  readonly effect: Effect
  readonly gone: AbortSignal
}

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
  const { log, clock = systemClock, tokensPerSecond = 50, models = [MODEL_ID], accepts = [] } = options
  const apiKey = `sk-loopback-${randomBytes(16).toString('hex')}`
  const faults = faultBoard()
  const recorded: Recorded[] = []
  const cachedTokens = promptCache()
  const write: Improviser = improviser(options.seed ?? clock.now())

  const record = (body: unknown) => {
    const entry: { -readonly [K in keyof Recorded]: Recorded[K] } = {
      at: clock.now(),
      body,
      kind: 'prose',
      outcome: 'open',
    }
    recorded.push(entry)
    if (recorded.length > KEPT_REQUESTS) recorded.shift()
    return (seen: Partial<Pick<Recorded, 'kind' | 'outcome'>>) => Object.assign(entry, seen)
  }

  const answer = async (call: Call, reply: FastifyReply): Promise<StreamEnd | 'refused'> => {
    const { request, json, promptTokens, effect, gone } = call
    const firstTokenMs = effect.firstTokenMs ?? 0
    const completion = complete(request, write(request, json && !effect.prose), effect, {
      id: `chatcmpl-${randomBytes(12).toString('hex')}`,
      created: Math.floor(clock.now() / 1000),
      promptTokens,
      cachedTokens: cachedTokens(request),
    })
    if (request.stream === true) {
      reply.hijack()
      return sendStream(reply.raw, completion, {
        clock,
        tokensPerSecond: json ? tokensPerSecond * JSON_TIMES_FASTER : tokensPerSecond,
        firstTokenMs,
        includeUsage: request.stream_options?.include_usage === true,
        gone,
      })
    }
    if (firstTokenMs > 0) await clock.sleep(firstTokenMs, gone)
    if (completion.ending === 'whole') {
      await reply.send(wholeBody(completion))
      return 'done'
    }
    if (completion.ending === 'error') {
      await sendError(reply, serverError)
      return 'refused'
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
    data: models.map((id) => ({ id, object: 'model', created: 0, owned_by: 'skein' })),
  }))

  app.post('/v1/chat/completions', async (http: FastifyRequest, reply) => {
    const note = record(http.body)
    const refuse = (error: HttpError) => {
      note({ outcome: 'refused' })
      return sendError(reply, error)
    }
    const gone = new AbortController()
    reply.raw.on('close', () => gone.abort())
    const parsed = parseCompletionRequest(http.body, accepts)
    if (!parsed.ok) return refuse(parsed.error)
    const { request } = parsed
    const broken = brokenRule(request)
    if (broken !== undefined) return refuse(broken)
    if (!models.includes(request.model))
      return refuse(
        httpError(404, `The model '${request.model}' does not exist.`, 'model_not_found', 'model'),
      )
    const asked = {
      request,
      json: schemaAskedFor(request) !== undefined,
      promptTokens: promptTokens(request.messages.map(({ content }) => textOf(content))),
      authorization: http.headers.authorization ?? '',
    }
    note({ kind: asked.json ? 'json' : 'prose' })
    const effect = faults.next(asked)
    if (effect.delayMs !== undefined) await clock.sleep(effect.delayMs, gone.signal)
    if (effect.error !== undefined) return refuse(effect.error)
    note({ outcome: await answer({ ...asked, effect, gone: gone.signal }, reply) })
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
    { baseUrl, model: models[0] },
    'no language model is connected: the improviser composes the story from a grammar. To connect one, set OPENAI_API_KEY or OPENAI_BASE_URL, or start a local server such as Ollama',
  )
  return {
    baseUrl,
    apiKey,
    model: models[0],
    faults,
    requests: (kind) => recorded.filter((each) => kind === undefined || each.kind === kind),
    close: () => app.close(),
  }
}
