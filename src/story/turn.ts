import { z } from 'zod'
import { EntityId, NARRATOR, PlayerId } from './ref.ts'

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

export const turnEvents = {
  /** `player` asked for it; `speaker` is to answer. */
  'turn.opened': z.object({ speaker: EntityId, player: PlayerId, opening: z.boolean() }),
  'turn.told': z.object({ ending: z.enum(endings) }),
  /** Nothing was told. */
  'turn.failed': z.object({ failure: z.enum(failures) }),
  'turn.retried': z.object({ player: PlayerId }),
}

type Opened = z.infer<(typeof turnEvents)['turn.opened']>
type Told = z.infer<(typeof turnEvents)['turn.told']>
type Failed = z.infer<(typeof turnEvents)['turn.failed']>

/** The newest turn: `open` while it waits for its answer, `failed` when none came, else `told`. */
export type Turn = {
  readonly number: number
  readonly phase: 'open' | 'told' | 'failed'
  readonly speaker: EntityId
  readonly player: PlayerId
  readonly opening: boolean
  readonly ending: Ending | null
  readonly failure: TurnFailure | null
}

export const noTurn: Turn = {
  number: 0,
  phase: 'told',
  speaker: NARRATOR,
  player: '',
  opening: false,
  ending: null,
  failure: null,
}

export const open = (turn: Turn, { speaker, player, opening }: Opened): Turn => ({
  ...noTurn,
  number: turn.number + 1,
  phase: 'open',
  speaker,
  player,
  opening,
})

export const reopen = (turn: Turn): Turn => ({ ...turn, phase: 'open', ending: null, failure: null })

export const tell = (turn: Turn, { ending }: Told): Turn => ({ ...turn, phase: 'told', ending })

export const fail = (turn: Turn, { failure }: Failed): Turn => ({ ...turn, phase: 'failed', failure })
