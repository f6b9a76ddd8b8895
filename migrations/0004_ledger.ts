import type { Kysely, SchemaModule } from 'kysely'

/** What is known of a model call before it is made: whose it is, and what it is for. */
const call = (schema: SchemaModule, table: string) =>
  schema
    .createTable(table)
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('guild', 'text', (c) => c.notNull())
    .addColumn('player', 'text')
    .addColumn('story', 'text', (c) => c.references('stories.id'))
    .addColumn('branch', 'text')
    .addColumn('turn', 'text')
    .addColumn('role', 'text', (c) => c.notNull())
    .addColumn('connection', 'text', (c) => c.notNull())
    .addColumn('model', 'text', (c) => c.notNull())
    .addColumn('at', 'integer', (c) => c.notNull())
    .addColumn('day', 'text', (c) => c.notNull())

const makeCalls = async (schema: SchemaModule): Promise<void> => {
  await call(schema, 'reservations').addColumn('amount', 'integer').execute()
  await call(schema, 'calls')
    .addColumn('input', 'integer')
    .addColumn('cached', 'integer')
    .addColumn('reasoning', 'integer')
    .addColumn('output', 'integer')
    .addColumn('first_token_ms', 'integer')
    .addColumn('total_ms', 'integer')
    .addColumn('price', 'integer')
    .addColumn('outcome', 'text', (c) => c.notNull())
    .execute()
  await schema.createIndex('calls_by_story').on('calls').columns(['story', 'turn']).execute()
  await schema.createIndex('calls_by_day').on('calls').columns(['guild', 'day']).execute()
}

const makePrices = (schema: SchemaModule): Promise<void> =>
  schema
    .createTable('prices')
    .addColumn('model', 'text', (c) => c.notNull())
    .addColumn('connection', 'text', (c) => c.notNull())
    .addColumn('from', 'integer', (c) => c.notNull())
    .addColumn('input', 'integer', (c) => c.notNull())
    .addColumn('cached', 'integer', (c) => c.notNull())
    .addColumn('output', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('prices_key', ['model', 'connection', 'from'])
    .execute()

const makeBudgets = async (schema: SchemaModule): Promise<void> => {
  await schema
    .createTable('budgets')
    .addColumn('guild', 'text', (c) => c.notNull())
    .addColumn('subject', 'text', (c) => c.notNull())
    .addColumn('scope', 'text', (c) => c.notNull())
    .addColumn('window', 'text', (c) => c.notNull())
    .addColumn('limit', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('budgets_key', ['guild', 'subject', 'scope', 'window'])
    .execute()
  await schema
    .createTable('totals')
    .addColumn('guild', 'text', (c) => c.notNull())
    .addColumn('subject', 'text', (c) => c.notNull())
    .addColumn('period', 'text', (c) => c.notNull())
    .addColumn('scope', 'text', (c) => c.notNull())
    .addColumn('spent', 'integer', (c) => c.notNull())
    .addColumn('reserved', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('totals_key', ['guild', 'subject', 'period', 'scope'])
    .execute()
}

/** What model calls cost, what they may cost, and the sums by which a limit is checked without counting calls. */
export const up = async ({ schema }: Kysely<unknown>): Promise<void> => {
  await makeCalls(schema)
  await makePrices(schema)
  await makeBudgets(schema)
}
