import { DiscordAPIError, type REST, Routes, SnowflakeUtil } from 'discord.js'
import { z } from 'zod'
import type { Clock } from '../kit/clock.ts'
import type { Logger } from '../kit/logger.ts'
import type { Head } from '../story/head.ts'
import type { StoryRef } from '../story/ref.ts'
import type {
  DeliveryStore,
  PostStore,
  SetStage,
  ShownPost,
  StoryStore,
  ThreadStore,
  TurnEnd,
} from '../turn/ports.ts'
import type { Poster } from './poster.ts'
import { strike } from './strike.ts'

/** What is done with messages that are no longer in force. */
export type AfterRewind = 'strike' | 'remove'

/** So many messages are struck through; where there are more, a fresh thread is the better way. */
export const STRIKE_LIMIT = 200

/** How long a rewind can be undone by its button, in milliseconds. Nothing is removed before. */
export const UNDO_WINDOW = 30_000

/** What a thread needs so that its messages say what is in force. */
export type Plan = {
  readonly strike: readonly ShownPost[]
  readonly show: readonly { readonly post: ShownPost; readonly end: TurnEnd }[]
}

export type Redraw = {
  plan(ref: StoryRef): Promise<Plan>
  /** Brings the messages of a branch's thread in line with its head, one by one. A newer call ends an older one. */
  draw(ref: StoryRef, plan: Plan): Promise<void>
  /** Shows the newest turn's answer in force, on the messages that it has or on new ones. */
  answer(head: Head): Promise<void>
}

export type RedrawDeps = {
  readonly rest: REST
  readonly posterTo: (channel: string) => Poster
  readonly setStage: SetStage
  readonly store: Pick<StoryStore, 'load' | 'endOf'>
  readonly deliveries: Pick<DeliveryStore, 'removed'>
  readonly posts: PostStore
  readonly threads: Pick<ThreadStore, 'threadOf'>
  readonly afterRewind: AfterRewind
  readonly clock: Clock
  readonly log: Logger
}

const PAGE = 100

const isOpen = ({ state }: Head, turn: string) => state.turn.id === turn && state.turn.phase === 'open'

const isAsItShouldBe = (post: ShownPost, end: TurnEnd | undefined): boolean =>
  end ? post.look !== 'struck' && post.alternate === end.alternate : post.look === 'struck'

/**
 * Compares what a thread shows with what is in force, the newest messages first. The first that is in force and shown
 * so ends it: what comes before that was in line before, and is so still.
 */
const planFor = async (
  { store, posts }: Pick<RedrawDeps, 'store' | 'posts'>,
  head: Head,
  channel: string,
): Promise<Plan> => {
  const toStrike: ShownPost[] = []
  const toShow = new Map<string, Plan['show'][number]>()
  for (let before: string | undefined; ; ) {
    const page = await posts.inChannel(channel, before, PAGE)
    for (const post of page) {
      if (isOpen(head, post.turn)) continue
      const end = await store.endOf({ ...head.ref, turn: post.turn })
      const isRight = isAsItShouldBe(post, end)
      if (end && isRight) return { strike: toStrike, show: [...toShow.values()] }
      if (end) toShow.set(post.turn, { post, end })
      else if (!isRight) toStrike.push(post)
    }
    const last = page.at(-1)
    if (!last || page.length < PAGE) return { strike: toStrike, show: [...toShow.values()] }
    before = last.message
  }
}

const Content = z.object({ content: z.string() })

const strikeMessage = async (
  { rest, posterTo, posts, deliveries, log }: RedrawDeps,
  channel: string,
  post: ShownPost,
) => {
  const found = await rest.get(Routes.channelMessage(channel, post.message)).then(
    (message) => Content.parse(message),
    () => undefined,
  )
  if (!found) return deliveries.removed(post.message)
  const edited = await posterTo(channel).edit(post.message, {
    content: strike(found.content),
    components: [],
  })
  if (edited.ok) await posts.mark(post, { look: 'struck' })
  else log.warn({ channel, ...edited }, 'a message could not be struck through')
}

/** Discord deletes at most so many at once, and none older than this. */
const BULK = 100
const BULK_AGE = 14 * 24 * 3_600_000 - 60_000

/** Discord's code for what the bot is not allowed to do. */
const MISSING_PERMISSIONS = 50_013

/** All at once where the bot may, else its own one by one. */
const deleteTogether = async (rest: REST, channel: string, messages: readonly string[]): Promise<void> => {
  try {
    await rest.post(Routes.channelBulkDelete(channel), { body: { messages } })
  } catch (error) {
    if (!(error instanceof DiscordAPIError) || error.code !== MISSING_PERMISSIONS) throw error
    for (const message of messages) await rest.delete(Routes.channelMessage(channel, message))
  }
}

const removeMessages = async (
  { rest, deliveries, clock, log }: RedrawDeps,
  channel: string,
  struck: readonly ShownPost[],
): Promise<void> => {
  const young = struck
    .map(({ message }) => message)
    .filter((id) => clock.now() - SnowflakeUtil.timestampFrom(id) < BULK_AGE)
  for (let at = 0; at < young.length; at += BULK) {
    const messages = young.slice(at, at + BULK)
    const [only] = messages
    try {
      if (messages.length === 1 && only) await rest.delete(Routes.channelMessage(channel, only))
      else await deleteTogether(rest, channel, messages)
      for (const message of messages) await deliveries.removed(message)
    } catch (error) {
      log.warn({ err: error, channel }, 'messages could not be removed; they stay struck through')
    }
  }
}

export const createRedraw = (deps: RedrawDeps): Redraw => {
  const { setStage, store, posts, threads, clock } = deps
  const running = new Map<string, AbortController>()

  const show = async (head: Head, turn: string, end: TurnEnd, channel: string): Promise<void> => {
    const parts = await posts.ofTurn(channel, { story: head.ref.story, turn })
    const stage = await setStage(head, { ...head.ref, turn, draft: '', posts: parts }, end)
    try {
      await stage.finish(end.outcome)
    } finally {
      stage.leave()
    }
    // What another branch told here before shows the same by now; the stage notes only what its own branch told.
    const look = head.state.turn.id === turn ? 'controls' : 'plain'
    for (const { story, branch } of parts)
      if (branch !== head.ref.branch)
        await posts.mark({ story, branch, turn }, { alternate: end.alternate, look })
  }

  const removeLater = async (ref: StoryRef, channel: string, signal: AbortSignal): Promise<void> => {
    await clock.sleep(UNDO_WINDOW, signal)
    const head = await store.load(ref)
    if (!head || signal.aborted) return
    const struck: ShownPost[] = []
    for (const post of await posts.inChannel(channel, undefined, STRIKE_LIMIT))
      if (post.look === 'struck' && !(await store.endOf({ ...ref, turn: post.turn }))) struck.push(post)
    if (!signal.aborted) await removeMessages(deps, channel, struck)
  }

  return {
    plan: async (ref) => {
      const head = await store.load(ref)
      const channel = head && (await threads.threadOf(ref))
      return channel === undefined ? { strike: [], show: [] } : planFor(deps, head as Head, channel)
    },

    draw: async (ref, plan) => {
      const channel = await threads.threadOf(ref)
      const head = await store.load(ref)
      if (channel === undefined || !head) return
      running.get(channel)?.abort()
      const abort = new AbortController()
      running.set(channel, abort)
      const { signal } = abort
      for (const { post, end } of plan.show) if (!signal.aborted) await show(head, post.turn, end, channel)
      for (const post of plan.strike) if (!signal.aborted) await strikeMessage(deps, channel, post)
      if (deps.afterRewind === 'remove' && plan.strike.length > 0) await removeLater(ref, channel, signal)
      if (running.get(channel) === abort) running.delete(channel)
    },

    answer: async (head) => {
      const { id } = head.state.turn
      const channel = await threads.threadOf(head.ref)
      const end = await store.endOf({ ...head.ref, turn: id })
      if (end && channel !== undefined) await show(head, id, end, channel)
    },
  }
}
