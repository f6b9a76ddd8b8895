import type { Pace } from '../../src/discord/pace.ts'
import type { Body, Posted, Poster, PostFailure } from '../../src/discord/poster.ts'
import type { Clock } from '../../src/kit/clock.ts'

/** What one request becomes: a failure, or `lost`: it was done, but its answer did not come back. */
export type Mishap = PostFailure | 'lost'

export type Request = {
  readonly at: number
  readonly kind: 'post' | 'edit' | 'remove'
  readonly id: string
  readonly body: Body | undefined
}

export type ScriptedChannel = {
  readonly poster: Poster
  /** Every request as it was handled, times in ms since the channel was made. */
  readonly requests: Request[]
  /** What stands in the channel now, oldest first. */
  contents(): string[]
  messages(): ReadonlyMap<string, Body>
  /** What happens to the next requests, in order. */
  mishaps: (Mishap | undefined)[]
  /** Requests that came while another of the same lane was out, and requests over the limit. */
  readonly counts: { overlaps: number; tooMany: number }
}

type Options = { readonly roundTrip?: number; readonly limit?: number; readonly window?: number }

/** A channel with Discord's kind of rate limit: a window opens with its first request. */
export const scriptedChannel = (
  clock: Clock,
  pace: Pace,
  { roundTrip = 100, limit = 5, window = 5000 }: Options = {},
  name = '100',
): ScriptedChannel => {
  const startedAt = clock.now()
  const messages = new Map<string, Body>()
  const nonces = new Map<string, string>()
  const windows = new Map<string, { used: number; resetsAt: number }>()
  const inFlight = new Map<string, number>()
  const requests: Request[] = []
  const counts = { overlaps: 0, tooMany: 0 }
  const lanes = {
    post: { route: 'POST', major: name },
    edit: { route: 'PATCH', major: name },
    remove: { route: 'DELETE', major: name },
  }
  const self = { mishaps: [] as (Mishap | undefined)[] }

  const windowOf = (kind: string) => {
    const known = windows.get(kind)
    if (known && known.resetsAt > clock.now()) return known
    const opened = { used: 0, resetsAt: clock.now() + window }
    windows.set(kind, opened)
    return opened
  }

  const request = async (
    kind: Request['kind'],
    act: () => string | PostFailure,
    id: string,
    body?: Body,
  ): Promise<Posted> => {
    const out = (inFlight.get(kind) ?? 0) + 1
    inFlight.set(kind, out)
    if (out > 1) counts.overlaps += 1
    await clock.sleep(roundTrip / 2)
    const mishap = self.mishaps.shift()
    const counted = windowOf(kind)
    counted.used += 1
    if (counted.used > limit) counts.tooMany += 1
    const limits = { remaining: limit - counted.used, resetAfter: counted.resetsAt - clock.now() }
    requests.push({ at: clock.now() - startedAt, kind, id, body })
    const done = mishap === undefined || mishap === 'lost' ? act() : mishap
    await clock.sleep(roundTrip / 2)
    inFlight.set(kind, out - 1)
    if (mishap !== 'unreachable' && mishap !== 'lost') pace.hear(lanes[kind], limits)
    const failure = mishap === 'lost' ? 'unreachable' : (mishap ?? (done === 'message' ? done : undefined))
    return failure === undefined ? { ok: true, id: done } : { ok: false, failure, detail: 'scripted' }
  }

  const poster: Poster = {
    lanes,
    post: (body, nonce) => {
      const act = () => {
        const known = nonces.get(nonce)
        if (known !== undefined) return known
        const id = `${name}${messages.size + 1}`
        nonces.set(nonce, id)
        messages.set(id, body)
        return id
      }
      return request('post', act, nonce, body)
    },
    edit: (id, body) => {
      const act = () => {
        if (!messages.has(id)) return 'message'
        messages.set(id, body)
        return id
      }
      return request('edit', act, id, body)
    },
    remove: (id) => request('remove', () => (messages.delete(id) ? id : 'message'), id),
  }
  return Object.assign(self, {
    poster,
    requests,
    counts,
    messages: () => messages,
    contents: () => Array.from(messages.values(), (body) => body.content),
  })
}
