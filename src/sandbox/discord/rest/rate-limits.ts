import { createHash } from 'node:crypto'
import type { Clock } from '../../../kit/clock.ts'
import { Refusal } from '../refusal.ts'

/** What a bucket is counted by: Discord's major parameters, or the application as a whole. */
type Per = 'channel' | 'guild' | 'webhook' | 'application'

export type Bucket = { readonly limit: number; readonly windowMs: number; readonly per: Per }

/**
 * Discord publishes no numbers: these are those its headers have been seen to give, and where opinions differ the
 * stricter ones. A window begins with its first request.
 */
export const BUCKETS = {
  message_create: { limit: 5, windowMs: 5_000, per: 'channel' },
  message_edit: { limit: 5, windowMs: 5_000, per: 'channel' },
  message_delete: { limit: 5, windowMs: 1_000, per: 'channel' },
  message_bulk_delete: { limit: 1, windowMs: 3_000, per: 'channel' },
  message_read: { limit: 5, windowMs: 5_000, per: 'channel' },
  reaction: { limit: 1, windowMs: 250, per: 'channel' },
  typing: { limit: 5, windowMs: 5_000, per: 'channel' },
  channel_read: { limit: 50, windowMs: 10_000, per: 'channel' },
  direct_open: { limit: 5, windowMs: 5_000, per: 'application' },
  channel_edit: { limit: 5, windowMs: 15_000, per: 'channel' },
  thread_create: { limit: 50, windowMs: 300_000, per: 'channel' },
  thread_member: { limit: 5, windowMs: 5_000, per: 'channel' },
  guild_read: { limit: 10, windowMs: 10_000, per: 'guild' },
  commands_read: { limit: 10, windowMs: 10_000, per: 'application' },
  commands_write: { limit: 5, windowMs: 20_000, per: 'application' },
  user_read: { limit: 30, windowMs: 30_000, per: 'application' },
  gateway: { limit: 2, windowMs: 5_000, per: 'application' },
  webhook_create: { limit: 5, windowMs: 2_000, per: 'webhook' },
  webhook_message: { limit: 5, windowMs: 2_000, per: 'webhook' },
} as const satisfies Record<string, Bucket>

export type BucketName = keyof typeof BUCKETS

/** Limits inside a bucket that its headers do not show: they are felt only when they are hit. */
const SUBLIMITS = {
  /** Discord's "2 per 10 minutes" for a channel's or a thread's name and topic. */
  rename: { limit: 2, windowMs: 600_000 },
  /** Edits to one message that is older than an hour: refused with 30046. */
  old_edit: { limit: 30, windowMs: 3_600_000 },
} as const

export type SublimitName = keyof typeof SUBLIMITS

const GLOBAL = { limit: 50, windowMs: 1_000 }
const PRUNE_ABOVE = 10_000

type Window = { used: number; resetsAt: number }

const secondsOf = (ms: number): number => Math.ceil(ms) / 1000

export type Limiter = {
  /** Counts a request and gives the headers of its answer, or throws the 429. */
  readonly take: (bucket: BucketName, major: string, countsGlobally: boolean) => Record<string, string>
  readonly takeSublimit: (name: SublimitName, of: string, headers: Record<string, string>) => void
}

/** A 429 in Discord's words; retry_after in seconds. */
export const tooMany = (
  waitMs: number,
  scope: 'user' | 'global',
  headers: Record<string, string> = {},
  code?: number,
): Refusal => {
  const retryAfter = secondsOf(Math.max(waitMs, 1))
  const message =
    code === 30046
      ? 'Maximum number of edits to messages older than 1 hour reached. Try again later'
      : 'You are being rate limited.'
  const global = scope === 'global'
  return new Refusal(
    429,
    { message, retry_after: retryAfter, global, ...(code ? { code } : {}) },
    {
      ...headers,
      'retry-after': String(Math.ceil(retryAfter)),
      'x-ratelimit-scope': scope,
      ...(global ? { 'x-ratelimit-global': 'true' } : {}),
    },
  )
}

const hashOf = (bucket: BucketName): string =>
  createHash('sha256').update(`bucket ${bucket}`).digest('hex').slice(0, 32)

const HASHES = new Map(Object.keys(BUCKETS).map((name) => [name, hashOf(name as BucketName)]))

export const createLimiter = (clock: Clock): Limiter => {
  const windows = new Map<string, Window>()
  const windowOf = (key: string, windowMs: number): Window => {
    const now = clock.now()
    const known = windows.get(key)
    if (known && known.resetsAt > now) return known
    if (windows.size > PRUNE_ABOVE) {
      for (const [old, { resetsAt }] of windows) if (resetsAt <= now) windows.delete(old)
    }
    const fresh = { used: 0, resetsAt: now + windowMs }
    windows.set(key, fresh)
    return fresh
  }
  const headersOf = (bucket: BucketName, window: Window): Record<string, string> => ({
    'x-ratelimit-limit': String(BUCKETS[bucket].limit),
    'x-ratelimit-remaining': String(BUCKETS[bucket].limit - window.used),
    'x-ratelimit-reset': String(secondsOf(window.resetsAt)),
    'x-ratelimit-reset-after': String(secondsOf(window.resetsAt - clock.now())),
    'x-ratelimit-bucket': HASHES.get(bucket) ?? bucket,
  })
  return {
    take: (bucket, major, countsGlobally) => {
      const { limit, windowMs } = BUCKETS[bucket]
      if (countsGlobally) {
        const all = windowOf('global', GLOBAL.windowMs)
        if (all.used >= GLOBAL.limit) throw tooMany(all.resetsAt - clock.now(), 'global')
        all.used++
      }
      const window = windowOf(`${bucket} ${major}`, windowMs)
      if (window.used >= limit) {
        throw tooMany(window.resetsAt - clock.now(), 'user', headersOf(bucket, window))
      }
      window.used++
      return headersOf(bucket, window)
    },
    takeSublimit: (name, of, headers) => {
      const { limit, windowMs } = SUBLIMITS[name]
      const window = windowOf(`${name} ${of}`, windowMs)
      if (window.used >= limit) {
        const code = name === 'old_edit' ? 30046 : undefined
        throw tooMany(window.resetsAt - clock.now(), 'user', headers, code)
      }
      window.used++
    },
  }
}
