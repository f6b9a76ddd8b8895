import type { DeliveryStore, TurnRef } from '../turn/ports.ts'
import type { Db } from './database.ts'

const at = ({ story, branch, turn }: TurnRef) => ({ story, branch, turn })

const draft =
  (db: Db): DeliveryStore['draft'] =>
  async (turn, text) => {
    await db
      .insertInto('drafts')
      .values({ ...at(turn), text })
      .onConflict((conflict) => conflict.columns(['story', 'branch', 'turn']).doUpdateSet({ text }))
      .execute()
  }

const posted =
  (db: Db): DeliveryStore['posted'] =>
  async (turn, post) => {
    await db
      .insertInto('posts')
      .values({ ...at(turn), ...post, look: 'plain' })
      .onConflict((conflict) => conflict.column('message').doNothing())
      .execute()
  }

const delivered =
  (db: Db): DeliveryStore['delivered'] =>
  async (turn) => {
    await db
      .deleteFrom('drafts')
      .where((eb) => eb.and(at(turn)))
      .execute()
  }

const of =
  (db: Db): DeliveryStore['of'] =>
  async (turn) => {
    const kept = await db
      .selectFrom('drafts')
      .select('text')
      .where((eb) => eb.and(at(turn)))
      .executeTakeFirst()
    const posts = await db
      .selectFrom('posts')
      .select(['message', 'channel', 'part'])
      .where('story', '=', turn.story)
      .where('turn', '=', turn.turn)
      .where('look', '!=', 'removed')
      .orderBy('part')
      .execute()
    return { ...at(turn), draft: kept?.text ?? '', posts }
  }

const open =
  (db: Db): DeliveryStore['open'] =>
  (ref) => {
    const drafts = db.selectFrom('drafts').select(['story', 'branch', 'turn']).orderBy('turn')
    return (ref ? drafts.where((eb) => eb.and({ story: ref.story, branch: ref.branch })) : drafts).execute()
  }

/** Which Discord messages show a turn, and which answers may not have reached their end there. */
export const deliveryStore = (db: Db): DeliveryStore => ({
  draft: draft(db),
  posted: posted(db),
  removed: async (message) => {
    await db.updateTable('posts').set({ look: 'removed' }).where('message', '=', message).execute()
  },
  delivered: delivered(db),
  of: of(db),
  open: open(db),
})
