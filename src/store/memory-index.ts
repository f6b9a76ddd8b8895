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

/** Up to which id those of an owner stand, and from which. */
export const idsOf = (owner: number): { readonly first: number; readonly last: number } => ({
  first: indexId(owner, 0),
  last: indexId(owner, NUMBERS - 1),
})

/** A stem as a term of an owner's. Terms of one are not found by those of another. */
export const termOf = (owner: number, stem: string): string => `${owner.toString(36)}_${stem}`

/** The stems that a memory can be found by. */
const findable = (stems: readonly string[]): string[] => stems.filter((stem) => !isEnd(stem) && !isStop(stem))

const wordsAmong = (stems: readonly string[]): number => stems.filter((stem) => !isEnd(stem)).length

/** A memory to be found later, with its words and whose lines it rests on. */
type Entry = {
  readonly memory: string
  readonly owner: string
  readonly body: string
  readonly speakers: readonly string[]
}

const enter = async (db: Db, story: string, owner: string, entries: readonly Entry[]): Promise<void> => {
  const before = await db
    .insertInto('owners')
    .values({ story, owner, last: 0, memories: 0, stems: 0 })
    .onConflict((conflict) => conflict.columns(['story', 'owner']).doUpdateSet({ owner }))
    .returning(['id', 'last', 'memories', 'stems'])
    .executeTakeFirstOrThrow()
  const rows = entries.map(({ memory, body, speakers }, at) => {
    const stems = stemsOf(body)
    return { memory, speakers, stems, id: indexId(before.id, before.last + at + 1) }
  })
  for (const some of chunksOf(rows)) {
    await db
      .insertInto('indexed')
      .values(
        some.map(({ id, memory, speakers, stems }) => ({
          ...{ id, story, memory },
          speakers: JSON.stringify(speakers),
          stems: stems.join(' '),
        })),
      )
      .execute()
    await db
      .insertInto('terms')
      .values(
        some.map(({ id, stems }) => ({
          rowid: id,
          stems: findable(stems)
            .map((stem) => termOf(before.id, stem))
            .join(' '),
        })),
      )
      .execute()
  }
  await db
    .updateTable('owners')
    .set({
      last: before.last + rows.length,
      memories: before.memories + rows.length,
      stems: before.stems + rows.reduce((sum, { stems }) => sum + wordsAmong(stems), 0),
    })
    .where('id', '=', before.id)
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
  for (const [owner, own] of Map.groupBy(entries, (entry) => entry.owner)) await enter(db, story, owner, own)
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
  for (const [owner, gone] of Map.groupBy(rows, ({ id }) => Math.floor(id / NUMBERS)))
    await db
      .updateTable('owners')
      .set((eb) => ({
        memories: eb('memories', '-', gone.length),
        stems: eb(
          'stems',
          '-',
          gone.reduce((sum, { stems }) => sum + wordsAmong(stems.split(' ')), 0),
        ),
      }))
      .where('id', '=', owner)
      .execute()
}

/** Takes the memories out that have some texts: their words are gone. */
export const unindex = async (db: Db, story: string, texts: readonly string[]): Promise<void> => {
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
  }
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
