import { sql } from 'kysely'
import { z } from 'zod'
import { isStop } from '../recall/stop-words.ts'
import { isEnd, stemsOf, TERMS_VERSION } from '../recall/terms.ts'
import type { RecordedEvent } from '../story/event.ts'
import { chunksOf } from './chunks.ts'
import type { Db } from './database.ts'
import type { Row } from './schema.ts'

/** How many memories an owner can have in the index: their numbers stand below the owner's in one whole number. */
const NUMBERS = 2 ** 28

/** The id in the index of an owner's memory, by the number of each. */
export const indexId = (owner: number, number: number): number => owner * NUMBERS + number

/** The number of the owner whose memory has an id. */
const ownerIn = (id: number): number => Math.floor(id / NUMBERS)

/** A stem as a term of an owner's. Terms of one are not found by those of another. */
export const termOf = (owner: number, stem: string): string => `${owner.toString(36)}_${stem}`

/** By what a memory with these stems is found, under its id. */
export const termsFor = (id: number, stems: readonly string[]): string =>
  stems
    .filter((stem) => !isEnd(stem) && !isStop(stem))
    .map((stem) => termOf(ownerIn(id), stem))
    .join(' ')

/** The stems of a memory as the index keeps them, and back. A text without words has none. */
const kept = (stems: readonly string[]): string => stems.join(' ')
export const stemsKept = (stems: string): string[] => (stems === '' ? [] : stems.split(' '))

const wordsAmong = (stems: readonly string[]): number => stems.filter((stem) => !isEnd(stem)).length

/** A memory to be found later, with its words and whose lines it rests on. */
type Entry = {
  readonly memory: string
  readonly owner: string
  readonly body: string
  readonly speakers: readonly string[]
}

type Owner = Pick<Row<'owners'>, 'id' | 'owner' | 'last' | 'memories' | 'stems'>

/** The owners of memories of a story, each with a number. */
const ownersOf = async (db: Db, story: string, owners: readonly string[]): Promise<Owner[]> => {
  const find = () =>
    db
      .selectFrom('owners')
      .select(['id', 'owner', 'last', 'memories', 'stems'])
      .where('story', '=', story)
      .where('owner', 'in', owners)
      .execute()
  const known = await find()
  if (known.length === owners.length) return known
  const none = { story, last: 0, memories: 0, stems: 0 }
  await db
    .insertInto('owners')
    .values(owners.map((owner) => ({ ...none, owner })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return find()
}

/** A memory as the index is to have it. */
type Numbered = Pick<Entry, 'memory' | 'speakers'> & {
  readonly id: number
  readonly stems: readonly string[]
}

const insert = async (db: Db, story: string, rows: readonly Numbered[]): Promise<void> => {
  for (const some of chunksOf(rows)) {
    await db
      .insertInto('indexed')
      .values(
        some.map(({ id, memory, speakers, stems }) => ({
          ...{ id, story, memory },
          speakers: JSON.stringify(speakers),
          stems: kept(stems),
        })),
      )
      .execute()
    await db
      .insertInto('terms')
      .values(some.map(({ id, stems }) => ({ rowid: id, stems: termsFor(id, stems) })))
      .execute()
  }
}

/** Enters memories, those of each owner after the ones that they have. */
const enter = async (db: Db, story: string, entries: readonly Entry[]): Promise<void> => {
  const byOwner = Map.groupBy(entries, ({ owner }) => owner)
  const owners = await ownersOf(db, story, [...byOwner.keys()])
  const entered = owners.map((before) => {
    const rows = (byOwner.get(before.owner) ?? []).map(
      ({ memory, speakers, body }, at): Numbered => ({
        ...{ memory, speakers, stems: stemsOf(body) },
        id: indexId(before.id, before.last + at + 1),
      }),
    )
    return { before, rows }
  })
  await insert(
    db,
    story,
    entered.flatMap(({ rows }) => rows),
  )
  await db
    .insertInto('owners')
    .values(
      entered.map(({ before, rows }) => ({
        ...{ id: before.id, story, owner: before.owner },
        last: before.last + rows.length,
        memories: before.memories + rows.length,
        stems: before.stems + rows.reduce((sum, { stems }) => sum + wordsAmong(stems), 0),
      })),
    )
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet((eb) => ({
        last: eb.ref('excluded.last'),
        memories: eb.ref('excluded.memories'),
        stems: eb.ref('excluded.stems'),
      })),
    )
    .execute()
}

const Ids = z.array(z.string())

type Placed = Pick<Row<'memories'>, 'id' | 'owner' | 'text' | 'cites'>

const bodiesOf = async (db: Db, story: string, ids: readonly string[]): Promise<Map<string, string>> => {
  const found = new Map<string, string>()
  for (const some of chunksOf(ids)) {
    const rows = await db
      .selectFrom('texts')
      .select(['id', 'body'])
      .where('story', '=', story)
      .where('id', 'in', some)
      .execute()
    for (const { id, body } of rows) found.set(id, body)
  }
  return found
}

const speakersOf = async (db: Db, story: string, lines: readonly string[]): Promise<Map<string, string>> => {
  const found = new Map<string, string>()
  for (const some of chunksOf([...new Set(lines)])) {
    const rows = await db
      .selectFrom('lines')
      .select(['id', 'speaker'])
      .where('story', '=', story)
      .where('id', 'in', some)
      .execute()
    for (const { id, speaker } of rows) found.set(id, speaker)
  }
  return found
}

/** Enters memories of a story in the order in which they were formed. Those whose words are gone are left out. */
const enterAll = async (db: Db, story: string, memories: readonly Placed[]): Promise<void> => {
  const rows = memories.map((row) => ({ ...row, lines: Ids.parse(JSON.parse(row.cites)) }))
  const bodies = await bodiesOf(
    db,
    story,
    rows.map(({ text }) => text),
  )
  const speakers = await speakersOf(
    db,
    story,
    rows.flatMap(({ lines }) => lines),
  )
  const entries = rows.flatMap(({ id, owner, text, lines }): Entry[] => {
    const body = bodies.get(text)
    if (body === undefined) return []
    const heard = lines.map((line) => speakers.get(line)).filter((speaker) => speaker !== undefined)
    return [{ memory: id, owner, body, speakers: [...new Set(heard)] }]
  })
  if (entries.length > 0) await enter(db, story, entries)
}

/** Enters the memories that events have formed. Their rows and texts are there by then. */
export const indexFormed = async (db: Db, story: string, events: readonly RecordedEvent[]): Promise<void> => {
  const formed = events.flatMap((event): Placed[] => {
    if (event.type !== 'memory.formed') return []
    const { memory, owner, text, lines } = event.data
    return [{ id: memory, owner, text, cites: JSON.stringify(lines) }]
  })
  if (formed.length > 0) await enterAll(db, story, formed)
}

const leave = async (db: Db, ids: readonly number[]): Promise<void> => {
  const rows = await db.selectFrom('indexed').select(['id', 'stems']).where('id', 'in', ids).execute()
  await db.deleteFrom('indexed').where('id', 'in', ids).execute()
  await db.deleteFrom('terms').where('rowid', 'in', ids).execute()
  for (const [owner, gone] of Map.groupBy(rows, ({ id }) => ownerIn(id)))
    await db
      .updateTable('owners')
      .set((eb) => ({
        memories: eb('memories', '-', gone.length),
        stems: eb(
          'stems',
          '-',
          gone.reduce((sum, { stems }) => sum + wordsAmong(stemsKept(stems)), 0),
        ),
      }))
      .where('id', '=', owner)
      .execute()
}

/** Takes the memories out that have some texts: their words are gone. */
export const unindex = async (db: Db, story: string, texts: readonly string[]): Promise<void> => {
  let left = 0
  for (const some of chunksOf(texts)) {
    const rows = await db
      .selectFrom('memories')
      .innerJoin('indexed', (join) =>
        join.onRef('indexed.story', '=', 'memories.story').onRef('indexed.memory', '=', 'memories.id'),
      )
      .select('indexed.id')
      .where('memories.story', '=', story)
      .where('memories.text', 'in', some)
      .execute()
    for (const ids of chunksOf(rows))
      await leave(
        db,
        ids.map(({ id }) => id),
      )
    left += rows.length
  }
  // Until it is written anew, the index only marks what was deleted: the words would stay in the file.
  if (left > 0) await sql`insert into terms (terms) values ('optimize')`.execute(db)
}

/** How many memories are read at a time. */
const BATCH = 2000

/** Makes the index anew where it was made by other rules, or never: in one transaction. */
export const keepIndexed = async (db: Db): Promise<void> => {
  const made = await db.selectFrom('index_version').select('version').executeTakeFirst()
  if (made?.version === TERMS_VERSION) return
  await db.transaction().execute(async (trx) => {
    await trx.deleteFrom('indexed').execute()
    await sql`insert into terms (terms) values ('delete-all')`.execute(trx)
    await trx.deleteFrom('owners').execute()
    const stories = await trx.selectFrom('stories').select('id').execute()
    for (const { id: story } of stories)
      for (let offset = 0; ; offset += BATCH) {
        const rows = await trx
          .selectFrom('memories')
          .select(['id', 'owner', 'text', 'cites'])
          .where('story', '=', story)
          .orderBy('seq')
          .orderBy('id')
          .offset(offset)
          .limit(BATCH)
          .execute()
        await enterAll(trx, story, rows)
        if (rows.length < BATCH) break
      }
    await trx.deleteFrom('index_version').execute()
    await trx.insertInto('index_version').values({ version: TERMS_VERSION }).execute()
  })
}
