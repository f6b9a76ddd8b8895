import { type Kysely, type SchemaModule, sql } from 'kysely'

const story = (schema: SchemaModule, table: string) =>
  schema.createTable(table).addColumn('story', 'text', (c) => c.notNull().references('stories.id'))

/** The story, and where in its log a row belongs: what a head sees is told by these. */
const placed = (schema: SchemaModule, table: string) =>
  story(schema, table)
    .addColumn('strand', 'integer', (c) => c.notNull())
    .addColumn('seq', 'integer', (c) => c.notNull())
    .addColumn('turn', 'integer', (c) => c.notNull())
    .addColumn('alternate', 'integer')

const FIRST_STRAND = 1
const NO_END = Number.MAX_SAFE_INTEGER

// biome-ignore lint/suspicious/noExplicitAny: the tables of a migration are those of its own time
type Then = any

/** What stood in a log without strands stands on the first one. Only what Skein told is of an alternate. */
const alternateOf = (table: 'events' | 'lines') =>
  sql<number | null>`case when exists (
    select 1 from old_events e where e.story = ${sql.ref(`old_${table}.story`)} and e.seq = ${sql.ref(`old_${table}.seq`)}
      and (e.actor = 'skein' or e.type = 'turn.retried')
  ) then 0 end`

const makeLog = async (db: Kysely<Then>): Promise<void> => {
  await placed(db.schema, 'events')
    .addColumn('at', 'integer', (c) => c.notNull())
    .addColumn('actor', 'text', (c) => c.notNull())
    .addColumn('type', 'text', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('data', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('events_key', ['story', 'strand', 'seq'])
    .execute()
  await story(db.schema, 'strands')
    .addColumn('id', 'integer', (c) => c.notNull())
    .addColumn('parent', 'integer')
    .addColumn('fork_seq', 'integer', (c) => c.notNull())
    .addColumn('tip', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('strands_key', ['story', 'id'])
    .execute()
  await story(db.schema, 'lineage')
    .addColumn('strand', 'integer', (c) => c.notNull())
    .addColumn('ancestor', 'integer', (c) => c.notNull())
    .addColumn('upto', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('lineage_key', ['story', 'strand', 'ancestor'])
    .execute()
  await story(db.schema, 'turns')
    .addColumn('strand', 'integer', (c) => c.notNull())
    .addColumn('turn', 'integer', (c) => c.notNull())
    .addColumn('seq', 'integer', (c) => c.notNull())
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('after', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('turns_key', ['story', 'turn', 'strand'])
    .execute()
  await db.schema.createIndex('turns_by_id').on('turns').columns(['story', 'id']).execute()
  await story(db.schema, 'checkpoints')
    .addColumn('strand', 'integer', (c) => c.notNull())
    .addColumn('seq', 'integer', (c) => c.notNull())
    .addColumn('turn', 'integer', (c) => c.notNull())
    .addColumn('alternate', 'integer', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('state', 'blob', (c) => c.notNull())
    .addPrimaryKeyConstraint('checkpoints_key', ['story', 'turn', 'strand', 'seq', 'alternate'])
    .execute()
}

const makeRows = async (db: Kysely<Then>): Promise<void> => {
  await story(db.schema, 'texts')
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('author', 'text', (c) => c.notNull())
    .addColumn('body', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('texts_key', ['story', 'id'])
    .execute()
  await placed(db.schema, 'lines')
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('place', 'integer', (c) => c.notNull())
    .addColumn('part', 'integer', (c) => c.notNull())
    .addColumn('speaker', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('text', 'text', (c) => c.notNull())
    .addColumn('witnesses', 'text', (c) => c.notNull())
    .addColumn('source', 'text')
    .addPrimaryKeyConstraint('lines_key', ['story', 'id'])
    .execute()
  await placed(db.schema, 'memories')
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('owner', 'text', (c) => c.notNull())
    .addColumn('text', 'text', (c) => c.notNull())
    .addColumn('witnesses', 'text', (c) => c.notNull())
    .addColumn('source', 'text', (c) => c.notNull())
    .addColumn('told_by', 'text')
    .addColumn('reliability', 'real', (c) => c.notNull())
    .addColumn('significance', 'integer', (c) => c.notNull())
    .addColumn('minutes', 'integer', (c) => c.notNull())
    .addColumn('scene', 'integer')
    .addColumn('cites', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('memories_key', ['story', 'id'])
    .execute()
  await placed(db.schema, 'facts')
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('owner', 'text', (c) => c.notNull())
    .addColumn('text', 'text', (c) => c.notNull())
    .addColumn('cites', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('facts_key', ['story', 'id'])
    .execute()
  await placed(db.schema, 'replaced')
    .addColumn('target', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('replaced_key', ['story', 'target', 'strand', 'seq'])
    .execute()
  await placed(db.schema, 'resets')
    .addColumn('owner', 'text')
    .addPrimaryKeyConstraint('resets_key', ['story', 'strand', 'seq'])
    .execute()
  await story(db.schema, 'citations')
    .addColumn('line', 'text', (c) => c.notNull())
    .addColumn('text', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('citations_key', ['story', 'line', 'text'])
    .execute()
}

const makeBranches = async (db: Kysely<Then>): Promise<void> => {
  await story(db.schema, 'branches')
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('name', 'text')
    .addColumn('description', 'text')
    .addColumn('parent', 'text')
    .addColumn('fork_turn', 'integer')
    .addColumn('created_at', 'integer', (c) => c.notNull())
    .addColumn('updated_at', 'integer', (c) => c.notNull())
    .addColumn('deleted_at', 'integer')
    .addColumn('strand', 'integer', (c) => c.notNull())
    .addColumn('head_seq', 'integer', (c) => c.notNull())
    .addColumn('turn', 'integer', (c) => c.notNull())
    .addColumn('alternate', 'integer', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('state_version', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('branches_key', ['story', 'id'])
    .execute()
  await story(db.schema, 'moves')
    .addColumn('branch', 'text', (c) => c.notNull())
    .addColumn('id', 'integer', (c) => c.notNull())
    .addColumn('at', 'integer', (c) => c.notNull())
    .addColumn('actor', 'text', (c) => c.notNull())
    .addColumn('cause', 'text', (c) => c.notNull())
    .addColumn('undoes', 'integer')
    .addColumn('from', 'text', (c) => c.notNull())
    .addColumn('to', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('moves_key', ['story', 'branch', 'id'])
    .execute()
}

const makeDeliveries = async (db: Kysely<Then>): Promise<void> => {
  await story(db.schema, 'drafts')
    .addColumn('branch', 'text', (c) => c.notNull())
    .addColumn('turn', 'text', (c) => c.notNull())
    .addColumn('text', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('drafts_key', ['story', 'branch', 'turn'])
    .execute()
  await db.schema
    .createTable('posts')
    .addColumn('message', 'text', (c) => c.primaryKey())
    .addColumn('channel', 'text', (c) => c.notNull())
    .addColumn('story', 'text', (c) => c.notNull().references('stories.id'))
    .addColumn('branch', 'text', (c) => c.notNull())
    .addColumn('turn', 'text', (c) => c.notNull())
    .addColumn('part', 'integer', (c) => c.notNull())
    .addColumn('strand', 'integer')
    .addColumn('seq', 'integer')
    .addColumn('look', 'text', (c) => c.notNull())
    .execute()
}

const ALTERED = ['events', 'texts', 'lines', 'branches', 'drafts', 'posts']

const INDEXES = ['texts_by_author', 'lines_by_place', 'posts_by_turn']

const makeIndexes = async (db: Kysely<Then>): Promise<void> => {
  const index = (name: string, on: string, columns: string[]) =>
    db.schema.createIndex(name).on(on).columns(columns).execute()
  await index('texts_by_author', 'texts', ['author', 'story'])
  await index('lines_by_place', 'lines', ['story', 'strand', 'turn', 'place', 'seq'])
  await index('lines_by_source', 'lines', ['source', 'story'])
  await index('memories_by_owner', 'memories', ['story', 'owner', 'seq', 'strand'])
  await index('facts_by_owner', 'facts', ['story', 'owner', 'seq', 'strand'])
  await index('posts_by_turn', 'posts', ['story', 'turn'])
  await index('posts_by_channel', 'posts', ['channel', 'message'])
  await index('checkpoints_by_version', 'checkpoints', ['version'])
}

const copyLog = async (db: Kysely<Then>): Promise<void> => {
  const first = sql.lit(FIRST_STRAND)
  await sql`insert into events (story, strand, seq, turn, alternate, at, actor, type, version, data)
    select story, ${first}, seq, turn, ${alternateOf('events')}, at, actor, type, version, data from old_events`.execute(
    db,
  )
  await sql`insert into texts (story, id, author, body) select story, id, author, body from old_texts`.execute(
    db,
  )
  await sql`insert into lines (story, strand, seq, turn, alternate, id, place, part, speaker, kind, text, witnesses)
    select story, ${first}, seq, turn, ${alternateOf('lines')}, id, seq, 0, speaker, kind, text, witnesses
    from old_lines`.execute(db)
  await sql`insert into strands (story, id, fork_seq, tip)
    select id, ${first}, 0, last_seq from stories`.execute(db)
  await sql`insert into lineage (story, strand, ancestor, upto)
    select id, ${first}, ${first}, ${sql.lit(NO_END)} from stories`.execute(db)
  await sql`insert into turns (story, strand, turn, seq, id, after)
    select story, ${first}, turn, seq, cast(turn as text), 0 from old_events where type = 'turn.opened'`.execute(
    db,
  )
}

const copyHeads = async (db: Kysely<Then>): Promise<void> => {
  await sql`insert into branches (story, id, created_at, updated_at, strand, head_seq, turn, alternate, state, state_version)
    select b.story, b.id, s.created_at, s.updated_at, ${sql.lit(FIRST_STRAND)}, b.head_seq, b.turn, 0, b.state, b.state_version
    from old_branches b join stories s on s.id = b.story`.execute(db)
  await sql`insert into drafts (story, branch, turn, text)
    select story, branch, cast(turn as text), text from old_drafts`.execute(db)
  await sql`insert into posts (message, channel, story, branch, turn, part, strand, seq, look)
    select p.message, p.channel, p.story, p.branch, cast(p.turn as text), p.part, ${sql.lit(FIRST_STRAND)},
      (select max(e.seq) from old_events e where e.story = p.story and e.turn = p.turn
        and e.type in ('turn.told', 'turn.failed')), 'plain'
    from old_posts p`.execute(db)
}

/**
 * Strands and heads, so that a story can be wound back, split and wound again; the rows of memories and facts; and
 * turns by their own id, because a number can be had by turns of several branches.
 */
export const up = async (db: Kysely<Then>): Promise<void> => {
  for (const name of INDEXES) await db.schema.dropIndex(name).execute()
  for (const table of ALTERED) await db.schema.alterTable(table).renameTo(`old_${table}`).execute()
  await makeLog(db)
  await makeRows(db)
  await makeBranches(db)
  await makeDeliveries(db)
  await makeIndexes(db)
  await copyLog(db)
  await copyHeads(db)
  for (const table of ALTERED) await db.schema.dropTable(`old_${table}`).execute()
  await db.schema.alterTable('stories').addColumn('archived_at', 'integer').execute()
  await db.schema.alterTable('stories').addColumn('deleted_at', 'integer').execute()
  await db.schema.alterTable('threads').addColumn('passed_over', 'text').execute()
  await db.schema
    .createTable('erasures')
    .addColumn('source', 'text', (c) => c.primaryKey())
    .addColumn('at', 'integer', (c) => c.notNull())
    .execute()
}
