/** A loopback Discord in a process of its own, so that its work does not delay the bot's. Started by `fork`. */
import { z } from 'zod'
import { silentLogger } from '../../src/kit/logger.ts'
import { startThread } from '../../src/sandbox/discord/acts/threads.ts'
import { startDiscord } from '../../src/sandbox/discord/start.ts'
import { ROUND_TRIP, type Sighting } from './measure.ts'
import { spanOf } from './tokens.ts'

export type Ready = {
  readonly apiUrl: string
  readonly token: string
  readonly channels: readonly string[]
}

/** `tooMany`: 429s that the bot drew. */
export type Report = { readonly sightings: readonly Sighting[]; readonly tooMany: number }

const Message = z.object({ content: z.string() })
const PATH = /^\/channels\/(\d+)\/messages(?:\/\d+)?$/

const threads = Number(process.argv[2])
const discord = await startDiscord({
  port: 0,
  log: silentLogger(),
  roundTripMs: { mean: ROUND_TRIP, spread: 0.3 * ROUND_TRIP },
})
const { world, ids } = discord
const channels = Array.from({ length: threads }, (_, n) => {
  const form = { name: `Story ${n}`, auto_archive_duration: 60, type: 11, rate_limit_per_user: 0 } as const
  return startThread(world, ids.bot, ids.channels.stories, form).id
})

const sightings: Sighting[] = []
discord.onAnswer(({ at, status, request }) => {
  const channel = PATH.exec(request.path)?.[1]
  const kind = request.method === 'POST' ? 'post' : 'edit'
  const message = Message.safeParse(request.body)
  const span = message.success ? spanOf(message.data.content) : undefined
  if (channel !== undefined && status === 200 && span) sightings.push({ ...span, at, kind, channel })
})

process.on('message', () => {
  process.send?.({ sightings, tooMany: discord.stats().tooMany } satisfies Report)
})
process.on('disconnect', () => process.exit())
process.send?.({ apiUrl: discord.apiUrl, token: discord.token, channels } satisfies Ready)
