import { SkeinError } from '../kit/errors.ts'
import { personaOf } from '../story/cast.ts'
import { type Decision, isRefusal, type Refusal, say, start } from '../story/decide.ts'
import type { Head } from '../story/head.ts'
import type { SayIntent, StartIntent } from '../story/intent.ts'
import type { PlayerId, StoryRef } from '../story/ref.ts'
import { type OocMarks, segmentAll } from '../story/segment.ts'
import { emptyState } from '../story/state.ts'
import { type AbortReason, type AnswerDeps, answer, turnOf } from './answer.ts'
import type { NewStory, Sources, ThreadStore, TurnRef } from './ports.ts'
import { keyOf, type StoryQueue } from './queue.ts'
import { recoverDelivery } from './recover.ts'

export type EngineDeps = AnswerDeps & {
  readonly threads: Pick<ThreadStore, 'storyIn'>
  readonly queue: StoryQueue
  readonly oocMarks: OocMarks
}

/**
 * A message of a player, and when it was sent (milliseconds since the epoch). `source`: the message that the words are
 * from, where that is another one.
 */
export type Message = { readonly id: string; readonly source?: string; readonly sentAt: number } & SayIntent

/** Messages of one player that lie at most this far apart, in milliseconds, are one turn if they had to wait. */
export const MERGE_WINDOW = 2000

/** Who asks for something that not everyone may do. */
export type Requester = { readonly player: PlayerId; readonly isModerator: boolean }

/**
 * `introduced`: taken in, and its player is new to the story. `merged`: an earlier message took it along. `elsewhere`:
 * by now its channel tells another branch, to which it is to be given. `postponed`: the program is closing; it is read
 * after the next start.
 */
export type SayOutcome =
  | 'taken_in'
  | 'introduced'
  | 'merged'
  | 'duplicate'
  | 'elsewhere'
  | 'postponed'
  | Refusal

/** What is to be done at a head. It changes nothing, for it may be asked again on a newer one. */
export type Decide = (head: Head) => Decision | Refusal | Promise<Decision | Refusal>

export type Engine = {
  /** Creates the story and begins its opening. Resolves once the story is saved; `opened` once it is told. */
  start(
    story: NewStory,
    intent: StartIntent,
    source: string,
  ): Promise<{ opened: Promise<void> } | 'duplicate'>
  /** Takes in a message, after whatever that story is busy with, and answers it. */
  say(ref: StoryRef, channel: string, message: Message): Promise<SayOutcome>
  /** Writes a message anew that still waits, or (null) takes it back. False when none with this id waits. */
  amend(ref: StoryRef, message: string, text: string | null): boolean
  isBusy(ref: StoryRef): boolean
  /** Ends the answer that is being written and keeps what there is of it. */
  stop(turn: TurnRef, by: Requester): Promise<'stopped' | 'not_running' | 'not_yours'>
  /** Changes the world by hand, after whatever that story is busy with. `decide` is given the newest head. */
  edit(ref: StoryRef, decide: Decide, source: string): Promise<'edited' | 'duplicate' | Refusal>
  /** The same, for a decision that opens a turn, which is then answered: to go on, to try again, to regenerate. */
  ask(
    ref: StoryRef,
    decide: Decide,
    source: string,
  ): Promise<'answered' | 'unanswered' | 'duplicate' | Refusal>
  /** Runs a job while nothing else is done on its branch, and no answer of it waits to be shown. */
  alone<T>(ref: StoryRef, job: () => Promise<T>): Promise<T>
  /**
   * Ends what the last run left behind. Once it resolves, messages can be taken in: they wait behind it.
   * `ended` resolves when all of it is saved and shown.
   */
  recover(): Promise<{ readonly turns: number; readonly ended: Promise<void> }>
  /** Stops what is being written, keeps it, and resolves when all of it is saved and shown. */
  close(): Promise<void>
}

const TRIES = 3

export const createEngine = (deps: EngineDeps): Engine => {
  const { store, deliveries, queue, newId } = deps
  const running = new Map<string, AbortController>()
  const waiting = new Map<string, Message[]>()
  let closing = false

  const loadOrThrow = async (ref: StoryRef): Promise<Head> => {
    const head = await store.load(ref)
    if (!head) throw new SkeinError('story_missing', 'no such story or branch', { ...ref })
    return head
  }

  /** Decides on the newest head and appends; when the head has moved in between, decides again. */
  const commit = async (
    ref: StoryRef,
    decide: Decide,
    sources: Sources,
  ): Promise<'appended' | 'duplicate' | Refusal> => {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const head = await loadOrThrow(ref)
      const decision = await decide(head)
      if (isRefusal(decision)) return decision
      const appended = await store.append(head, decision, sources)
      if (appended !== 'lost_race') return appended
    }
    throw new SkeinError('head_contended', `the head moved ${TRIES} times in a row`, { ...ref })
  }

  const answerOpenTurn = async (ref: StoryRef): Promise<void> => {
    const head = await loadOrThrow(ref)
    if (head.state.turn.phase !== 'open') return
    const abort = new AbortController()
    running.set(keyOf(ref), abort)
    if (closing) abort.abort('interrupted' satisfies AbortReason)
    try {
      await answer(deps, head, abort.signal)
    } finally {
      running.delete(keyOf(ref))
    }
  }

  /** The next waiting message with those that its player sent right after it. */
  const takeNext = (ref: StoryRef): Message[] => {
    const inbox = waiting.get(keyOf(ref)) ?? []
    const end = inbox.findIndex((message, index) => {
      const before = inbox[index - 1]
      return (
        before && (message.player.id !== before.player.id || message.sentAt - before.sentAt > MERGE_WINDOW)
      )
    })
    const taken = inbox.splice(0, end === -1 ? inbox.length : end)
    if (inbox.length === 0) waiting.delete(keyOf(ref))
    return taken
  }

  /** Shows the ends of answers that could not be shown before, and ends one that was left open. */
  const endWhatIsLeft = async (ref: StoryRef): Promise<void> => {
    for (const turn of await deliveries.open(ref)) await recoverDelivery(deps, await deliveries.of(turn))
  }

  const saveNext = async (ref: StoryRef, channel: string): Promise<SayOutcome> => {
    const taken = takeNext(ref)
    try {
      await endWhatIsLeft(ref)
      const messages: Message[] = []
      for (const message of taken) if (!(await store.wasTakenIn(message.id))) messages.push(message)
      const [first] = messages
      if (!first) return taken.length > 0 ? 'duplicate' : 'merged'
      const segments = segmentAll(
        messages.map(({ id, source = id, text }) => ({ id: source, text })),
        deps.oocMarks,
      )
      let isNew = false
      const decide: Decide = (head) => {
        isNew = !personaOf(head.state.cast, first.player.id)
        return say(head.state, first.player, segments, head.words, newId)
      }
      const saved = await commit(ref, decide, { ids: messages.map(({ id }) => id), channel })
      if (saved !== 'appended') return saved
      return isNew ? 'introduced' : 'taken_in'
    } catch (error) {
      waiting.set(keyOf(ref), [...taken, ...(waiting.get(keyOf(ref)) ?? [])])
      throw error
    }
  }

  /** Without a message that waits, or with other words in it. */
  const amend: Engine['amend'] = (ref, id, text) => {
    const inbox = waiting.get(keyOf(ref)) ?? []
    if (!inbox.some((message) => message.id === id)) return false
    const amended = inbox.flatMap((message) =>
      message.id !== id ? [message] : text === null ? [] : [{ ...message, text }],
    )
    waiting.set(keyOf(ref), amended)
    return true
  }

  const takeIn = async (ref: StoryRef, channel: string, message: Message): Promise<SayOutcome> => {
    if (closing) return 'postponed'
    const told = await deps.threads.storyIn(channel)
    if (told && keyOf(told) !== keyOf(ref)) return amend(ref, message.id, null) ? 'elsewhere' : 'merged'
    const saved = await saveNext(ref, channel)
    if (saved === 'taken_in' || saved === 'introduced') await answerOpenTurn(ref)
    return saved
  }

  const mayStop = ({ state }: Head, { player, isModerator }: Requester) =>
    isModerator || player === state.turn.player || player === state.premise?.author

  return {
    isBusy: (ref) => queue.isBusy(ref),

    start: async (story, intent, source) => {
      const decision = start(emptyState, intent, newId)
      if (isRefusal(decision)) throw new SkeinError('not_started', decision.refused, { ...story.ref })
      const created = await store.create(story, decision, { ids: [source], channel: null })
      if (created !== 'appended') return 'duplicate'
      return { opened: queue.run(story.ref, () => answerOpenTurn(story.ref)) }
    },

    say: async (ref, channel, message) => {
      const inbox = waiting.get(keyOf(ref)) ?? []
      if (inbox.some(({ id }) => id === message.id)) return 'duplicate'
      waiting.set(keyOf(ref), [...inbox, message])
      return queue.run(ref, () => takeIn(ref, channel, message))
    },

    amend,

    stop: async (turn, by) => {
      const head = await store.load(turn)
      const abort = running.get(keyOf(turn))
      if (!head || !abort || turnOf(head).turn !== turn.turn) return 'not_running'
      if (!mayStop(head, by)) return 'not_yours'
      abort.abort('stopped' satisfies AbortReason)
      return 'stopped'
    },

    edit: (ref, decide, source) =>
      queue.run(ref, async () => {
        await endWhatIsLeft(ref)
        const edited = await commit(ref, decide, { ids: [source], channel: null })
        return edited === 'appended' ? 'edited' : edited
      }),

    ask: (ref, decide, source) =>
      queue.run(ref, async () => {
        await endWhatIsLeft(ref)
        const asked = await commit(ref, decide, { ids: [source], channel: null })
        if (asked !== 'appended') return asked
        await answerOpenTurn(ref)
        return (await loadOrThrow(ref)).state.turn.phase === 'told' ? 'answered' : 'unanswered'
      }),

    alone: (ref, job) =>
      queue.run(ref, async () => {
        await endWhatIsLeft(ref)
        return job()
      }),

    recover: async () => {
      const left = await deliveries.open()
      const endings = left.map((turn) =>
        queue.run(turn, async () => recoverDelivery(deps, await deliveries.of(turn))),
      )
      return { turns: left.length, ended: Promise.all(endings).then(() => {}) }
    },

    close: async () => {
      closing = true
      for (const abort of running.values()) abort.abort('interrupted' satisfies AbortReason)
      await queue.idle()
    },
  }
}
