import { onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import { silentLogger } from '../../../src/kit/logger.ts'
import {
  type LoopbackDiscord,
  type LoopbackOptions,
  startDiscord,
} from '../../../src/sandbox/discord/start.ts'
import { type ManualClock, manualClock } from '../../doubles/clock.ts'

export type Json = Record<string, unknown>
export type Answer = { readonly status: number; readonly body: Json; readonly headers: Headers }

export type Stage = {
  readonly discord: LoopbackDiscord
  readonly clock: ManualClock
  /** A request as the bot. `path` is below /api/v10. */
  call(method: string, path: string, body?: unknown, token?: string): Promise<Answer>
  /** The same after 20 seconds, when the buckets that tests empty are full again. */
  callLater(method: string, path: string, body?: unknown): Promise<Answer>
}

const parse = (text: string): Json => (text === '' ? {} : (JSON.parse(text) as Json))

const encode = (body: unknown): string | FormData =>
  typeof body === 'string' || body instanceof FormData ? body : JSON.stringify(body)

/** The body of a request with files: the form, and the files in the slots 0, 1, 2… */
export const withFiles = (
  form: unknown,
  ...files: { name: string; bytes: Uint8Array | string }[]
): FormData => {
  const data = new FormData()
  data.append('payload_json', JSON.stringify(form))
  for (const [slot, { name, bytes }] of files.entries()) {
    data.append(`files[${slot}]`, new Blob([Buffer.from(bytes)]), name)
  }
  return data
}

/** As much of a PNG as says its size. */
export const pngOf = (width: number, height: number): Buffer => {
  const head = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')
  const size = Buffer.alloc(8)
  size.writeUInt32BE(width, 0)
  size.writeUInt32BE(height, 4)
  return Buffer.concat([head, size, Buffer.from('0806000000', 'hex')])
}

export const request = async (
  discord: LoopbackDiscord,
  method: string,
  path: string,
  body?: unknown,
  token = discord.token,
): Promise<Answer> => {
  const response = await fetch(`${discord.apiUrl}/v10${path}`, {
    method,
    headers: {
      ...(token ? { authorization: `Bot ${token}` } : {}),
      ...(body === undefined || body instanceof FormData ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: encode(body) }),
  })
  return { status: response.status, body: parse(await response.text()), headers: response.headers }
}

/** A loopback Discord whose clock stands still, closed when the test ends. */
export const stage = async (options: Partial<LoopbackOptions> = {}): Promise<Stage> => {
  const clock = manualClock()
  const discord = await startDiscord({ port: 0, log: silentLogger(), clock, ...options })
  onTestFinished(() => discord.close())
  const call: Stage['call'] = (method, path, body, token) => request(discord, method, path, body, token)
  return {
    discord,
    clock,
    call,
    callLater: async (method, path, body) => {
      await clock.advance(20_000)
      return call(method, path, body)
    },
  }
}

/** What Discord's error tree says at a place: its codes. */
export const flawsAt = ({ body }: Answer, ...path: (string | number)[]): string[] => {
  let node: unknown = body.errors
  for (const key of path) node = (node as Json | undefined)?.[key]
  const list = (node as { _errors?: { code: string }[] } | undefined)?._errors ?? []
  return list.map(({ code }) => code)
}

export type GatewayFrame = {
  readonly op: number
  readonly d: Json
  readonly s: number | null
  readonly t: string | null
}

export type GatewayClient = {
  readonly frames: readonly GatewayFrame[]
  /** The first frame, past or to come, that fits. */
  next(fits: (frame: GatewayFrame) => boolean): Promise<GatewayFrame>
  dispatch(t: string): Promise<GatewayFrame>
  send(op: number, d: unknown): void
  readonly closed: Promise<number>
  end(code?: number): void
  cut(): void
}

/** A bare gateway client, which does nothing on its own. */
export const connect = (discord: LoopbackDiscord, query = '?v=10&encoding=json'): GatewayClient => {
  const socket = new WebSocket(`${discord.origin.replace('http', 'ws')}/gateway${query}`)
  const frames: GatewayFrame[] = []
  const looks = new Set<() => void>()
  const closed = new Promise<number>((resolve) => socket.on('close', resolve))
  socket.on('error', () => {})
  socket.on('message', (data) => {
    frames.push(JSON.parse(String(data)) as GatewayFrame)
    for (const look of [...looks]) look()
  })
  const next: GatewayClient['next'] = (fits) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no such frame; had ${JSON.stringify(frames)}`)), 4_000)
      const look = () => {
        const frame = frames.find(fits)
        if (!frame) return
        clearTimeout(timer)
        looks.delete(look)
        resolve(frame)
      }
      looks.add(look)
      look()
    })
  return {
    frames,
    next,
    dispatch: (t) => next((frame) => frame.t === t),
    send: (op, d) => socket.send(JSON.stringify({ op, d })),
    closed,
    end: (code = 1000) => socket.close(code),
    cut: () => socket.terminate(),
  }
}

export const DEFAULT_INTENTS = 1 | 512 | 1024 | 2048 | 32_768

/** A bare client that has identified and had its guild. */
export const identified = async (discord: LoopbackDiscord, intents = DEFAULT_INTENTS) => {
  const client = connect(discord)
  await client.next(({ op }) => op === 10)
  client.send(2, { token: discord.token, intents, properties: {} })
  const ready = await client.dispatch('READY')
  if (intents & 1) await client.dispatch('GUILD_CREATE')
  return { client, session: String(ready.d.session_id) }
}
