import { z } from 'zod'
import type { Head } from '../story/head.ts'
import { Memory } from '../story/memory.ts'
import type { KnownFact, MemoryStore, Remembered } from '../turn/ports/timeline.ts'
import type { Db } from './database.ts'
import type { Row } from './schema.ts'
import { isInForce, isReplaced, isSeen, type View } from './seen.ts'
import { viewFrom } from './transcript.ts'

const Ids = z.array(z.string())

const asRemembered = (row: Row<'memories'> & { readonly body: string }): Remembered => ({
  ...Memory.parse({
    ...row,
    memory: row.id,
    toldBy: row.told_by,
    chain: Ids.parse(JSON.parse(row.chain)),
    witnesses: Ids.parse(JSON.parse(row.witnesses)),
    lines: Ids.parse(JSON.parse(row.cites)),
  }),
  body: row.body,
  turn: row.turn,
})

/** Tells the seq from which on an entity remembers: that of the newest reset that covers it, or 0. */
export const resetsIn = async (db: Db, view: View): Promise<(owner: string) => number> => {
  const rows = await db
    .selectFrom('resets')
    .select(['owner', (eb) => eb.fn.max('seq').as('seq')])
    .where(isSeen('resets', view))
    .where(isInForce('resets', view))
    .groupBy('owner')
    .execute()
  const newest = new Map(rows.map(({ owner, seq }) => [owner, seq]))
  return (owner) => Math.max(newest.get(null) ?? 0, newest.get(owner) ?? 0)
}

const memoriesIn = (db: Db, view: View) =>
  db
    .selectFrom('memories')
    .innerJoin('texts', (join) =>
      join.onRef('texts.story', '=', 'memories.story').onRef('texts.id', '=', 'memories.text'),
    )
    .selectAll('memories')
    .select('texts.body')
    .where('memories.story', '=', view.story)
    .where(isSeen('memories', view))
    .where(isInForce('memories', view))
    .where(({ not }) => not(isReplaced('memories', view)))

/** Memories of a story by their ids, with their words: of those that a head is known to have. */
export const rememberedAs = async (
  db: Db,
  story: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Remembered>> => {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('memories')
    .innerJoin('texts', (join) =>
      join.onRef('texts.story', '=', 'memories.story').onRef('texts.id', '=', 'memories.text'),
    )
    .selectAll('memories')
    .select('texts.body')
    .where('memories.story', '=', story)
    .where('memories.id', 'in', ids)
    .execute()
  return new Map(rows.map((row) => [row.id, asRemembered(row)]))
}

const memoriesOf = async (
  db: Db,
  head: Head,
  owner: string,
  offset: number,
  limit: number,
): Promise<Remembered[]> => {
  const view = viewFrom(head)
  const remembersFrom = await resetsIn(db, view)
  const rows = await memoriesIn(db, view)
    .where('memories.owner', '=', owner)
    .where('memories.seq', '>', remembersFrom(owner))
    .orderBy('memories.seq', 'desc')
    .orderBy('memories.id', 'desc')
    .offset(offset)
    .limit(limit)
    .execute()
  return rows.map(asRemembered)
}

const memory = async (db: Db, head: Head, id: string): Promise<Remembered | undefined> => {
  const view = viewFrom(head)
  const row = await memoriesIn(db, view).where('memories.id', '=', id).executeTakeFirst()
  return row && row.seq > (await resetsIn(db, view))(row.owner) ? asRemembered(row) : undefined
}

const factsIn = (db: Db, view: View) =>
  db
    .selectFrom('facts')
    .innerJoin('texts', (join) =>
      join.onRef('texts.story', '=', 'facts.story').onRef('texts.id', '=', 'facts.text'),
    )
    .select(['facts.id as fact', 'facts.owner', 'texts.body'])
    .where('facts.story', '=', view.story)
    .where(isSeen('facts', view))
    .where(isInForce('facts', view))

const factsOf = async (db: Db, head: Head, owner: string): Promise<KnownFact[]> => {
  const view = viewFrom(head)
  const remembersFrom = await resetsIn(db, view)
  return factsIn(db, view)
    .where('facts.owner', '=', owner)
    .where('facts.seq', '>', remembersFrom(owner))
    .orderBy('facts.seq')
    .orderBy('facts.id')
    .execute()
}

/** What everybody remembers and knows, by owner: memories the newest first, facts the oldest first. */
export const allRemembered = async (
  db: Db,
  head: Head,
): Promise<{ readonly memories: readonly Remembered[]; readonly facts: readonly KnownFact[] }> => {
  const view = viewFrom(head)
  const remembersFrom = await resetsIn(db, view)
  const isRemembered = ({ owner, seq }: Pick<Row<'memories'>, 'owner' | 'seq'>) => seq > remembersFrom(owner)
  const memories = await memoriesIn(db, view)
    .orderBy('memories.owner')
    .orderBy('memories.seq', 'desc')
    .orderBy('memories.id', 'desc')
    .execute()
  const facts = await factsIn(db, view)
    .select('facts.seq')
    .orderBy('facts.owner')
    .orderBy('facts.seq')
    .orderBy('facts.id')
    .execute()
  return {
    memories: memories.filter(isRemembered).map(asRemembered),
    facts: facts.filter(isRemembered).map(({ seq: _, ...fact }) => fact),
  }
}

/** What entities remember and know. */
export const memoryStore = (db: Db): MemoryStore => ({
  memoriesOf: (head, owner, offset, limit) => memoriesOf(db, head, owner, offset, limit),
  memory: (head, id) => memory(db, head, id),
  factsOf: (head, owner) => factsOf(db, head, owner),
})
