import { DiscordAPIError, type REST, RESTEvents } from 'discord.js'
import { Routes } from 'discord-api-types/v10'
import { z } from 'zod'
import type { Lane, Pace } from './pace.ts'
import type { Limits } from './pacing.ts'

/** Content and components as the API takes them. Nobody is ever pinged: that is not the caller's to decide. */
export type Body = { readonly content: string; readonly components: readonly unknown[] }

/**
 * Why a request did nothing. `message`: somebody deleted it. `channel`: the thread is gone. `archived`: it is
 * closed to us. `rejected`: Discord says the request is wrong. `unreachable`: it may work later.
 */
export type PostFailure = 'message' | 'channel' | 'forbidden' | 'archived' | 'rejected' | 'unreachable'
export type Posted =
  | { readonly ok: true; readonly id: string }
  | { readonly ok: false; readonly failure: PostFailure; readonly detail: string }

/** Where a live message is shown. Nothing here throws. */
export type Poster = {
  readonly lanes: { readonly post: Lane; readonly edit: Lane; readonly remove: Lane }
  /** `nonce`: at most 25 characters. The same nonce within a few minutes gives the message that is there already. */
  post(body: Body, nonce: string): Promise<Posted>
  edit(id: string, body: Body): Promise<Posted>
  remove(id: string): Promise<Posted>
}

const POST_ROUTE = '/channels/:id/messages'
const MESSAGE_ROUTE = '/channels/:id/messages/:id'

const FAILURES: ReadonlyMap<number | string, PostFailure> = new Map([
  [10003, 'channel'],
  [10004, 'channel'],
  [10008, 'message'],
  [50001, 'forbidden'],
  [50013, 'forbidden'],
  [50083, 'archived'],
  [160005, 'archived'],
])

const failureOf = (error: unknown): Posted => {
  if (!(error instanceof Error)) return { ok: false, failure: 'unreachable', detail: String(error) }
  const failure = error instanceof DiscordAPIError ? (FAILURES.get(error.code) ?? 'rejected') : 'unreachable'
  return { ok: false, failure, detail: `${error.name}: ${error.message}` }
}

const Sent = z.object({ id: z.string() })

/** discord.js holds requests back until its own idea of the reset, a few ms after ours, so we keep clear of it. */
const GUARD = 10

type Response = { readonly headers: { get(name: string): string | null } }

/** The limits in a response's headers, or undefined where they are missing. `margin`: ms to stay off the reset. */
const limitsOf = ({ headers }: Response, margin: number): Limits | undefined => {
  const remaining = headers.get('x-ratelimit-remaining')
  const resetAfter = headers.get('x-ratelimit-reset-after')
  if (remaining === null || resetAfter === null) return undefined
  const bucket = headers.get('x-ratelimit-bucket')
  return {
    remaining: Number(remaining),
    resetAfter: Number(resetAfter) * 1000 + margin,
    ...(bucket === null ? {} : { bucket }),
  }
}

/** Interaction answers and webhooks, which have their own token, are outside the limit over all routes. */
const isOutside = (route: string): boolean => /^\/(interactions|webhooks\/:id\/:token)/.test(route)

/**
 * Tells `pace` about every response that this client gets, failures and others' requests included: the `response`
 * event is the one place in @discordjs/rest that has the headers of them all.
 */
const listen = (rest: REST, pace: Pace): void => {
  rest.on(RESTEvents.Response, ({ method, route, path }, response) => {
    const retryAfter = response.headers.get('retry-after')
    if (response.headers.has('x-ratelimit-global')) pace.block(Number(retryAfter ?? 1) * 1000)
    const channel = /^\/channels\/(\d+)\/messages/.exec(path)?.[1]
    if (channel !== undefined && (route === POST_ROUTE || route === MESSAGE_ROUTE)) {
      const { offset } = rest.options
      const margin = GUARD + (typeof offset === 'number' ? offset : offset(route))
      pace.hear({ route: `${method} ${route}`, major: channel }, limitsOf(response, margin))
    } else if (!isOutside(route)) {
      pace.spend()
    }
  })
}

/** Posters to channels and threads over one discord.js client, paced together. Call it once for a client. */
export const createPosters = (rest: REST, pace: Pace): ((channel: string) => Poster) => {
  listen(rest, pace)
  const attempt = (request: Promise<unknown>): Promise<Posted> =>
    request.then((message): Posted => ({ ok: true, id: Sent.parse(message).id })).catch(failureOf)
  return (channel) => ({
    lanes: {
      post: { route: `POST ${POST_ROUTE}`, major: channel },
      edit: { route: `PATCH ${MESSAGE_ROUTE}`, major: channel },
      remove: { route: `DELETE ${MESSAGE_ROUTE}`, major: channel },
    },
    post: (body, nonce) =>
      attempt(
        rest.post(Routes.channelMessages(channel), {
          body: { ...body, nonce, enforce_nonce: true, allowed_mentions: { parse: [] } },
        }),
      ),
    edit: (id, body) =>
      attempt(
        rest.patch(Routes.channelMessage(channel, id), {
          body: { ...body, allowed_mentions: { parse: [] } },
        }),
      ),
    remove: (id) =>
      rest
        .delete(Routes.channelMessage(channel, id))
        .then((): Posted => ({ ok: true, id }))
        .catch(failureOf),
  })
}
