import { z } from 'zod'
import { Label } from './label.ts'
import { EntityId, LineId, NARRATOR, PlayerId, TextId, TurnId } from './ref.ts'

/** How the telling of a turn ended. `interrupted`: the program stopped while it was told. */
const endings = ['finished', 'length', 'stopped', 'cut', 'interrupted'] as const
export type Ending = (typeof endings)[number]

/** Why nothing was told: what went wrong at the model, a stop, too long a prompt, or an error of our own. */
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

export const turnEvents = {
  /**
   * `player` asked for it; `speaker` is to answer. `after`: the alternate of the turn before it that was in force,
   * and is so for good wherever this event is visible. `continues`: nobody said anything.
   */
  'turn.opened': z.object({
    turn: TurnId.nullable().default(null),
    speaker: EntityId,
    player: PlayerId,
    opening: z.boolean(),
    continues: z.boolean().default(false),
    after: z.int().min(0).default(0),
  }),
  /** Another answer is asked for, beside those that there are. `line`: what the player is taken to have said. */
  'turn.regenerated': WritingOptions.extend({
    player: PlayerId,
    alternate: z.int().min(1),
    line: z.object({ text: TextId, replaces: z.array(LineId) }).nullable(),
  }),
  'turn.told': z.object({ ending: z.enum(endings) }),
  /** Nothing was told. */
  'turn.failed': z.object({ failure: z.enum(failures) }),
  'turn.retried': z.object({ player: PlayerId }),
}

type Opened = z.infer<(typeof turnEvents)['turn.opened']>
type Regenerated = z.infer<(typeof turnEvents)['turn.regenerated']>
type Told = z.infer<(typeof turnEvents)['turn.told']>
type Failed = z.infer<(typeof turnEvents)['turn.failed']>

/**
 * The newest turn: `open` while it waits for its answer, `failed` when none came, else `told`. `alternate` is the
 * answer in force, from 0; `options` and `line` are what it was asked with.
 */
export type Turn = {
  readonly id: TurnId
  readonly number: number
  readonly phase: 'open' | 'told' | 'failed'
  readonly speaker: EntityId
  readonly player: PlayerId
  readonly opening: boolean
  readonly continues: boolean
  readonly alternate: number
  readonly options: WritingOptions
  readonly line: TextId | null
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
  alternate: 0,
  options: asUsual,
  line: null,
  ending: null,
  failure: null,
}

/** The id of a turn: old logs, which give none, count them. */
export const idOf = ({ turn }: Opened, number: number): TurnId => turn ?? String(number)

export const open = (before: Turn, opened: Opened): Turn => ({
  ...noTurn,
  id: idOf(opened, before.number + 1),
  number: before.number + 1,
  phase: 'open',
  speaker: opened.speaker,
  player: opened.player,
  opening: opened.opening,
  continues: opened.continues,
})

/** What was asked and answered before stays: it is another alternate's. */
export const regenerate = (turn: Turn, { player, alternate, line, ...options }: Regenerated): Turn => ({
  ...turn,
  phase: 'open',
  player,
  alternate,
  line: line?.text ?? null,
  options,
  ending: null,
  failure: null,
})

export const reopen = (turn: Turn): Turn => ({ ...turn, phase: 'open', ending: null, failure: null })

export const tell = (turn: Turn, { ending }: Told): Turn => ({ ...turn, phase: 'told', ending })

export const fail = (turn: Turn, { failure }: Failed): Turn => ({ ...turn, phase: 'failed', failure })
