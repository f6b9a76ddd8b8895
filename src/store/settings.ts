import type { z } from 'zod'
import { ServerSettings, StorySettings } from '../story/settings.ts'
import type { SettingsStore } from '../turn/ports/settings.ts'
import type { Db } from './database.ts'
import type { Row } from './schema.ts'

type Scope = Row<'settings'>['scope']

const read = async <Schema extends z.ZodType>(
  db: Db,
  schema: Schema,
  scope: Scope,
  subject: string,
): Promise<z.output<Schema>> => {
  const row = await db
    .selectFrom('settings')
    .select('value')
    .where('scope', '=', scope)
    .where('subject', '=', subject)
    .executeTakeFirst()
  return schema.parse(row ? JSON.parse(row.value) : {})
}

const changing =
  <Schema extends z.ZodType>(db: Db, now: () => number, schema: Schema, scope: Scope) =>
  (subject: string, patch: Partial<z.output<Schema>>, actor: string): Promise<z.output<Schema>> =>
    db.transaction().execute(async (trx) => {
      const before = await read(trx, schema, scope, subject)
      const settings = schema.parse({ ...(before as object), ...patch })
      const value = { value: JSON.stringify(settings), actor, at: now() }
      await trx
        .insertInto('settings')
        .values({ scope, subject, ...value })
        .onConflict((conflict) => conflict.columns(['scope', 'subject']).doUpdateSet(value))
        .execute()
      return settings
    })

/** `now` stamps changes, in milliseconds since the epoch. What a schema does not take is thrown as its ZodError. */
export const settingsStore = (db: Db, now: () => number): SettingsStore => ({
  of: async (id) => {
    const row = await db.selectFrom('stories').select('guild').where('id', '=', id).executeTakeFirst()
    if (!row) return undefined
    return {
      guild: row.guild,
      server: await read(db, ServerSettings, 'server', row.guild),
      story: await read(db, StorySettings, 'story', id),
    }
  },
  ofServer: (guild) => read(db, ServerSettings, 'server', guild),
  changeServer: changing(db, now, ServerSettings, 'server'),
  changeStory: changing(db, now, StorySettings, 'story'),
})
