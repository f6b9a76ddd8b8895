import { escapeMarkdown, type REST, Routes } from 'discord.js'
import { z } from 'zod'
import type { Clock } from '../kit/clock.ts'
import type { Logger } from '../kit/logger.ts'
import type { Texts } from '../locales/en.ts'
import { nameOf } from '../story/cast.ts'
import type { Head } from '../story/head.ts'
import { courseOf } from '../turn/phases.ts'
import type { Phase } from '../turn/ports/records.ts'
import type { TimelineStore } from '../turn/ports/timeline.ts'
import type {
  Answering,
  Delivery,
  DeliveryStore,
  Outcome,
  PostStore,
  SetStage,
  Shown,
  Stage,
  ThreadStore,
} from '../turn/ports.ts'
import type { AbortReason } from '../turn/write.ts'
import { type Answers, answerIds, answerRow, retryRow, stopRow } from './controls.ts'
import { type LiveMessage, openLiveMessage, type PostedPart } from './live-message.ts'
import { dropControls } from './old-controls.ts'
import type { Pace } from './pace.ts'
import type { Poster, PostFailure } from './poster.ts'
import { plain, plainLines, shorten, subtext } from './render.ts'

export type StageDeps = {
  readonly rest: REST
  readonly posterTo: (channel: string) => Poster
  readonly pace: Pace
  readonly threads: Pick<ThreadStore, 'threadOf'>
  readonly deliveries: Pick<DeliveryStore, 'draft' | 'posted' | 'removed'>
  readonly posts: Pick<PostStore, 'shows' | 'mark' | 'withControls'>
  readonly timeline: Pick<TimelineStore, 'alternates'>
  readonly texts: Texts
  readonly clock: Clock
  readonly log: Logger
}

/** Discord shows "is typing" for ten seconds. */
const TYPING_EVERY = 8000

/** How long there may be no text before there is a message that says what is done, with its Stop. */
const SILENCE = 1500

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

/** How much is shown of why someone is planned to speak. */
const REASON_LIMIT = 200

/** Tells in one quiet line what is done for an answer, and how long it took, until there is text. */
const waitingLine = ({ clock, texts }: StageDeps, live: LiveMessage, signal: AbortSignal) => {
  const course = courseOf(clock.now)
  let isShown = false
  let reason = ''
  const show = () => {
    if (isShown && !signal.aborted) live.wait(subtext(texts.progress(course.times(), reason)))
  }
  return {
    showAfter: async (ms: number): Promise<void> => {
      await clock.sleep(ms, signal)
      isShown = true
      show()
    },
    enter: (phase: Phase, why: string) => {
      course.enter(phase)
      reason = why
      show()
    },
  }
}

/** How much is shown of what a player is taken to have said. */
const QUOTE_LIMIT = 300

const quoted = (words: string): string => shorten(plainLines(words), QUOTE_LIMIT).replace(/^/gmu, '> ')

/** A character speaks under its name; the narrator needs none. */
const headerOf = ({ state, words }: Head, { speaker, quote }: Answering): string | undefined => {
  const name = words.get(nameOf(state.cast, speaker) ?? '')
  const lines = [quote && quoted(quote), name && `**${escapeMarkdown(name)}**`].filter(Boolean)
  return lines.length > 0 ? lines.join('\n') : undefined
}

// Its own for every try of a turn, the same when that try goes on after a crash, and within what Discord takes.
const nonceOf = ({ ref, seq }: Head): string => `${ref.story.slice(-11)}.${seq}`

/** What of an answer is shown in a channel: the same turn may be shown in another branch's thread too. */
const postsIn = (channel: string, { posts }: Delivery): PostedPart[] =>
  posts.filter((post) => post.channel === channel).map(({ message, part }) => ({ id: message, part }))

const Page = z.array(z.object({ id: z.string(), components: z.unknown() }))

/**
 * The posts of an answer that was being shown when the program stopped. A crash can come between a post and its
 * record; such a post is known by the button under it.
 */
const postsLeft = async (
  { rest, log }: StageDeps,
  channel: string,
  delivery: Delivery,
): Promise<PostedPart[]> => {
  const known = postsIn(channel, delivery)
  const query = new URLSearchParams({ limit: '50' })
  const page = await rest.get(Routes.channelMessages(channel), { query }).catch((error: unknown) => {
    log.warn({ err: error, channel }, 'the thread could not be searched for what was left there')
    return []
  })
  const isOurs = (components: unknown) =>
    answerIds(delivery).some((id) => JSON.stringify(components).includes(`"${id}"`))
  const unrecorded = Page.parse(page).find(
    ({ id, components }) => known.every((post) => post.id !== id) && isOurs(components),
  )
  return unrecorded ? [...known, { id: unrecorded.id, part: known.length }] : known
}

/** Which answers the newest turn has; undefined where the story has gone on, and nothing is to be done about them. */
const answersTo = async (
  head: Head,
  delivery: Delivery,
  { timeline }: StageDeps,
): Promise<Answers | undefined> => {
  const { id, alternate } = head.state.turn
  return id === delivery.turn ? { alternates: await timeline.alternates(head), alternate } : undefined
}

/** Notes what the messages of an answer show by now. What is under older ones can wait. */
const keepLook = async (
  head: Head,
  delivery: Delivery,
  shown: readonly PostedPart[],
  channel: string,
  deps: StageDeps,
): Promise<void> => {
  const isNewest = head.state.turn.id === delivery.turn
  const messages = shown.map(({ id }) => id)
  await deps.posts.shows(delivery, messages, isNewest ? 'controls' : 'plain')
  if (isNewest)
    void dropControls(channel, delivery.turn, deps).catch((error: unknown) =>
      deps.log.warn({ err: error, channel }, 'the buttons of older answers could not be removed'),
    )
}

const SHOWN_AFTER = {
  message: 'never',
  channel: 'never',
  rejected: 'never',
  archived: 'later',
  forbidden: 'later',
  unreachable: 'later',
} as const satisfies Record<PostFailure, Shown>

/** A branch without a thread is told all the same, to nobody. */
const emptyStage: Stage = {
  show: () => {},
  enter: () => {},
  gone: new AbortController().signal,
  finish: async () => 'never',
  leave: () => {},
}

/** Shows answers in the thread of their branch. */
export const discordStage =
  (deps: StageDeps): SetStage =>
  async (head, delivery, answering) => {
    const { posterTo, pace, threads, deliveries, texts, clock, log } = deps
    const channel = await threads.threadOf(head.ref)
    if (channel === undefined) return emptyStage

    const { turn } = head.state
    const isOpen = turn.phase === 'open' && turn.id === delivery.turn
    const isFresh = isOpen && delivery.draft === ''
    const isRetry = isFresh && postsIn(channel, delivery).length > 0
    const header = headerOf(head, answering)
    const live = openLiveMessage(
      {
        poster: posterTo(channel),
        pace,
        clock,
        log: log.child({ channel }),
        record: {
          // Showing an answer that has ended opens no delivery: there would be nobody to close it.
          draft: async (text) => {
            if (isOpen) await deliveries.draft(delivery, text)
          },
          posted: (part, message) => deliveries.posted(delivery, { part, message, channel }),
          removed: deliveries.removed,
        },
      },
      {
        ...(header === undefined ? {} : { header }),
        components: [stopRow(delivery, texts)],
        nonce: nonceOf(head),
        ...(isRetry || !isFresh ? { resume: await postsLeft(deps, channel, delivery) } : {}),
      },
    )

    const waiting = new AbortController()
    const gone = new AbortController()
    const line = waitingLine(deps, live, waiting.signal)
    if (isFresh) {
      // Where there is a message already, it says itself that the answer is on its way.
      if (!isRetry) void keepTyping(deps, channel, waiting.signal)
      void line.showAfter(isRetry ? 0 : SILENCE)
    }
    const lose = () => gone.abort('stopped' satisfies AbortReason)
    live.over.then((shown) => shown.gone && lose(), lose)

    const end = async (outcome: Outcome) => {
      const answers = await answersTo(head, delivery, deps)
      if (outcome.kind === 'failed')
        return live.finish('', {
          note: subtext(texts.failed(outcome)),
          components: answers ? [retryRow(delivery, answers, texts)] : [],
        })
      const note = texts.ending[outcome.ending]
      return live.finish(outcome.text, {
        ...(note ? { note: subtext(note) } : {}),
        components: answers ? [answerRow(delivery, answers, texts)] : [],
      })
    }
    return {
      gone: gone.signal,
      enter: (phase, now) => {
        const { turn: planned } = now.state
        live.introduce(headerOf(now, { ...answering, speaker: planned.speaker }))
        line.enter(phase, plain(now.words.get(planned.reason ?? '') ?? '', REASON_LIMIT))
      },
      show: (text) => {
        if (text !== '') waiting.abort()
        live.show(text)
      },
      finish: async (outcome) => {
        waiting.abort()
        const shown = await end(outcome)
        if (!shown.gone) {
          await keepLook(head, delivery, shown.parts, channel, deps)
          return 'shown'
        }
        log.warn(
          { turn: delivery.turn, channel, gone: shown.gone },
          'the end of an answer could not be shown',
        )
        return SHOWN_AFTER[shown.gone]
      },
      leave: () => waiting.abort(),
    }
  }
