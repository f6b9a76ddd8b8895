import type { REST } from 'discord.js'
import type { Clock } from '../kit/clock.ts'
import type { Logger } from '../kit/logger.ts'
import type { Head } from '../story/head.ts'
import type { StoryRef, TurnId } from '../story/ref.ts'
import type { DeliveryStore, PostStore, SetStage, ShownPost, StoryStore, ThreadStore } from '../turn/ports.ts'
import { dropControls } from './old-controls.ts'
import type { Poster } from './poster.ts'
import { readMessage } from './read-message.ts'
import { removeMessages } from './remove-struck.ts'
import { strike } from './strike.ts'

/** What is done with messages that are no longer in force. */
export type AfterRewind = 'strike' | 'remove'

/** So many messages are brought in line; where there are more, a fresh thread is the better way. */
export const REDRAW_LIMIT = 200

/** How long a rewind can be undone by its button, in milliseconds. Nothing is removed before. */
export const UNDO_WINDOW = 30_000

/** How much of a thread is not in line with its head. `tooMuch`: so much that none of it is changed. */
export type Extent = { readonly tooMuch: boolean }

export type Redraw = {
  /**
   * Brings the messages of a branch's thread in line with its head, one by one: answers out of force are struck
   * through, those in force shown as they are, the newest with its buttons. One at a time for each thread: a newer
   * call ends an older one. `announce` is called before anything is changed.
   */
  draw(ref: StoryRef, announce?: (extent: Extent) => Promise<void>): Promise<void>
  /** A thread tells no branch any more: no answer in it has buttons. */
  leave(channel: string): Promise<void>
}

type Deps = {
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

const strikeMessage = async (
  { channel, message }: ShownPost,
  { rest, posterTo, posts, deliveries, log }: Deps,
): Promise<void> => {
  const found = await readMessage(rest, channel, message)
  if (found === 'gone') return deliveries.removed(message)
  if (found === 'unknown') return log.warn({ channel, message }, 'a message could not be read')
  const edited = await posterTo(channel).edit(message, { content: strike(found.content), components: [] })
  if (edited.ok) await posts.mark([message], 'struck')
  else log.warn({ channel, ...edited }, 'a message could not be struck through')
}

/**
 * Shows the end of a turn that is in force, on the messages that it has in the thread or on new ones. By then the story
 * may have gone on, so what is in force is asked each time.
 */
const show = async (
  ref: StoryRef,
  turn: TurnId,
  channel: string,
  { store, posts, setStage }: Deps,
): Promise<void> => {
  const [head, end] = [await store.load(ref), await store.endOf({ ...ref, turn })]
  if (!head || !end) return
  const parts = await posts.ofTurn(channel, { story: ref.story, turn })
  const stage = await setStage(head, { ...ref, turn, draft: '', posts: parts }, end)
  try {
    await stage.finish(end.outcome)
  } finally {
    stage.leave()
  }
}

const hasControls = (parts: readonly ShownPost[]) => parts.some(({ look }) => look === 'controls')

const showNewest = async (ref: StoryRef, channel: string, deps: Deps): Promise<void> => {
  const turn = (await deps.store.load(ref))?.state.turn.id
  if (turn !== undefined && !hasControls(await deps.posts.ofTurn(channel, { story: ref.story, turn })))
    await show(ref, turn, channel, deps)
}

/** Nobody waits for what is drawn: other work comes between the messages, also while all of it is at hand. */
const breathe = () => new Promise<void>((resolve) => setImmediate(resolve))

const removeStruck = async (head: Head, channel: string, signal: AbortSignal, deps: Deps): Promise<void> => {
  const struck = await deps.posts.struck(channel, head, REDRAW_LIMIT)
  if (struck.length === 0) return
  await deps.clock.sleep(UNDO_WINDOW, signal)
  if (signal.aborted) return
  await removeMessages(
    channel,
    struck.map(({ message }) => message),
    deps,
  )
}

const bringInLine = async (
  ref: StoryRef,
  announce: (extent: Extent) => Promise<void>,
  signal: AbortSignal,
  deps: Deps,
): Promise<void> => {
  const { store, posts, threads } = deps
  const [head, channel] = [await store.load(ref), await threads.threadOf(ref)]
  if (!head || channel === undefined) return
  const strays = await posts.strays(channel, head, REDRAW_LIMIT + 1)
  const tooMuch = strays.length > REDRAW_LIMIT
  await announce({ tooMuch })
  if (tooMuch) return
  const toShow = new Set(strays.filter(({ isTold }) => isTold).map(({ turn }) => turn))
  for (const turn of toShow) {
    if (signal.aborted) return
    await show(ref, turn, channel, deps)
    await breathe()
  }
  for (const post of strays.filter(({ isTold }) => !isTold)) {
    if (signal.aborted) return
    await strikeMessage(post, deps)
  }
  if (signal.aborted) return
  await showNewest(ref, channel, deps)
  if (deps.afterRewind === 'remove') await removeStruck(head, channel, signal, deps)
}

/** Keeps threads in line with their stories. */
export const createRedraw = (deps: Deps): Redraw => {
  const lanes = new Map<string, { readonly abort: AbortController; readonly done: Promise<void> }>()

  /** Ends what is being done in a lane, and does a job in it after that. */
  const instead = (lane: string, job: (signal: AbortSignal) => Promise<void>): Promise<void> => {
    const before = lanes.get(lane)
    before?.abort.abort()
    const abort = new AbortController()
    const done = (before?.done ?? Promise.resolve()).catch(() => {}).then(() => job(abort.signal))
    lanes.set(lane, { abort, done })
    return done.finally(() => {
      if (lanes.get(lane)?.done === done) lanes.delete(lane)
    })
  }

  return {
    draw: async (ref, announce = async () => {}) => {
      const channel = await deps.threads.threadOf(ref)
      if (channel === undefined) return announce({ tooMuch: false })
      await instead(channel, (signal) => bringInLine(ref, announce, signal, deps))
    },
    leave: (channel) => instead(channel, () => dropControls(channel, undefined, deps)),
  }
}
