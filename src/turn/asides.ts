import { DEFAULT_BUDGET, type Prompt } from '../prompt/part.ts'
import type { Head } from '../story/head.ts'
import type { StoryRef } from '../story/ref.ts'
import { chronicleScene } from './chronicle.ts'
import { contextFor, type TurnContext, type TurnDeps } from './context.ts'
import type { Decide } from './engine.ts'
import { reviewArc } from './evolution.ts'
import { leaving } from './past.ts'
import { isPaused } from './paused.ts'
import { commit, loadOrThrow } from './play.ts'
import { keyOf, type StoryQueue } from './queue.ts'
import { sumUp } from './sum-up.ts'

/** Asks what takes long. Gives what is to be decided on the newest head by then; undefined where there is nothing. */
type SlowWork = (
  deps: TurnDeps,
  context: TurnContext,
  head: Head,
  signal: AbortSignal,
  prompt: Prompt | undefined,
) => Promise<Decide | undefined>

/** Sums up what is to leave prompts, after an answer to one, and what an erasure has left without a summary. */
const sumUpPast: SlowWork = async (deps, context, head, signal, prompt) => {
  const ends = prompt ? await deps.summaries.sceneEnds(head, head.state.past.left + 1) : []
  const stretch = prompt && leaving(head, prompt, DEFAULT_BUDGET, ends)
  return sumUp(deps, context, head, stretch, signal)
}

/** One after the other, each on what the one before it left. */
const SLOW_WORK: Readonly<Record<string, SlowWork>> = {
  'summing up': sumUpPast,
  chronicle: chronicleScene,
  evolution: reviewArc,
}

/** What is done beside the queue of a story while it goes on, and ends in the queue. */
export type Asides = {
  /**
   * Does what takes long after an answer to `prompt`, or without one, unless some of it is being done already. What
   * fails is logged and keeps nothing else from being done. Not in a *bare* story: there, old turns are only trimmed, and
   * nothing is kept of scenes. Once the program closes, nothing more is asked; once `halted` aborts, nothing comes of it.
   */
  begin(ref: StoryRef, prompt: Prompt | undefined, halted: AbortSignal): void
  /** The same after an edit, where that ended a scene: one closed by hand is not kept waiting for the next answer. */
  beginAfterEdit(ref: StoryRef, halted: AbortSignal): Promise<void>
  /** Resolves when all that was begun is done. */
  ended(): Promise<void>
}

export const createAsides = (
  deps: TurnDeps & { readonly queue: StoryQueue },
  closing: AbortSignal,
): Asides => {
  const running = new Map<string, Promise<void>>()

  const run = async (ref: StoryRef, prompt: Prompt | undefined, halted: AbortSignal): Promise<void> => {
    const signal = AbortSignal.any([closing, halted])
    for (const [name, work] of Object.entries(SLOW_WORK)) {
      if (signal.aborted) return
      try {
        const head = await loadOrThrow(deps, ref)
        const context = await contextFor(deps, head)
        if (context.mode === 'bare') return
        const decide = await work(deps, context, head, signal, prompt)
        const unlessHalted: Decide = (newest) =>
          halted.aborted || !decide ? { refused: 'nothing_changed' } : decide(newest)
        if (decide)
          await deps.queue.run(ref, () => commit(deps, ref, unlessHalted, { ids: [], channel: null }), true)
      } catch (error) {
        deps.log.error({ err: error, ...ref, work: name }, 'what takes long could not be done')
      }
    }
  }

  const begin: Asides['begin'] = (ref, prompt, halted) => {
    const key = keyOf(ref)
    // What is asked for already is not asked for again.
    if (running.has(key)) return
    const aside = run(ref, prompt, halted).finally(() => running.delete(key))
    running.set(key, aside)
  }

  return {
    begin,
    beginAfterEdit: async (ref, halted) => {
      const { state } = await loadOrThrow(deps, ref)
      if (state.scene.untold.length === 0 || (await isPaused(deps.settings, ref.story))) return
      begin(ref, undefined, halted)
    },
    ended: async () => {
      await Promise.all(running.values())
    },
  }
}
