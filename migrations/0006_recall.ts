import { type Kysely, sql } from 'kysely'

/** Whose words came to whom over whom, how characters changed, and an index by which memories come to mind. */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  const { schema } = db
  await schema
    .alterTable('memories')
    .addColumn('chain', 'text', (c) => c.notNull().defaultTo('[]'))
    .execute()
  await schema.createIndex('memories_by_text').on('memories').columns(['story', 'text']).execute()
  await schema
    .createTable('evolutions')
    .addColumn('story', 'text', (c) => c.notNull().references('stories.id'))
    .addColumn('strand', 'integer', (c) => c.notNull())
    .addColumn('seq', 'integer', (c) => c.notNull())
    .addColumn('turn', 'integer', (c) => c.notNull())
    .addColumn('alternate', 'integer')
    .addColumn('part', 'integer', (c) => c.notNull())
    .addColumn('character', 'text', (c) => c.notNull())
    .addColumn('text', 'text', (c) => c.notNull())
    .addColumn('line', 'text', (c) => c.notNull())
    .addColumn('at_turn', 'integer', (c) => c.notNull())
    .addColumn('scene', 'integer')
    .addColumn('place', 'text')
    .addPrimaryKeyConstraint('evolutions_key', ['story', 'strand', 'seq', 'part'])
    .execute()
  await schema
    .createIndex('evolutions_by_character')
    .on('evolutions')
    .columns(['story', 'character', 'seq'])
    .execute()
  await schema
    .createTable('owners')
    .addColumn('id', 'integer', (c) => c.primaryKey())
    .addColumn('story', 'text', (c) => c.notNull().references('stories.id'))
    .addColumn('owner', 'text', (c) => c.notNull())
    .addColumn('last', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('memories', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('stems', 'integer', (c) => c.notNull().defaultTo(0))
    .addUniqueConstraint('owners_key', ['story', 'owner'])
    .execute()
  await schema
    .createTable('indexed')
    .addColumn('id', 'integer', (c) => c.primaryKey())
    .addColumn('story', 'text', (c) => c.notNull().references('stories.id'))
    .addColumn('memory', 'text', (c) => c.notNull())
    .addColumn('speakers', 'text', (c) => c.notNull())
    .addColumn('stems', 'text', (c) => c.notNull())
    .execute()
  await schema.createIndex('indexed_by_memory').on('indexed').columns(['story', 'memory']).execute()
  // The words of each owner are terms of their own: another's change neither how often a word is had, nor what it costs
  // to find. So it keeps no text, and needs no rules for words but to take them as they come.
  await sql`create virtual table terms using fts5 (
    stems, content = '', contentless_delete = 1, tokenize = "ascii tokenchars '_'"
  )`.execute(db)
  await sql`create virtual table terms_held using fts5vocab ('terms', 'row')`.execute(db)
  await schema
    .createTable('index_version')
    .addColumn('version', 'integer', (c) => c.notNull())
    .execute()
}
