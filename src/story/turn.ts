import { z } from 'zod'
import { Label } from './label.ts'
import { EntityId, LineId, NARRATOR, PlayerId, TextId, TurnId } from './ref.ts'

/**
 * How the telling of a turn ended. `interrupted`: the program stopped while it was told. `held_back`: before what
 * must not stand in the story.
 */
const endings = ['finished', 'length', 'stopped', 'cut', 'interrupted', 'held_back'] as const
export type Ending = (typeof endings)[number]

/** Why nothing was told: what went wrong at the model, a limit in the way, a stop, or an error of our own. */
const failures = [
  'unauthorized',
  'rate_limited',
  'unavailable',
  'stalled',
  'cut',
  'empty',
  'refused',
  'rejected',
  'interrupted',
  'stopped',
  'too_long',
  'over_budget',
  'unpriced',
  'held_back',
  'internal',
] as const
export type TurnFailure = (typeof failures)[number]

/** How an answer is to be written otherwise than usual. Null: as usual. `maxTokens` bounds its length. */
const WritingOptions = z.object({
  direction: TextId.nullable(),
  temperature: z.number().min(0).max(2).nullable(),
  maxTokens: z.int().min(1).nullable(),
  model: Label.nullable(),
})
export type WritingOptions = z.infer<typeof WritingOptions>

/**
 * Why nothing was told. `until`: before then (milliseconds since the epoch) it cannot be otherwise. `section`: what of
 * the prompt is too long.
 */
const Failure = z.object({
  failure: z.enum(failures),
  until: z.int().min(0).nullable().default(null),
  section: Label.nullable().default(null),
})
export type Failure = z.infer<typeof Failure>

/** How many can be planned to speak one after the other. */
export const SPEAKERS_LIMIT = 3

export const turnEvents = {
  /**
   * `player` asked for it; `speaker` is to answer. `after`: the alternate of the turn before it that was in force,
   * and is so for good wherever this event is visible. `continues`: nobody said anything. `chosen`: a player said who is
   * to speak. `gathers`: more is said in it before it is answered, and `speaker` is who would answer by now.
   */
  'turn.opened': z.object({
    turn: TurnId.nullable().default(null),
    speaker: EntityId,
    player: PlayerId,
    opening: z.boolean(),
    continues: z.boolean().default(false),
    chosen: z.boolean().default(false),
    gathers: z.boolean().default(false),
    after: z.int().min(0).default(0),
  }),
  /** All that was to be said in it is said: `speaker` is to answer. */
  'turn.called': z.object({ speaker: EntityId }),
  /** Another answer is asked for, beside those that there are. `line`: what the player is taken to have said. */
  'turn.regenerated': WritingOptions.extend({
    player: PlayerId,
    /** Who is to answer; null: as it was. */
    speaker: EntityId.nullable().default(null),
    alternate: z.int().min(1),
    line: z.object({ text: TextId, replaces: z.array(LineId) }).nullable(),
  }),
  /**
   * Who is to speak, the first at once and the others in the turns after it. `lines`: what the texts rest on; old logs
   * give none.
   */
  'turn.planned': z.object({
    speakers: z.array(EntityId).min(1).max(SPEAKERS_LIMIT),
    plan: TextId,
    reason: TextId.nullable(),
    lines: z.array(LineId).optional(),
  }),
  'turn.told': z.object({ ending: z.enum(endings) }),
  'turn.failed': Failure,
  'turn.retried': z.object({ player: PlayerId }),
  /** What the turns from one to this one brought about stands in the log. */
  'turn.settled': z.object({ from: z.int().min(1), significance: z.int().min(0).max(3) }),
}

type Opened = z.infer<(typeof turnEvents)['turn.opened']>
type Called = z.infer<(typeof turnEvents)['turn.called']>
type Regenerated = z.infer<(typeof turnEvents)['turn.regenerated']>
type Planned = z.infer<(typeof turnEvents)['turn.planned']>
type Told = z.infer<(typeof turnEvents)['turn.told']>

/**
 * The newest turn: `gathering` while players speak in it, `open` while it waits for its answer, `failed` when none
 * came, else `told`. `alternate` is the answer in force, from 0; `options` and `line` are what it was asked with. `plan`
 * is what it follows, `spoken` are those who followed it in the turns before, and `next` those whom it has speak after it.
 */
export type Turn = {
  readonly id: TurnId
  readonly number: number
  readonly phase: 'gathering' | 'open' | 'told' | 'failed'
  readonly speaker: EntityId
  readonly player: PlayerId
  readonly opening: boolean
  readonly continues: boolean
  readonly chosen: boolean
  readonly alternate: number
  readonly options: WritingOptions
  readonly line: TextId | null
  readonly plan: TextId | null
  readonly reason: TextId | null
  readonly spoken: readonly EntityId[]
  readonly next: readonly EntityId[]
  readonly ending: Ending | null
  readonly failure: TurnFailure | null
}

/** As usual. */
export const asUsual: WritingOptions = { direction: null, temperature: null, maxTokens: null, model: null }

export const noTurn: Turn = {
  id: '',
  number: 0,
  phase: 'told',
  speaker: NARRATOR,
  player: '',
  opening: false,
  continues: false,
  chosen: false,
  alternate: 0,
  options: asUsual,
  line: null,
  plan: null,
  reason: null,
  spoken: [],
  next: [],
  ending: null,
  failure: null,
}

/** The id of a turn: old logs, which give none, count them. */
export const idOf = ({ turn }: Opened, number: number): TurnId => turn ?? String(number)

// Whoever goes on as it was planned follows the same plan.
const followed = (before: Turn, { continues, speaker }: Opened): Partial<Turn> => {
  const [first, ...next] = before.next
  return continues && first === speaker
    ? { plan: before.plan, spoken: [...before.spoken, before.speaker], next }
    : {}
}

export const open = (before: Turn, opened: Opened): Turn => ({
  ...noTurn,
  ...followed(before, opened),
  id: idOf(opened, before.number + 1),
  number: before.number + 1,
  phase: opened.gathers ? 'gathering' : 'open',
  speaker: opened.speaker,
  player: opened.player,
  opening: opened.opening,
  continues: opened.continues,
  chosen: opened.chosen,
})

/** The first turn of which something is told after now. */
export const nextTold = ({ phase, number }: Turn): number =>
  phase === 'open' || phase === 'gathering' ? number : number + 1

export const call = (turn: Turn, { speaker }: Called): Turn => ({ ...turn, phase: 'open', speaker })

/** What was asked and answered before stays: it is another alternate's. */
export const regenerate = (
  turn: Turn,
  { player, alternate, line, speaker, ...options }: Regenerated,
): Turn => ({
  ...turn,
  speaker: speaker ?? turn.speaker,
  chosen: speaker !== null || turn.chosen,
  phase: 'open',
  player,
  alternate,
  line: line?.text ?? null,
  options,
  ending: null,
  failure: null,
})

export const plan = (turn: Turn, { speakers: [first, ...next], plan, reason }: Planned): Turn => ({
  ...turn,
  speaker: first ?? turn.speaker,
  next,
  plan,
  reason,
})

export const reopen = (turn: Turn): Turn => ({
  ...turn,
  phase: 'open',
  ending: null,
  failure: null,
})

export const tell = (turn: Turn, { ending }: Told): Turn => ({ ...turn, phase: 'told', ending })

export const fail = (turn: Turn, { failure }: Failure): Turn => ({ ...turn, phase: 'failed', failure })
