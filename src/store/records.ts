import type { AnswerRef, KeptPrompt, PhaseTime, RecordStore } from '../turn/ports/records.ts'
import type { Db } from './database.ts'
import { mayHoldErased } from './erased.ts'
import { pack, unpack } from './packed.ts'

/** How many prompts of a story are kept: those of its newest answers, two or three for each. */
const PROMPTS_KEPT = 150

const at = ({ story, turn, alternate }: AnswerRef) => ({ story, turn, alternate })

type Body = Omit<KeptPrompt, 'role'>

const makeRoom = async (db: Db, story: string): Promise<void> => {
  const oldest = await db
    .selectFrom('prompts')
    .select('at')
    .where('story', '=', story)
    .orderBy('at', 'desc')
    .offset(PROMPTS_KEPT)
    .limit(1)
    .executeTakeFirst()
  if (oldest) await db.deleteFrom('prompts').where('story', '=', story).where('at', '<=', oldest.at).execute()
}

/** What was asked of models for answers. `now` is in milliseconds since the epoch. */
export const recordStore = (db: Db, now: () => number): RecordStore => ({
  keepPrompt: async (answer, number, { role, ...prompt }) => {
    const body = await pack(prompt satisfies Body)
    await db.transaction().execute(async (trx) => {
      if (await mayHoldErased(trx, answer.story, answer.turn)) return
      const kept = { body, at: now() }
      await trx
        .insertInto('prompts')
        .values({ ...at(answer), number, role, ...kept })
        .onConflict((conflict) => conflict.columns(['story', 'turn', 'alternate', 'role']).doUpdateSet(kept))
        .execute()
      await makeRoom(trx, answer.story)
    })
  },
  keepPhases: async (answer, times) => {
    const phases = JSON.stringify(times)
    await db
      .insertInto('phases')
      .values({ ...at(answer), phases })
      .onConflict((conflict) => conflict.columns(['story', 'turn', 'alternate']).doUpdateSet({ phases }))
      .execute()
  },
  promptsOf: async (answer) => {
    const rows = await db
      .selectFrom('prompts')
      .select(['role', 'body'])
      .where((eb) => eb.and(at(answer)))
      .orderBy('at')
      .execute()
    return Promise.all(
      rows.map(async ({ role, body }) => ({
        role: role as KeptPrompt['role'],
        ...((await unpack(body)) as Body),
      })),
    )
  },
  phasesOf: async (answer) => {
    const row = await db
      .selectFrom('phases')
      .select('phases')
      .where((eb) => eb.and(at(answer)))
      .executeTakeFirst()
    return row ? (JSON.parse(row.phases) as PhaseTime[]) : []
  },
})

/** Forgets what was asked of models in a story: words that were erased may stand in it. */
export const forgetRecords = async (db: Db, story: string): Promise<void> => {
  await db.deleteFrom('prompts').where('story', '=', story).execute()
  await db.deleteFrom('failures').where('story', '=', story).execute()
}
