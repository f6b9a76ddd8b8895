import { escapeMarkdown, type REST, Routes } from 'discord.js'
import type { Clock } from '../kit/clock.ts'
import type { Logger } from '../kit/logger.ts'
import type { Texts } from '../locales/en.ts'
import { nameOf } from '../story/cast.ts'
import { turnOf } from '../turn/answer.ts'
import type { DeliveryStore, Head, Outcome, SetStage, ThreadStore } from '../turn/ports.ts'
import { retryRow, stopRow } from './controls.ts'
import { openLiveMessage } from './live-message.ts'
import type { Pace } from './pace.ts'
import type { Poster } from './poster.ts'
import { subtext } from './render.ts'

export type StageDeps = {
  readonly rest: REST
  readonly posterTo: (channel: string) => Poster
  readonly pace: Pace
  readonly threads: Pick<ThreadStore, 'threadOf'>
  readonly deliveries: Pick<DeliveryStore, 'draft' | 'posted'>
  readonly texts: Texts
  readonly clock: Clock
  readonly log: Logger
}

/** Discord shows "is typing" for ten seconds. */
const TYPING_EVERY = 8000

const keepTyping = async (
  { rest, clock }: StageDeps,
  channel: string,
  signal: AbortSignal,
): Promise<void> => {
  while (!signal.aborted) {
    await rest.post(Routes.channelTyping(channel)).catch(() => {})
    await clock.sleep(TYPING_EVERY, signal)
  }
}

/** A character speaks under its name; the narrator needs none. */
const headerOf = ({ state, words }: Head): { header?: string } => {
  const name = words.get(nameOf(state.cast, state.turn.speaker) ?? '')
  return name ? { header: `**${escapeMarkdown(name)}**` } : {}
}

// Enough of a story's id and the turn to be this turn's own, within what Discord takes as a nonce.
const nonceOf = (story: string, turn: number): string => `${story.slice(-11)}.${turn}`

/** Shows answers in the thread of their branch. A branch without a thread is told all the same, to nobody. */
export const discordStage =
  (deps: StageDeps): SetStage =>
  async (head, delivery) => {
    const { posterTo, pace, threads, deliveries, texts, clock, log } = deps
    const turn = turnOf(head)
    const channel = await threads.threadOf(head.ref)
    if (channel === undefined) return { show: () => {}, finish: async () => {} }

    const live = openLiveMessage(
      {
        poster: posterTo(channel),
        pace,
        clock,
        log: log.child({ channel }),
        record: {
          draft: (text) => deliveries.draft(turn, text),
          posted: (part, message) => deliveries.posted(turn, channel, { part, message }),
        },
      },
      {
        ...headerOf(head),
        components: [stopRow(turn, texts)],
        nonce: nonceOf(turn.story, turn.turn),
        ...(delivery.posts.length > 0
          ? { resume: delivery.posts.map(({ message, part }) => ({ id: message, part })) }
          : {}),
      },
    )
    const typing = new AbortController()
    if (head.state.turn.phase === 'open') void keepTyping(deps, channel, typing.signal)

    const end = (outcome: Outcome) => {
      if (outcome.kind === 'failed')
        return live.finish('', {
          note: subtext(texts.failure[outcome.failure]),
          components: [retryRow(turn, texts)],
        })
      const note = texts.ending[outcome.ending]
      return live.finish(outcome.text, note ? { note: subtext(note) } : {})
    }
    return {
      show: (text) => {
        if (text !== '') typing.abort()
        live.show(text)
      },
      finish: async (outcome) => {
        typing.abort()
        const { gone } = await end(outcome)
        if (gone) log.warn({ ...turn, channel, gone }, 'the end of an answer could not be shown')
      },
    }
  }
