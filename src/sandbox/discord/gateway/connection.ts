import {
  GatewayCloseCodes as Close,
  GatewayDispatchEvents,
  GatewayIntentBits,
  GatewayOpcodes as Op,
} from 'discord-api-types/v10'
import type { WebSocket } from 'ws'
import { z } from 'zod'
import { disallowedIn } from '../settings.ts'
import { guildCreateOf, readyOf } from './greeting.ts'
import type { GatewayDeps, Hub } from './hub.ts'
import { type Connection, missedSince, type Session } from './session.ts'

const MAX_FRAME = 4096
const MAX_COMMANDS = { frames: 120, windowMs: 60_000 }
/** A client that misses a heartbeat by this much of its interval is taken for dead. */
const PATIENCE = 1.5

const KNOWN_INTENTS = Object.values(GatewayIntentBits)
  .filter((bit) => typeof bit === 'number')
  .reduce((sum, bit) => sum | bit, 0)

const CLOSE_WORDS: Readonly<Record<number, string>> = {
  [Close.UnknownOpcode]: 'Unknown opcode.',
  [Close.DecodeError]: 'Error while decoding payload.',
  [Close.NotAuthenticated]: 'Not authenticated.',
  [Close.AuthenticationFailed]: 'Authentication failed.',
  [Close.AlreadyAuthenticated]: 'Already authenticated.',
  [Close.InvalidSeq]: 'Invalid seq.',
  [Close.RateLimited]: 'Rate limited.',
  [Close.SessionTimedOut]: 'Session timed out.',
  [Close.InvalidShard]: 'Invalid shard.',
  [Close.InvalidAPIVersion]: 'Invalid API version.',
  [Close.InvalidIntents]: 'Invalid intent(s).',
  [Close.DisallowedIntents]: 'Disallowed intent(s).',
}

export const closeWith = (socket: WebSocket, code: Close): void =>
  socket.close(code, CLOSE_WORDS[code] ?? 'Unknown error.')

const Frame = z.object({ op: z.int(), d: z.unknown().optional() })
const Identify = z.object({
  token: z.string(),
  intents: z.int().min(0),
  properties: z.object({}),
  shard: z.tuple([z.int(), z.int()]).optional(),
})
const Resume = z.object({ token: z.string(), session_id: z.string(), seq: z.int().nullable() })

const UNBUILT: readonly number[] = [
  Op.VoiceStateUpdate,
  Op.RequestGuildMembers,
  Op.RequestSoundboardSounds,
  Op.RequestChannelInfo,
]

const frameIn = (text: string) => {
  try {
    return text.length <= MAX_FRAME ? Frame.safeParse(JSON.parse(text)).data : undefined
  } catch {
    return undefined
  }
}

/** Talks with one client from hello to close. */
export const converse = (socket: WebSocket, hub: Hub, deps: GatewayDeps): void => {
  const { world, faults } = deps
  const { clock } = world
  const closing = new AbortController()
  let session: Session | undefined
  let beaten = true
  let window = { endsAt: 0, frames: 0 }

  const send = (frame: string) => {
    if (socket.readyState === socket.OPEN) socket.send(frame)
  }
  const say = (op: Op, d: unknown) => send(JSON.stringify({ op, d, s: null, t: null }))
  const close = (code: Close) => closeWith(socket, code)
  const connection: Connection = {
    send,
    cut: () => {
      if (session) hub.leave(session, connection, false)
      socket.terminate()
    },
  }
  // A session that was invalidated or taken over is no longer this connection's.
  const isIdentified = () => session?.connection === connection

  const watch = async () => {
    while (!closing.signal.aborted) {
      await clock.sleep(deps.heartbeatMs * PATIENCE, closing.signal)
      if (!closing.signal.aborted && !beaten) close(Close.SessionTimedOut)
      beaten = false
    }
  }

  /** Gives the code to close with when the client is refused. */
  const identify = (d: unknown): Close | undefined => {
    const form = Identify.safeParse(d).data
    if (!form) return Close.DecodeError
    const { token, intents, shard = [0, 1] } = form
    if (token !== deps.token) return Close.AuthenticationFailed
    if (intents & ~KNOWN_INTENTS) return Close.InvalidIntents
    if (disallowedIn(intents, deps.privileged)) return Close.DisallowedIntents
    if (shard[0] < 0 || shard[0] >= shard[1]) return Close.InvalidShard
    session = hub.open(intents, connection)
    const ready = readyOf(world, session.id, deps.url(), deps.privileged)
    hub.deliver(session, GatewayDispatchEvents.Ready, ready)
    if (intents & GatewayIntentBits.Guilds && shard[0] === 0) {
      hub.deliver(session, GatewayDispatchEvents.GuildCreate, guildCreateOf(world, intents))
    }
    return undefined
  }

  const resume = (d: unknown): Close | undefined => {
    const form = Resume.safeParse(d).data
    if (!form) return Close.DecodeError
    if (form.token !== deps.token) return Close.AuthenticationFailed
    const known = hub.find(form.session_id)
    const seq = form.seq ?? 0
    if (known && seq > known.seq) return Close.InvalidSeq
    const missed = known && missedSince(known, seq)
    if (!known || !missed) {
      say(Op.InvalidSession, false)
      return undefined
    }
    hub.attach(known, connection)
    session = known
    for (const frame of missed) send(frame)
    hub.deliver(known, GatewayDispatchEvents.Resumed, {})
    return undefined
  }

  /** Lets the faults at what the client sent strike; false when it must not be handled. */
  const passes = async (name: string): Promise<boolean> => {
    let through = true
    for (const { kind, ms, resumable } of faults.atGateway(name)) {
      if (kind === 'delay') await clock.sleep(ms ?? 1000, closing.signal)
      else through = false
      if (kind === 'drop_gateway') connection.cut()
      if (kind === 'invalid_session') say(Op.InvalidSession, resumable ?? false)
    }
    return through && !closing.signal.aborted
  }

  /** What to do with a frame; gives the code to close with when it was a wrong one. */
  const handle = async (op: number, d: unknown): Promise<Close | undefined> => {
    switch (op) {
      case Op.Heartbeat:
        beaten = true
        if (await passes('HEARTBEAT')) say(Op.HeartbeatAck, null)
        return undefined
      case Op.Identify:
        if (isIdentified()) return Close.AlreadyAuthenticated
        return (await passes('IDENTIFY')) ? identify(d) : undefined
      case Op.Resume:
        if (isIdentified()) return Close.AlreadyAuthenticated
        return (await passes('RESUME')) ? resume(d) : undefined
      default:
        if (!isIdentified()) return Close.NotAuthenticated
        if (op === Op.PresenceUpdate) return undefined
        if (!UNBUILT.includes(op)) return Close.UnknownOpcode
        deps.log.warn({ op }, 'The loopback gateway does not do this opcode yet.')
        return undefined
    }
  }

  const receive = async (text: string): Promise<void> => {
    const now = clock.now()
    if (now >= window.endsAt) window = { endsAt: now + MAX_COMMANDS.windowMs, frames: 0 }
    const limited = ++window.frames > MAX_COMMANDS.frames
    const frame = frameIn(text)
    const code = limited ? Close.RateLimited : frame ? await handle(frame.op, frame.d) : Close.DecodeError
    if (code !== undefined) close(code)
  }

  socket.on('message', (data) => void receive(String(data)))
  socket.on('close', (code) => {
    closing.abort()
    // A client that closes properly ends its session; after anything else it may resume.
    if (session) hub.leave(session, connection, code === 1000 || code === 1001)
  })
  socket.on('error', (error) => deps.log.debug({ err: error }, 'gateway socket'))
  say(Op.Hello, { heartbeat_interval: deps.heartbeatMs, _trace: [] })
  void watch()
}
