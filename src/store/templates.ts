import type { TemplateName, TemplateStore } from '../turn/ports/templates.ts'
import type { Db } from './database.ts'

const newest = (db: Db, guild: string) =>
  db
    .selectFrom('templates')
    .select(({ fn }) => ['name', fn.max('version').as('version')])
    .where('guild', '=', guild)
    .groupBy('name')

/** `now` stamps versions, in milliseconds since the epoch. */
export const templateStore = (db: Db, now: () => number): TemplateStore => ({
  of: async (guild) => {
    const rows = await db
      .selectFrom('templates')
      .innerJoin(newest(db, guild).as('newest'), (join) =>
        join.onRef('newest.name', '=', 'templates.name').onRef('newest.version', '=', 'templates.version'),
      )
      .select(['templates.name', 'templates.version', 'templates.body'])
      .where('templates.guild', '=', guild)
      .execute()
    return Object.fromEntries(
      rows.flatMap(({ name, version, body }) =>
        body === null ? [] : [[name as TemplateName, { version, body }]],
      ),
    )
  },
  set: (guild, name, body, actor) =>
    db.transaction().execute(async (trx) => {
      const last = await newest(trx, guild).where('name', '=', name).executeTakeFirst()
      const version = (last?.version ?? 0) + 1
      await trx.insertInto('templates').values({ guild, name, version, body, actor, at: now() }).execute()
      return version
    }),
  history: (guild, name) =>
    db
      .selectFrom('templates')
      .select(['version', 'body', 'actor', 'at'])
      .where('guild', '=', guild)
      .where('name', '=', name)
      .orderBy('version', 'desc')
      .execute(),
})
