import { z } from 'zod'
import { EntityId, LineId, TextId } from './ref.ts'

export const SummaryId = z.string().min(1)
export type SummaryId = z.infer<typeof SummaryId>

const TurnNumber = z.int().min(1)

/** Summaries are rows that the store keeps from these events. State holds how far they reach. */
export const pastEvents = {
  /**
   * What came before, told in short, for those who perceived the same of it: each of them has it as their own. Level
   * 0 rests on `lines`; higher ones stand in the place of other summaries, and rest on these.
   */
  'past.summarised': z.object({
    text: TextId,
    from: TurnNumber,
    to: TurnNumber,
    level: z.int().min(0),
    owners: z.array(z.object({ owner: EntityId, summary: SummaryId })).min(1),
    replaces: z.array(SummaryId),
    lines: z.array(LineId),
  }),
  /** From here on, prompts hold the turns up to one only as their summaries. */
  'past.left': z.object({ to: TurnNumber }),
}

type Left = z.infer<(typeof pastEvents)['past.left']>

/** How far back the turns lie that prompts no longer hold: the newest of them, 0 before the first. */
export type Past = { readonly left: number }

export const wholePast: Past = { left: 0 }

export const leave = (past: Past, { to }: Left): Past => ({ left: Math.max(past.left, to) })
