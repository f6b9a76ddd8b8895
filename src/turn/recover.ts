import { answeringIn, conclude, turnOf } from './answer.ts'
import type { TurnDeps } from './context.ts'
import type { Delivery, Outcome } from './ports.ts'

const interrupted = (draft: string): Outcome =>
  draft.trim() === ''
    ? { kind: 'failed', failure: 'interrupted' }
    : { kind: 'told', text: draft, ending: 'interrupted' }

/**
 * Ends one answer that was left behind, by a crash or because its end could not be shown: what was written is kept
 * and marked, what was committed but not shown is shown. No model is asked again without a player's word.
 */
export const recoverDelivery = async (
  deps: Pick<TurnDeps, 'store' | 'deliveries' | 'newId' | 'setStage'>,
  delivery: Delivery,
): Promise<void> => {
  const { store, deliveries, setStage } = deps
  const head = await store.load(delivery)
  if (!head) return deliveries.delivered(delivery)
  const { turn } = head.state
  if (turnOf(head).turn === delivery.turn && turn.phase === 'open') {
    const stage = await setStage(head, delivery, answeringIn(head))
    try {
      return await conclude(deps, head, interrupted(delivery.draft), stage)
    } finally {
      stage.leave()
    }
  }
  const end = await store.endOf(delivery)
  if (!end) return deliveries.delivered(delivery)
  const stage = await setStage(head, delivery, end)
  if ((await stage.finish(end.outcome)) !== 'later') await deliveries.delivered(delivery)
}
