import { SkeinError } from '../kit/errors.ts'
import type { Prompt } from '../prompt/part.ts'
import { personaOf } from '../story/cast.ts'
import { type Decision, isRefusal, type Refusal, start } from '../story/decide.ts'
import type { Head } from '../story/head.ts'
import type { SayIntent, StartIntent } from '../story/intent.ts'
import { type PlayerId, SKEIN, type StoryRef, type TurnId } from '../story/ref.ts'
import type { OocMarks } from '../story/segment.ts'
import { emptyState } from '../story/state.ts'
import { turnOf } from './answer.ts'
import { createAsides } from './asides.ts'
import type { TurnDeps } from './context.ts'
import { calling, takeTurn } from './gather.ts'
import { createHalts } from './halts.ts'
import { createInbox } from './inbox.ts'
import { isPaused } from './paused.ts'
import { commit, loadOrThrow, settleNewest, tellOpenTurns } from './play.ts'
import type { NewStory, Sources, ThreadStore, TurnRef } from './ports.ts'
import { keyOf, type StoryQueue } from './queue.ts'
import { recoverDelivery } from './recover.ts'
import { createRounds, type RoundDeps } from './rounds.ts'
import { type AskedSegmenter, keepSegmenter, segmentsOf } from './segment.ts'
import type { AbortReason } from './write.ts'

export type EngineDeps = TurnDeps & {
  readonly threads: Pick<ThreadStore, 'storyIn'>
  readonly queue: StoryQueue
  readonly oocMarks: OocMarks
} & Pick<RoundDeps, 'gatherings' | 'showWait'>

/**
 * A message of a player, and when it was sent (milliseconds since the epoch). `source`: the message that the words are
 * from, where that is another one. `calls`: it asks for an answer, where a story gives none without that.
 */
export type Message = SayIntent & {
  readonly id: string
  readonly source?: string
  readonly sentAt: number
  readonly calls?: boolean
}

/** Who asks for something that not everyone may do. */
export type Requester = { readonly player: PlayerId; readonly isModerator: boolean }

/**
 * `introduced`: taken in, and its player is new to the story. `merged`: an earlier message took it along. `elsewhere`:
 * by now its channel tells another branch, to which it is to be given. `paused`: it is not taken in. `postponed`: the
 * program is closing; it is read after the next start.
 */
export type SayOutcome =
  | 'taken_in'
  | 'introduced'
  | 'merged'
  | 'duplicate'
  | 'elsewhere'
  | 'paused'
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
  /** Takes in a message, after whatever that story is busy with, and answers the turn when all is said in it. */
  say(ref: StoryRef, channel: string, message: Message): Promise<SayOutcome>
  /** Writes a message anew that still waits, or (null) takes it back. False when none with this id waits. */
  amend(ref: StoryRef, message: string, text: string | null): boolean
  isBusy(ref: StoryRef): boolean
  /** Ends the answer that is being written and keeps what there is of it. */
  stop(turn: TurnRef, by: Requester): Promise<'stopped' | 'not_running' | 'not_yours'>
  /**
   * Ends all that is asked for a story, on whichever branch: what was written is kept, and nothing else comes of it. For
   * anyone who has it paused.
   */
  halt(story: string): void
  /** Changes the world by hand, after whatever that story is busy with. `decide` is given the newest head. */
  edit(ref: StoryRef, decide: Decide, source: string): Promise<'edited' | 'duplicate' | Refusal>
  /**
   * The same, for a decision that opens a turn, which is then answered: to go on, to try again, to regenerate. `source`:
   * an interaction's id, or the messages in which something was said.
   */
  ask(
    ref: StoryRef,
    decide: Decide,
    source: string | Sources,
  ): Promise<'answered' | 'unanswered' | 'duplicate' | Refusal>
  /** Runs a job while nothing else is done on its branch, and no answer of it waits to be shown. */
  alone<T>(ref: StoryRef, job: () => Promise<T>): Promise<T>
  /**
   * Ends what the last run left behind. Once it resolves, messages can be taken in: they wait behind it.
   * `ended` resolves when all of it is saved and shown.
   */
  recover(): Promise<{ readonly turns: number; readonly ended: Promise<void> }>
  /** Resolves when nothing is done for any story, and nothing is asked beside it. */
  idle(): Promise<void>
  /** Stops what is being written, keeps it, and resolves when all of it is saved and shown. */
  close(): Promise<void>
}

export const createEngine = (deps: EngineDeps): Engine => {
  const { store, deliveries, queue, newId } = deps
  const running = new Map<string, AbortController>()
  const halts = createHalts()
  const inbox = createInbox()
  const closing = new AbortController()
  const asides = createAsides(deps, closing.signal)
  const rounds = createRounds(deps, (ref, turn) => queue.run(ref, () => endRound(ref, turn), true))

  const follow = async (ref: StoryRef): Promise<void> => {
    const head = await store.load(ref)
    if (head) await rounds.follow(head)
  }

  /** Answers the newest turn, unless it gathers: then it waits for more. */
  const answerOpenTurn = async (ref: StoryRef): Promise<void> => {
    const halted = halts.signalOf(ref.story)
    const head = await loadOrThrow(deps, ref)
    await rounds.follow(head)
    if (head.state.turn.phase === 'gathering') return
    const abort = new AbortController()
    running.set(keyOf(ref), abort)
    if (closing.signal.aborted) abort.abort('interrupted' satisfies AbortReason)
    let prompt: Prompt | undefined
    try {
      // It may have been paused since this was asked for.
      if (await isPaused(deps.settings, ref.story)) abort.abort('stopped' satisfies AbortReason)
      const signal = AbortSignal.any([abort.signal, halted])
      prompt = await tellOpenTurns(deps, ref, signal, () => inbox.isEmpty(ref) && !queue.isAwaited(ref))
    } finally {
      running.delete(keyOf(ref))
    }
    const signal = AbortSignal.any([closing.signal, halted])
    if (signal.aborted || (await isPaused(deps.settings, ref.story))) return
    await settleNewest(deps, ref, signal)
    if (!halted.aborted) asides.begin(ref, prompt, halted)
  }

  /** Shows the ends of answers that could not be shown before, and ends one that was left open. */
  const endWhatIsLeft = async (ref: StoryRef): Promise<void> => {
    for (const turn of await deliveries.open(ref)) await recoverDelivery(deps, await deliveries.of(turn))
  }

  const saveNext = async (ref: StoryRef, channel: string, halted: AbortSignal): Promise<SayOutcome> => {
    const taken = inbox.take(ref)
    try {
      await endWhatIsLeft(ref)
      const messages: Message[] = []
      for (const message of taken) if (!(await store.wasTakenIn(message.id))) messages.push(message)
      const [first] = messages
      if (!first) return taken.length > 0 ? 'duplicate' : 'merged'
      let toSegmenter: AskedSegmenter | undefined
      const segments = await segmentsOf(
        deps,
        await loadOrThrow(deps, ref),
        messages.map(({ id, source = id, text }) => ({ id: source, text })),
        deps.oocMarks,
        first.player.id,
        AbortSignal.any([closing.signal, halted]),
        (sent) => {
          toSegmenter = sent
        },
      )
      if (halted.aborted) {
        inbox.putBack(ref, taken)
        return 'paused'
      }
      const mode = (await deps.settings.of(ref.story))?.story.turns ?? 'each'
      let isNew = false
      const decide: Decide = (head) => {
        isNew = !personaOf(head.state.cast, first.player.id)
        const calls = messages.some((message) => message.calls)
        return takeTurn({ lines: store.lines, newId }, head, { player: first.player, segments, mode, calls })
      }
      const saved = await commit(deps, ref, decide, { ids: messages.map(({ id }) => id), channel })
      if (saved !== 'appended') return saved
      if (toSegmenter) await keepSegmenter(deps, ref, toSegmenter)
      return isNew ? 'introduced' : 'taken_in'
    } catch (error) {
      inbox.putBack(ref, taken)
      throw error
    }
  }

  /** A round has waited for long enough. */
  const endRound = async (ref: StoryRef, turn: TurnId): Promise<void> => {
    await endWhatIsLeft(ref)
    const call = calling(SKEIN, { lines: store.lines, newId }, turn)
    if ((await commit(deps, ref, call, { ids: [], channel: null })) === 'appended') await answerOpenTurn(ref)
  }

  const takeIn = async (ref: StoryRef, channel: string, message: Message): Promise<SayOutcome> => {
    if (closing.signal.aborted) return 'postponed'
    const told = await deps.threads.storyIn(channel)
    if (told && keyOf(told) !== keyOf(ref)) return inbox.amend(ref, message.id, null) ? 'elsewhere' : 'merged'
    const halted = halts.signalOf(ref.story)
    const saved = (await isPaused(deps.settings, ref.story)) ? 'paused' : await saveNext(ref, channel, halted)
    if (saved === 'paused') return inbox.amend(ref, message.id, null) ? 'paused' : 'merged'
    if (saved === 'taken_in' || saved === 'introduced') await answerOpenTurn(ref)
    return saved
  }

  const idle = async (): Promise<void> => {
    // What is asked beside the queue begins in it, and ends in it.
    await queue.idle()
    await asides.ended()
    await queue.idle()
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
      if (!inbox.add(ref, message)) return 'duplicate'
      // The inbox says whether anyone waits: what an earlier job took along does not.
      return queue.run(ref, () => takeIn(ref, channel, message), true)
    },

    amend: inbox.amend,

    stop: async (turn, by) => {
      const head = await store.load(turn)
      const abort = running.get(keyOf(turn))
      if (!head || !abort || turnOf(head).turn !== turn.turn) return 'not_running'
      if (!mayStop(head, by)) return 'not_yours'
      abort.abort('stopped' satisfies AbortReason)
      return 'stopped'
    },

    halt: halts.halt,

    edit: (ref, decide, source) =>
      queue.run(ref, async () => {
        const halted = halts.signalOf(ref.story)
        await endWhatIsLeft(ref)
        const edited = await commit(deps, ref, decide, { ids: [source], channel: null })
        await follow(ref)
        if (edited === 'appended') await asides.beginAfterEdit(ref, halted)
        return edited === 'appended' ? 'edited' : edited
      }),

    ask: (ref, decide, source) =>
      queue.run(ref, async () => {
        await endWhatIsLeft(ref)
        const from = typeof source === 'string' ? { ids: [source], channel: null } : source
        const asked = await commit(deps, ref, decide, from)
        if (asked !== 'appended') return asked
        await answerOpenTurn(ref)
        return (await loadOrThrow(deps, ref)).state.turn.phase === 'told' ? 'answered' : 'unanswered'
      }),

    alone: (ref, job) =>
      queue.run(ref, async () => {
        await endWhatIsLeft(ref)
        const done = await job()
        await follow(ref)
        return done
      }),

    recover: async () => {
      const left = await deliveries.open()
      const endings = left.map((turn) =>
        queue.run(turn, async () => recoverDelivery(deps, await deliveries.of(turn))),
      )
      return { turns: left.length, ended: Promise.all(endings).then(() => rounds.resume()) }
    },

    idle,

    close: async () => {
      closing.abort('interrupted' satisfies AbortReason)
      rounds.close()
      for (const abort of running.values()) abort.abort('interrupted' satisfies AbortReason)
      await idle()
    },
  }
}
