import { type Kysely, type SchemaModule, sql } from 'kysely'

const makeSummaries = async (schema: SchemaModule): Promise<void> => {
  await schema
    .createTable('summaries')
    .addColumn('story', 'text', (c) => c.notNull().references('stories.id'))
    .addColumn('strand', 'integer', (c) => c.notNull())
    .addColumn('seq', 'integer', (c) => c.notNull())
    .addColumn('turn', 'integer', (c) => c.notNull())
    .addColumn('alternate', 'integer')
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('owner', 'text', (c) => c.notNull())
    .addColumn('from_turn', 'integer', (c) => c.notNull())
    .addColumn('to_turn', 'integer', (c) => c.notNull())
    .addColumn('level', 'integer', (c) => c.notNull())
    .addColumn('text', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('summaries_key', ['story', 'id'])
    .execute()
  await schema.createIndex('summaries_by_owner').on('summaries').columns(['story', 'owner', 'seq']).execute()
  await schema.createIndex('summaries_by_text').on('summaries').columns(['story', 'text']).execute()
  // So few of all events that an index of them alone costs nothing.
  await schema
    .createIndex('events_by_arrival')
    .on('events')
    .columns(['story', 'strand', 'seq'])
    .where(sql<boolean>`type in ('character.introduced', 'persona.taken')`)
    .execute()
  await schema.createIndex('erasures_by_age').on('erasures').column('at').execute()
}

/** What was asked of models for an answer, and what came of it: for whoever looks into it, and for no other use. */
const makeRecords = async (schema: SchemaModule): Promise<void> => {
  await schema
    .createTable('prompts')
    .addColumn('story', 'text', (c) => c.notNull().references('stories.id'))
    .addColumn('turn', 'text', (c) => c.notNull())
    .addColumn('number', 'integer', (c) => c.notNull())
    .addColumn('alternate', 'integer', (c) => c.notNull())
    .addColumn('role', 'text', (c) => c.notNull())
    .addColumn('at', 'integer', (c) => c.notNull())
    .addColumn('body', 'blob', (c) => c.notNull())
    .addPrimaryKeyConstraint('prompts_key', ['story', 'turn', 'alternate', 'role'])
    .execute()
  await schema.createIndex('prompts_by_age').on('prompts').columns(['story', 'at']).execute()
  await schema
    .createTable('phases')
    .addColumn('story', 'text', (c) => c.notNull().references('stories.id'))
    .addColumn('turn', 'text', (c) => c.notNull())
    .addColumn('alternate', 'integer', (c) => c.notNull())
    .addColumn('phases', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('phases_key', ['story', 'turn', 'alternate'])
    .execute()
  await schema
    .createTable('failures')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('story', 'text', (c) => c.references('stories.id'))
    .addColumn('branch', 'text')
    .addColumn('turn', 'text')
    .addColumn('role', 'text', (c) => c.notNull())
    .addColumn('connection', 'text', (c) => c.notNull())
    .addColumn('model', 'text', (c) => c.notNull())
    .addColumn('attempt', 'integer', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('detail', 'text', (c) => c.notNull())
    .addColumn('raw', 'text', (c) => c.notNull())
    .addColumn('at', 'integer', (c) => c.notNull())
    .execute()
  await schema.createIndex('failures_by_story').on('failures').columns(['story', 'turn']).execute()
}

const makeSettings = async (schema: SchemaModule): Promise<void> => {
  await schema
    .createTable('settings')
    .addColumn('scope', 'text', (c) => c.notNull())
    .addColumn('subject', 'text', (c) => c.notNull())
    .addColumn('value', 'text', (c) => c.notNull())
    .addColumn('actor', 'text', (c) => c.notNull())
    .addColumn('at', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('settings_key', ['scope', 'subject'])
    .execute()
  await schema
    .createTable('templates')
    .addColumn('guild', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('body', 'text')
    .addColumn('actor', 'text', (c) => c.notNull())
    .addColumn('at', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('templates_key', ['guild', 'name', 'version'])
    .execute()
  await schema
    .createTable('capabilities')
    .addColumn('connection', 'text', (c) => c.notNull())
    .addColumn('address', 'text', (c) => c.notNull())
    .addColumn('model', 'text', (c) => c.notNull())
    .addColumn('known', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('capabilities_key', ['connection', 'address', 'model'])
    .execute()
}

/** Gives each server its own prices. SQLite changes no key, so the table is made anew; what it held is for all. */
const dividePrices = async (db: Kysely<unknown>): Promise<void> => {
  await db.schema.alterTable('prices').renameTo('prices_of_all').execute()
  await db.schema
    .createTable('prices')
    .addColumn('guild', 'text', (c) => c.notNull())
    .addColumn('model', 'text', (c) => c.notNull())
    .addColumn('connection', 'text', (c) => c.notNull())
    .addColumn('from', 'integer', (c) => c.notNull())
    .addColumn('input', 'integer', (c) => c.notNull())
    .addColumn('cached', 'integer', (c) => c.notNull())
    .addColumn('cache_write', 'integer')
    .addColumn('output', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('prices_key', ['model', 'connection', 'guild', 'from'])
    .execute()
  await sql`insert into prices (guild, model, connection, "from", input, cached, output)
    select '', model, connection, "from", input, cached, output from prices_of_all`.execute(db)
  await db.schema.dropTable('prices_of_all').execute()
}

const widenCalls = async (schema: SchemaModule): Promise<void> => {
  for (const flag of ['is_free', 'marks_cache'])
    await schema
      .alterTable('reservations')
      .addColumn(flag, 'integer', (c) => c.notNull().defaultTo(0))
      .execute()
  await schema.alterTable('calls').addColumn('cache_written', 'integer').execute()
}

/** What a turn asks of models beside its prose, and what servers and stories decided about that. */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  const { schema } = db
  await makeSummaries(schema)
  await makeRecords(schema)
  await makeSettings(schema)
  await dividePrices(db)
  await widenCalls(schema)
}
