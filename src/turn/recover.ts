import { unreachable } from '../kit/errors.ts'
import { type AnswerDeps, conclude, turnOf } from './answer.ts'
import type { Delivery, Head, Outcome } from './ports.ts'

type Told = { readonly outcome: Outcome; readonly concluded: boolean }

/** What became of a turn whose answer was being delivered when the program stopped. */
const whatBecameOf = async (
  { store }: Pick<AnswerDeps, 'store'>,
  { ref, state: { turn } }: Head,
  { draft }: Delivery,
): Promise<Told> => {
  switch (turn.phase) {
    case 'open':
      return draft.trim() === ''
        ? { outcome: { kind: 'failed', failure: 'interrupted' }, concluded: false }
        : { outcome: { kind: 'told', text: draft, ending: 'interrupted' }, concluded: false }
    case 'failed':
      return { outcome: { kind: 'failed', failure: turn.failure ?? 'interrupted' }, concluded: true }
    case 'told': {
      const lines = await store.recentLines(ref, 1)
      const text = lines.findLast(({ speaker, kind }) => speaker === turn.speaker && kind === 'prose')?.text
      return {
        outcome: { kind: 'told', text: text ?? draft, ending: turn.ending ?? 'finished' },
        concluded: true,
      }
    }
    default:
      return unreachable(turn.phase)
  }
}

/**
 * Ends one answer that the last run of the program left behind: what was written is kept and marked, what was
 * committed but not shown is shown. No model is asked again without a player's word.
 */
export const recoverDelivery = async (
  deps: Pick<AnswerDeps, 'store' | 'deliveries' | 'newId' | 'setStage'>,
  delivery: Delivery,
): Promise<void> => {
  const head = await deps.store.load(delivery)
  if (!head || turnOf(head).turn !== delivery.turn) return deps.deliveries.delivered(delivery)
  const { outcome, concluded } = await whatBecameOf(deps, head, delivery)
  const stage = await deps.setStage(head, delivery)
  if (!concluded) return conclude(deps, head, outcome, stage)
  await stage.finish(outcome)
  await deps.deliveries.delivered(delivery)
}
