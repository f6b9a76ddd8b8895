/**
 * When the next request may go out. Times are milliseconds of one clock.
 *
 * Staleness of a streamed text at a moment is: now − the time at which the last token of what is visible was
 * made. Text is rendered at dispatch, and visible half a round trip r later, so between two edits that are Δ
 * apart it runs from r/2 to r/2 + Δ. Its mean over time is Σ gap² ÷ 2 Σ gap + r/2, which for a given number of
 * edits is least when all gaps are equal: Δ/2 + r/2. A bucket of 5 requests in a window of 5 s that opens with
 * its first request allows Δ = 1 s and no less. Spending the five at once would double the staleness; so would
 * asking again after each answer until a 429 comes. So the requests left are spread evenly over the time left.
 */

/**
 * What a response said about its bucket. `resetAfter`: milliseconds until the window ends, any margin included.
 * `bucket`: Discord's name for the limit, which several routes may share.
 */
export type Limits = { readonly remaining: number; readonly resetAfter: number; readonly bucket?: string }

export type Bucket = { readonly remaining: number; readonly resetAt: number; readonly sentAt: number }

/** `final`: the last text of a message. `post`: a new message. `paced`: an edit that a later one will replace. */
export type Urgency = 'final' | 'post' | 'paced'

const RANK: Readonly<Record<Urgency, number>> = { final: 0, post: 1, paced: 2 }

/** The first guess for a bucket whose answers carry no limits: one request a second. */
const GUESSED_GAP = 1000

export const unknownBucket: Bucket = { remaining: 1, resetAt: -Infinity, sentAt: -Infinity }

export const afterSending = (bucket: Bucket, now: number): Bucket => ({ ...bucket, sentAt: now })

export const afterHearing = (bucket: Bucket, limits: Limits, now: number): Bucket => ({
  ...bucket,
  remaining: limits.remaining,
  resetAt: now + limits.resetAfter,
})

/** After an answer without limits, or none: the request was counted, as far as we know. */
export const afterSilence = (bucket: Bucket, now: number): Bucket =>
  bucket.resetAt > now
    ? { ...bucket, remaining: Math.max(0, bucket.remaining - 1) }
    : { ...bucket, remaining: 0, resetAt: bucket.sentAt + GUESSED_GAP }

/** The time from which the bucket takes a request: (reset − last send) ÷ (remaining + 1) apart, or at once. */
export const dueAt = ({ remaining, resetAt, sentAt }: Bucket, urgency: Urgency): number => {
  if (urgency !== 'paced') return remaining > 0 ? -Infinity : resetAt
  if (resetAt === -Infinity || sentAt === -Infinity) return -Infinity
  return Math.min(resetAt, sentAt + (resetAt - sentAt) / (remaining + 1))
}

/**
 * The limit over all routes, spread evenly: one request in every `every` ms (the generic cell rate algorithm of
 * ITU-T I.371). The other side's windows begin when they like and see our requests through a jittery network:
 * evenly spread, they count hardly more in one window than in the next.
 */
export type Gate = { readonly every: number; readonly nextAt: number }

/** The share of the allowed requests that is used. The rest absorbs what jitter pushes into one window. */
const SHARE = 0.97

/** How early a request may be, in ms, so that a late timer costs no rate: the next one makes up for it. */
const TOLERANCE = 3

/** How much slower the gate gets each time that a window was full all the same. */
const SLOWER = 1.05

export const openGate = (perSecond: number): Gate => ({
  every: 1000 / (perSecond * SHARE),
  nextAt: -Infinity,
})

export const opensAt = (gate: Gate): number => gate.nextAt - TOLERANCE

export const afterPassing = (gate: Gate, now: number): Gate => ({
  ...gate,
  nextAt: Math.max(gate.nextAt, now) + gate.every,
})

/** For one that passed and then sent nothing. */
export const notPassing = (gate: Gate): Gate => ({ ...gate, nextAt: gate.nextAt - gate.every })

/** Shut until `until`, after a 429 for all routes. */
export const shutGate = (gate: Gate, until: number): Gate => ({
  every: gate.every * SLOWER,
  nextAt: Math.max(gate.nextAt, until),
})

/** Who goes first of those that may go: finals, then new messages, then whoever has waited longest since its last. */
export const byTurn = (
  a: { readonly urgency: Urgency; readonly since: number },
  b: { readonly urgency: Urgency; readonly since: number },
): number => RANK[a.urgency] - RANK[b.urgency] || a.since - b.since
