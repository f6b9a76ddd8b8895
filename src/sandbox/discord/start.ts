import Fastify, { type FastifyInstance } from 'fastify'
import { type Clock, systemClock } from '../../kit/clock.ts'
import type { Logger } from '../../kit/logger.ts'
import { type Person, personOf } from '../people/person.ts'
import { createPeople, turnAway } from '../people/socket.ts'
import { failForgottenInteractions } from './acts/interactions.ts'
import { BLANK, place } from './acts/place.ts'
import { archiveIdleThreads } from './acts/threads.ts'
import { createFaults, type Faults } from './faults.ts'
import { createGateway, type Gateway } from './gateway/server.ts'
import { mountFiles } from './rest/files.ts'
import { createLimiter } from './rest/rate-limits.ts'
import { mountRest, type SeenAnswer, type SeenRequest } from './rest/server.ts'
import { PORTAL_DEFAULTS, type PrivilegedIntents } from './settings.ts'
import { createStats, type Stats } from './stats.ts'
import { noRows, sqliteRows } from './world/rows.ts'
import { BOT_PERMISSIONS, type WorldIds } from './world/seed.ts'
import { openWorld, type World } from './world/world.ts'

export type LoopbackOptions = {
  /** 0 takes any free port. */
  readonly port: number
  readonly log: Logger
  /** Where the world is kept; without it, it ends with the process. */
  readonly dataFile?: string | undefined
  readonly clock?: Clock
  /** From 0 to below 1; only the length of round trips depends on it. */
  readonly random?: () => number
  /** How long a REST answer takes: `mean` more or less by up to `spread`, half before handling and half after. */
  readonly roundTripMs?: { readonly mean: number; readonly spread: number }
  /** The portal's switches for privileged intents. */
  readonly privilegedIntents?: Partial<PrivilegedIntents>
  /** What the bot's role allows when the world is founded. */
  readonly botPermissions?: bigint
  readonly heartbeatMs?: number
  /** What the page shows above the channels. */
  readonly notice?: () => string
  /** Adds to the same server, before it listens: the page. */
  readonly mount?: (app: FastifyInstance) => void | Promise<void>
}

export type LoopbackDiscord = {
  /** For discord.js: `new Client({ rest: { api: apiUrl } })`. */
  readonly apiUrl: string
  readonly origin: string
  /** The bot's token. */
  readonly token: string
  readonly app: FastifyInstance
  readonly world: World
  readonly ids: WorldIds
  readonly faults: Faults
  readonly gateway: Pick<Gateway, 'drop' | 'reconnect' | 'invalidate' | 'isOnline'>
  person(userId: string): Person
  /** Told of every request when it arrives; the function given back ends it. */
  onRequest(listener: (request: SeenRequest) => void): () => void
  onAnswer(listener: (answer: SeenAnswer) => void): () => void
  stats(): Stats
  resetStats(): void
  close(): Promise<void>
}

/** What the admin has written in #welcome on the first day. */
const greeting = ({ channels }: WorldIds): string =>
  [
    'Welcome! This is a small Discord on your own machine, with the real bot in it. Nobody else is here.',
    `Go to <#${channels.stories}>, type \`/story start\` and fill in the form. A thread opens, and the story is told there.`,
    'At the bottom left you can look through the eyes of someone else: a second player, or me.',
  ].join('\n\n')

const greet = (world: World): void => {
  const channel = world.textChannels.get(world.ids.channels.welcome)
  if (!channel || channel.last_message_id) return
  place(world, {
    author: world.ids.people.admin,
    channel,
    written: { ...BLANK, content: greeting(world.ids) },
  })
}

const HEARTBEAT_MS = 41_250
const SWEEP_MS = 60_000

const createListeners = <T>() => {
  const listeners = new Set<(value: T) => void>()
  return {
    tell: (value: T) => {
      for (const listener of listeners) listener(value)
    },
    add: (listener: (value: T) => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** Shaped as Discord's tokens are, and as secret as a loopback address. */
const tokenFor = (bot: string): string => `${Buffer.from(bot).toString('base64url')}.loopback.no-secret`

const sweepThreads = async (world: World): Promise<void> => {
  while (!world.ending.aborted) {
    archiveIdleThreads(world)
    await world.clock.sleep(SWEEP_MS, world.ending)
  }
}

/**
 * A Discord on 127.0.0.1: REST v10 under /api/v10, the gateway under /gateway, files under /attachments, the people
 * under /people. As strict as the real one for what it does; all else answers 501.
 */
export const startDiscord = async (options: LoopbackOptions): Promise<LoopbackDiscord> => {
  const { log, clock = systemClock, random = Math.random, roundTripMs } = options
  const privileged = { ...PORTAL_DEFAULTS, ...options.privilegedIntents }
  const rows = options.dataFile === undefined ? noRows() : sqliteRows(options.dataFile)
  // Known once the server listens, and asked for only after that.
  let origin = ''
  const world = openWorld(rows, clock, options.botPermissions ?? BOT_PERMISSIONS, () => origin)
  failForgottenInteractions(world)
  greet(world)

  const token = tokenFor(world.ids.bot)
  const faults = createFaults()
  const stats = createStats()
  const requests = createListeners<SeenRequest>()
  const answers = createListeners<SeenAnswer>()
  requests.add(stats.onRequest)
  answers.add(stats.onAnswer)

  const gatewayUrl = () => `${origin.replace('http', 'ws')}/gateway`
  const gateway = createGateway({
    world,
    token,
    privileged,
    faults,
    log,
    url: gatewayUrl,
    heartbeatMs: options.heartbeatMs ?? HEARTBEAT_MS,
  })
  const notice = options.notice ?? (() => '')
  const people = createPeople({ world, log, notice, isBotOnline: gateway.isOnline })

  const halfTrip = async () => {
    if (!roundTripMs) return
    const { mean, spread } = roundTripMs
    await clock.sleep((mean + spread * (2 * random() - 1)) / 2, world.ending)
  }

  const app = Fastify({
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 1000 },
    // discord.js writes `@original` so; the router tells `@original` from an id only when it is plain.
    rewriteUrl: ({ url = '/' }) => url.replaceAll('%40', '@'),
  })
  mountRest(app, {
    world,
    token,
    privileged,
    gatewayUrl,
    faults,
    log,
    halfTrip,
    limiter: createLimiter(clock),
    dropGateway: gateway.drop,
    invalidateSessions: gateway.invalidate,
    onRequest: requests.tell,
    onAnswer: answers.tell,
  })
  mountFiles(app, world)
  await options.mount?.(app)
  app.server.on('upgrade', (request, socket, head) => {
    const { pathname } = new URL(request.url ?? '/', 'http://loopback')
    if (pathname === '/gateway' || pathname === '/gateway/') gateway.upgrade(request, socket, head)
    else if (pathname === '/people') people.upgrade(request, socket, head)
    else turnAway(socket, '404 Not Found')
  })
  const close = async () => {
    world.end()
    gateway.close()
    people.close()
    await app.close()
    rows.close()
  }
  try {
    origin = await app.listen({ host: '127.0.0.1', port: options.port })
  } catch (error) {
    await close()
    throw error
  }
  void sweepThreads(world)

  return {
    apiUrl: `${origin}/api`,
    origin,
    token,
    app,
    world,
    ids: world.ids,
    faults,
    gateway,
    person: (userId) => personOf(world, userId),
    onRequest: requests.add,
    onAnswer: answers.add,
    stats: stats.read,
    resetStats: stats.reset,
    close,
  }
}
