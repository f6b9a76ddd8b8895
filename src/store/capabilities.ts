import type { CapabilityStore } from '../turn/ports/models.ts'
import type { Db } from './database.ts'

/** What connections' models were found to understand, for the next start. */
export const capabilityStore = (db: Db): CapabilityStore => ({
  load: async ({ connection, address }) => {
    const rows = await db
      .selectFrom('capabilities')
      .select(['model', 'known'])
      .where('connection', '=', connection)
      .where('address', '=', address)
      .execute()
    return Object.fromEntries(rows.map(({ model, known }) => [model, JSON.parse(known) as unknown]))
  },
  keep: async ({ connection, address }, model, capabilities) => {
    const known = JSON.stringify(capabilities)
    await db
      .insertInto('capabilities')
      .values({ connection, address, model, known })
      .onConflict((conflict) => conflict.columns(['connection', 'address', 'model']).doUpdateSet({ known }))
      .execute()
  },
})
