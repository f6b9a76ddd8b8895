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
    witnesses: Ids.parse(JSON.parse(row.witnesses)),
    lines: Ids.parse(JSON.parse(row.cites)),
  }),
  body: row.body,
  turn: row.turn,
})

/** The seq from which on an entity remembers: that of the newest reset that covers it, or 0. */
const remembersFrom = async (db: Db, view: View, owner: string): Promise<number> => {
  const { seq } = await db
    .selectFrom('resets')
    .select((eb) => eb.fn.max('seq').as('seq'))
    .where((eb) => eb.or([eb('owner', 'is', null), eb('owner', '=', owner)]))
    .where(isSeen('resets', view))
    .where(isInForce('resets', view))
    .executeTakeFirstOrThrow()
  return seq ?? 0
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

const memoriesOf = async (
  db: Db,
  head: Head,
  owner: string,
  offset: number,
  limit: number,
): Promise<Remembered[]> => {
  const view = viewFrom(head)
  const rows = await memoriesIn(db, view)
    .where('memories.owner', '=', owner)
    .where('memories.seq', '>', await remembersFrom(db, view, owner))
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
  return row && row.seq > (await remembersFrom(db, view, row.owner)) ? asRemembered(row) : undefined
}

const factsOf = async (db: Db, head: Head, owner: string): Promise<KnownFact[]> => {
  const view = viewFrom(head)
  return db
    .selectFrom('facts')
    .innerJoin('texts', (join) =>
      join.onRef('texts.story', '=', 'facts.story').onRef('texts.id', '=', 'facts.text'),
    )
    .select(['facts.id as fact', 'facts.owner', 'texts.body'])
    .where('facts.story', '=', view.story)
    .where('facts.owner', '=', owner)
    .where(isSeen('facts', view))
    .where(isInForce('facts', view))
    .where('facts.seq', '>', await remembersFrom(db, view, owner))
    .orderBy('facts.seq')
    .orderBy('facts.id')
    .execute()
}

/** What entities remember and know. */
export const memoryStore = (db: Db): MemoryStore => ({
  memoriesOf: (head, owner, offset, limit) => memoriesOf(db, head, owner, offset, limit),
  memory: (head, id) => memory(db, head, id),
  factsOf: (head, owner) => factsOf(db, head, owner),
})
