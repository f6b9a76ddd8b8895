import { waitedFor } from '../story/gather.ts'
import type { Head } from '../story/head.ts'
import type { StoryRef, TurnId } from '../story/ref.ts'
import type { TurnDeps } from './context.ts'
import { gatheredIn } from './gather.ts'
import { isPaused } from './paused.ts'
import type { GatheringStore, ShowWait } from './ports/gatherings.ts'
import { keyOf } from './queue.ts'

export type RoundDeps = Pick<TurnDeps, 'store' | 'settings' | 'clock' | 'log'> & {
  readonly gatherings: GatheringStore
  readonly showWait: ShowWait
}

/** How long rounds wait that gather at a start: what was said meanwhile is to be read first. In milliseconds. */
const READING = 10_000

const MINUTE = 60_000

export type Rounds = {
  /** Waits for the rest of a round or, where a head has none that gathers, no longer. Tell it of each new head. */
  follow(head: Head): Promise<void>
  /** Waits for the rounds that the last run left. */
  resume(): Promise<void>
  /** Waits for nothing any more. */
  close(): void
}

/**
 * Rounds have until a time; then `end` is called with what they were. The time is kept nowhere: it follows from when the
 * round's turn was opened.
 */
export const createRounds = (
  { store, settings, gatherings, showWait, clock, log }: RoundDeps,
  end: (ref: StoryRef, turn: TurnId) => Promise<void>,
): Rounds => {
  const timers = new Map<string, AbortController>()
  const closing = new AbortController()

  /** Whether a round is still to be ended: not where it went on otherwise, or its story was set aside. */
  const isDue = async (ref: StoryRef, turn: TurnId): Promise<boolean> => {
    const [head] = await gatherings.heads(ref)
    return head?.state.turn.id === turn && (await settings.of(ref.story))?.story.turns === 'round'
  }

  const stop = (ref: StoryRef): void => {
    timers.get(keyOf(ref))?.abort()
    timers.delete(keyOf(ref))
  }

  const arm = (ref: StoryRef, turn: TurnId, ms: number): void => {
    const timer = new AbortController()
    timers.set(keyOf(ref), timer)
    const signal = AbortSignal.any([timer.signal, closing.signal])
    void clock
      .sleep(ms, signal)
      .then(async () => {
        if (signal.aborted || !(await isDue(ref, turn))) return
        // Nobody says when a story goes on after a pause, so that is looked at now and then.
        if (await isPaused(settings, ref.story)) arm(ref, turn, MINUTE)
        else await end(ref, turn)
      })
      .catch((error: unknown) => log.error({ err: error, ...ref }, 'a round could not be ended'))
  }

  const follow = async (head: Head, grace = 0): Promise<void> => {
    const { ref, state } = head
    stop(ref)
    const of = state.turn.phase === 'gathering' ? await settings.of(ref.story) : undefined
    if (of?.story.turns !== 'round') return showWait(head, undefined)
    const waited = waitedFor(state, await gatheredIn(store, head))
    const latest = (await gatherings.openedAt(head)) + of.story.roundMinutes * MINUTE
    const until = Math.max(waited.length > 0 ? latest : 0, clock.now() + grace)
    arm(ref, state.turn.id, until - clock.now())
    showWait(head, { waited, until })
  }

  return {
    follow: (head) => follow(head),
    resume: async () => {
      for (const head of await gatherings.heads()) await follow(head, READING)
    },
    close: () => closing.abort(),
  }
}
