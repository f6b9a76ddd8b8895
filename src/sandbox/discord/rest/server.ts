import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Logger } from '../../../kit/logger.ts'
import { removeChannel } from '../acts/channels.ts'
import type { Fault, Faults } from '../faults.ts'
import { notBuilt, Refusal, refuse, refuseForm } from '../refusal.ts'
import type { PrivilegedIntents } from '../settings.ts'
import { isSnowflake } from '../snowflake.ts'
import { channelOf, type World } from '../world/world.ts'
import { applicationRoutes } from './application-routes.ts'
import { bodyOf, parseBodies } from './body.ts'
import { channelRoutes } from './channel-routes.ts'
import { guildRoutes } from './guild-routes.ts'
import { messageRoutes } from './message-routes.ts'
import { BUCKETS, type Limiter, tooMany } from './rate-limits.ts'
import type { Call, Route } from './route.ts'

const PREFIX = '/api/v10'

export const ROUTES: readonly Route[] = [
  ...messageRoutes,
  ...channelRoutes,
  ...guildRoutes,
  ...applicationRoutes,
]

/** A request as it arrived, before anything was decided about it. `path` is below /api/v10 and has no query. */
export type SeenRequest = {
  readonly at: number
  readonly method: string
  readonly path: string
  /** Undefined where the loopback Discord has no such route. */
  readonly route: string | undefined
  readonly query: Readonly<Record<string, string | undefined>>
  /** Of a multipart request, what its `payload_json` holds. */
  readonly body: unknown
}

export type SeenAnswer = {
  readonly at: number
  readonly request: SeenRequest
  readonly status: number
  /** Hit a rate limit, by its own doing: a 429 that a fault made is not counted. */
  readonly limited: boolean
}

export type RestDeps = {
  readonly world: World
  readonly token: string
  readonly privileged: PrivilegedIntents
  readonly gatewayUrl: () => string
  readonly limiter: Limiter
  readonly faults: Faults
  readonly log: Logger
  /** Waits for half of a round trip. */
  readonly halfTrip: () => Promise<void>
  readonly dropGateway: () => void
  readonly invalidateSessions: (resumable: boolean) => void
  readonly onRequest: (request: SeenRequest) => void
  readonly onAnswer: (answer: SeenAnswer) => void
}

type Answer = {
  readonly status: number
  readonly body: unknown
  readonly headers: Readonly<Record<string, string>>
  readonly limited: boolean
}

const record = (value: unknown): Record<string, string | undefined> =>
  typeof value === 'object' && value !== null ? { ...value } : {}

const majorOf = (route: Route, params: Record<string, string | undefined>, app: string): string => {
  switch (route.bucket && BUCKETS[route.bucket].per) {
    case 'channel':
      return params.channel_id ?? app
    case 'guild':
      return params.guild_id ?? app
    case 'webhook':
      return `${params.webhook_id}/${params.webhook_token}`
    default:
      return app
  }
}

const callOf = (deps: RestDeps, request: FastifyRequest): Call => {
  const params = record(request.params)
  return {
    world: deps.world,
    me: deps.world.ids.bot,
    privileged: deps.privileged,
    gatewayUrl: deps.gatewayUrl(),
    query: record(request.query),
    body: bodyOf(request).form,
    files: bodyOf(request).files,
    param: (name) => params[name] ?? '',
  }
}

const checkIds = (params: Record<string, string | undefined>): void => {
  for (const [name, value] of Object.entries(params)) {
    if (!name.endsWith('_id') || isSnowflake(value ?? '')) continue
    throw refuseForm({
      path: [name],
      code: 'NUMBER_TYPE_COERCE',
      message: `Value "${value}" is not snowflake.`,
    })
  }
}

const strikeBefore = (deps: RestDeps, faults: readonly Fault[], call: Call): void => {
  for (const { kind, ms, resumable } of faults) {
    if (kind === '429') throw tooMany(ms ?? 1000, 'user')
    if (kind === '500') throw new Refusal(500, { message: '500: Internal Server Error', code: 0 })
    if (kind === 'lost_permission') throw refuse(50013)
    if (kind === 'drop_gateway') deps.dropGateway()
    if (kind === 'invalid_session') deps.invalidateSessions(resumable ?? false)
    if (kind === 'deleted_channel') {
      const channel = channelOf(deps.world, call.param('channel_id'))
      if (channel) removeChannel(deps.world, channel)
    }
  }
}

/** From a request that has arrived to the answer that will be sent: the order in which Discord itself decides. */
const decide = (deps: RestDeps, route: Route, request: FastifyRequest, faults: readonly Fault[]): Answer => {
  const params = record(request.params)
  const call = callOf(deps, request)
  let headers: Record<string, string> = {}
  let limited = false
  try {
    if (!route.tokenInPath && request.headers.authorization !== `Bot ${deps.token}`) throw refuse(0)
    strikeBefore(deps, faults, call)
    limited = true
    if (route.bucket) {
      const major = majorOf(route, params, call.me)
      headers = deps.limiter.take(route.bucket, major, !route.tokenInPath)
    }
    checkIds(params)
    const sublimit = route.sublimit?.(call)
    if (sublimit) deps.limiter.takeSublimit(...sublimit, headers)
    limited = false
    const body = route.run(call)
    return { status: body === undefined ? 204 : (route.status ?? 200), body, headers, limited }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const { status, body } = error
    return { status, body, headers: { ...headers, ...error.headers }, limited: limited && status === 429 }
  }
}

const cut = (request: FastifyRequest, reply: FastifyReply, { reset }: Fault): void => {
  reply.hijack()
  if (reset) request.raw.socket.resetAndDestroy()
  else request.raw.socket.destroy()
}

const handlerFor =
  (deps: RestDeps, route: Route) =>
  async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const { clock, ending } = deps.world
    const seen = seenOf(deps, request, route.path)
    deps.onRequest(seen)
    await deps.halfTrip()
    const faults = deps.faults.atRequest(seen.method, route.path, seen.path)
    for (const { kind, ms } of faults) if (kind === 'delay') await clock.sleep(ms ?? 1000, ending)
    const early = faults.find(({ kind }) => kind === 'drop_connection')
    if (early) return cut(request, reply, early)
    const { status, body, headers, limited } = decide(deps, route, request, faults)
    deps.onAnswer({ at: clock.now(), request: seen, status, limited })
    if (status === 429) deps.log.debug({ method: seen.method, path: route.path, limited }, 'answered 429')
    if (status === 501) deps.log.warn({ method: seen.method, path: seen.path }, String(record(body).message))
    await deps.halfTrip()
    const late = faults.find(({ kind }) => kind === 'drop_answer')
    if (late) return cut(request, reply, late)
    await reply.code(status).headers(headers).send(body)
  }

const seenOf = (deps: RestDeps, request: FastifyRequest, route: string | undefined): SeenRequest => ({
  at: deps.world.clock.now(),
  method: request.method,
  path: (request.url.split('?')[0] ?? '').slice(PREFIX.length),
  route,
  query: record(request.query),
  body: bodyOf(request).form,
})

const sendRefusal = (reply: FastifyReply, { status, body, headers }: Refusal) =>
  reply.code(status).headers(headers).send(body)

/** Discord's REST API under /api/v10. What it does not do answers 501 and stands in the log. */
export const mountRest = (app: FastifyInstance, deps: RestDeps): void => {
  app.register(
    async (api) => {
      parseBodies(api)
      api.setErrorHandler(async (error, request, reply) => {
        if (error instanceof Refusal) {
          if (error.status === 501)
            deps.log.warn({ method: request.method, path: request.url }, error.message)
          return sendRefusal(reply, error)
        }
        const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500
        if (status === 413) return sendRefusal(reply, refuse(40005))
        if (status < 500) return reply.code(status).send({ message: String(error), code: 0 })
        deps.log.error({ err: error, method: request.method, path: request.url }, 'loopback Discord failed')
        return reply.code(500).send({ message: '500: Internal Server Error', code: 0 })
      })
      api.all('/*', async (request, reply) => {
        const seen = seenOf(deps, request, undefined)
        deps.onRequest(seen)
        const refusal = notBuilt(`${request.method} ${seen.path}`)
        deps.log.warn({ method: request.method, path: seen.path }, refusal.message)
        deps.onAnswer({ at: deps.world.clock.now(), request: seen, status: 501, limited: false })
        return sendRefusal(reply, refusal)
      })
      for (const route of ROUTES) {
        const url = route.path.replaceAll('{', ':').replaceAll('}', '')
        api.route({ method: route.method, url, handler: handlerFor(deps, route) })
      }
    },
    { prefix: PREFIX },
  )
  app.all('/api/*', async (_request, reply) => sendRefusal(reply, refuse(50041)))
}
