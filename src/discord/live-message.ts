import { isDeepStrictEqual } from 'node:util'
import type { Clock } from '../kit/clock.ts'
import type { Logger } from '../kit/logger.ts'
import { type Ending, holdAt, type Look, renderParts } from './look.ts'
import type { Lane, Pace, Ticket } from './pace.ts'
import type { Urgency } from './pacing.ts'
import type { Body, Posted, Poster, PostFailure } from './poster.ts'

/** A message of a text that was posted, and which part of the text it shows, from 0. */
export type PostedPart = { readonly id: string; readonly part: number }

/** What is there in the end. `gone`: why the final text could not be shown, or not all of it. */
export type Shown = { readonly parts: readonly PostedPart[]; readonly gone?: PostFailure }

/** What must be kept before and after each step, so that a crash neither loses nor doubles a message. */
export type DeliveryRecord = {
  /** The text that is about to become visible. Waited for: nothing is shown that is not recorded. */
  draft(text: string): void | Promise<void>
  posted(part: number, id: string): void | Promise<void>
  removed(id: string): void | Promise<void>
}

/** A text that grows in a channel, edit by edit, over as many messages as it takes. */
export type LiveMessage = {
  /** The whole text so far. Cheap: call it for every delta. */
  show(text: string): void
  /** Shows this line while there is no text. */
  wait(line: string): void
  /** Stands above the text from now on. For before there is text: where it is cut depends on it. */
  introduce(header: string | undefined): void
  /** What `finish` resolves with. Before that when the showing is over early: see `gone`. */
  readonly over: Promise<Shown>
  /** Delivers the final text, and waits until it is visible or cannot be. Fails only if the record does. */
  finish(text: string, ending: Ending): Promise<Shown>
}

export type LiveMessageDeps = {
  readonly poster: Poster
  readonly pace: Pace
  readonly clock: Clock
  readonly log: Logger
  readonly record?: DeliveryRecord
}

/** `nonce`: at most 21 characters, its own for every text. `resume`: parts that were posted before a crash. */
export type LiveMessageOptions = Look & { readonly nonce: string; readonly resume?: readonly PostedPart[] }

/** One part as it is in the channel. `body` is undefined where we do not know what it shows. */
type Visible = { readonly id: string; readonly body: Body | undefined }

type Step =
  | { readonly kind: 'edit'; readonly part: number; readonly id: string; readonly body: Body }
  | { readonly kind: 'post'; readonly part: number; readonly body: Body }
  | { readonly kind: 'remove'; readonly part: number; readonly id: string }

/** Waits between tries, in ms. A final text is given up when they are used up; until then we go on for ever. */
const RETRY_AFTER = [500, 1000, 2000, 4000, 8000, 15_000, 15_000, 15_000]

/** A text that grew by so much since the last turn may grow faster until the next. */
const GROWTH_MARGIN = 1.25

/** What brings the channel one request nearer to `wanted`: earlier parts first, so that it reads in order. */
const nextStep = (wanted: readonly Body[], visible: readonly Visible[]): Step | undefined => {
  for (const [part, body] of wanted.entries()) {
    const shown = visible[part]
    if (shown === undefined) return { kind: 'post', part, body }
    if (!isDeepStrictEqual(shown.body, body)) return { kind: 'edit', part, id: shown.id, body }
  }
  const surplus = visible.at(-1)
  if (surplus === undefined || visible.length <= wanted.length) return undefined
  return { kind: 'remove', part: visible.length - 1, id: surplus.id }
}

const urgencyOf = (kind: Step['kind'], isEnding: boolean): Urgency => {
  if (isEnding) return 'final'
  return kind === 'post' ? 'post' : 'paced'
}

export const openLiveMessage = (deps: LiveMessageDeps, options: LiveMessageOptions): LiveMessage => {
  const { poster, pace, clock, log, record } = deps
  const resumed = [...(options.resume ?? [])].sort((a, b) => a.part - b.part)
  const visible: Visible[] = resumed.map(({ id }) => ({ id, body: undefined }))
  let look: Look = options
  let text = ''
  let ending: Ending | undefined
  let drafted: string | undefined
  let ticket: Ticket | undefined
  let turnAt = clock.now()
  let lengthAtTurn = 0
  // Where parts were cut, in a text that began with `cutText`. A text that begins otherwise is cut anew.
  let ends: readonly number[] = []
  let cutText = ''
  let failures = 0
  let isDoubtful = options.resume !== undefined
  let change = Promise.withResolvers<void>()

  const knownEnds = (): readonly number[] => (text.startsWith(cutText) ? ends : [])
  // A message too many is taken away at the end only: until then there may be text for it.
  const plan = (): Step | undefined => {
    const step = nextStep(renderParts(text, look, ending, knownEnds()), visible)
    return step?.kind === 'remove' && ending === undefined ? undefined : step
  }

  /** What to send now that there is a turn. Notes where the part that is being written is going to end. */
  const planTurn = (): Step | undefined => {
    const known = knownEnds()
    const growth = (text.length - lengthAtTurn) * GROWTH_MARGIN
    const end = ending === undefined ? holdAt(text, look, known, growth) : undefined
    if (end !== undefined && end > lengthAtTurn) {
      // Without the components, which the next part will have: taking them off later would cost an edit.
      const held = renderParts(text.slice(0, end), { ...look, components: [] }, undefined, known)
      const step = nextStep(held, visible)
      if (step?.part === held.length - 1) {
        ends = [...known.slice(0, step.part), end]
        cutText = text.slice(0, end)
        return step
      }
    }
    const step = plan()
    ends = known.slice(0, step?.part)
    return step
  }

  const parts = (): PostedPart[] => visible.map(({ id }, part) => ({ id, part }))
  const laneOf = ({ kind }: Step): Lane => poster.lanes[kind]

  const send = async (step: Step): Promise<Posted> => {
    if (drafted !== text) {
      const draft = text
      await record?.draft(draft)
      drafted = draft
    }
    if (step.kind === 'post') return poster.post(step.body, `${options.nonce}-${step.part}`)
    return step.kind === 'edit' ? poster.edit(step.id, step.body) : poster.remove(step.id)
  }

  const settle = async (step: Step, id: string): Promise<void> => {
    if (step.kind === 'remove') {
      visible.pop()
      await record?.removed(step.id)
      return
    }
    if (step.kind === 'edit') {
      visible[step.part] = { id, body: step.body }
      return
    }
    // A post that was tried before may have come through with an older text: its nonce gives us that message.
    visible[step.part] = { id, body: isDoubtful ? undefined : step.body }
    isDoubtful = false
    await record?.posted(step.part, id)
  }

  /** Takes a turn and uses it for what is newest by then. Gives why the showing is over, if it is. */
  const takeTurn = async (planned: Step): Promise<PostFailure | undefined> => {
    ticket = pace.ask(laneOf(planned), urgencyOf(planned.kind, ending !== undefined), turnAt)
    const turn = await ticket.granted
    ticket = undefined
    const step = planTurn()
    if (step === undefined || laneOf(step) !== laneOf(planned)) {
      turn.done(false)
      return undefined
    }
    turnAt = clock.now()
    lengthAtTurn = text.length
    const outcome = await send(step).finally(() => turn.done(true))
    if (outcome.ok || (step.kind === 'remove' && outcome.failure === 'message')) {
      failures = 0
      await settle(step, outcome.ok ? outcome.id : '')
      return undefined
    }
    const { failure, detail } = outcome
    log.warn({ failure, detail, part: step.part, failures }, `could not ${step.kind} a message`)
    if (failure !== 'unreachable') return failure
    if (step.kind === 'post') isDoubtful = true
    const wait = RETRY_AFTER[failures] ?? (ending === undefined ? RETRY_AFTER.at(-1) : undefined)
    failures += 1
    if (wait === undefined) return failure
    await clock.sleep(wait)
    return undefined
  }

  const run = async (): Promise<Shown> => {
    for (;;) {
      const step = plan()
      if (step !== undefined) {
        const gone = await takeTurn(step)
        if (gone !== undefined) return { parts: parts(), gone }
      } else if (ending !== undefined) {
        return { parts: parts() }
      } else {
        await change.promise
        change = Promise.withResolvers()
      }
    }
  }

  const result = run()
  // Whoever finishes the message is told; until then a failing record must not bring the program down.
  result.catch(() => {})

  return {
    over: result,
    wait: (line) => {
      look = { ...look, waiting: line }
      change.resolve()
    },
    introduce: (header) => {
      const { header: _, ...rest } = look
      look = header === undefined ? rest : { ...rest, header }
      change.resolve()
    },
    show: (newest) => {
      if (ending !== undefined) return
      text = newest
      change.resolve()
    },
    finish: (final, how) => {
      text = final
      ending = how
      failures = 0
      ticket?.hurry('final')
      change.resolve()
      return result
    },
  }
}
