import type { ErasureStore } from '../turn/ports/timeline.ts'
import { chunksOf } from './chunks.ts'
import type { Db } from './database.ts'
import { unindex } from './memory-index.ts'
import { forgetRecords } from './records.ts'
import type { Trx } from './transact.ts'

/** Forgets the words of texts. The rows that point to them stay, and are no longer shown. */
const eraseTexts = async (trx: Trx, story: string, ids: readonly string[]): Promise<void> => {
  await unindex(trx, story, ids)
  for (const some of chunksOf(ids))
    await trx.deleteFrom('texts').where('story', '=', story).where('id', 'in', some).execute()
}

type Spoken = { readonly story: string; readonly id: string; readonly text: string }

/** The lines that took the place of others: where several messages were one turn, they have the source of the first. */
const wordedAnew = async (trx: Trx, story: string, ids: readonly string[]): Promise<Spoken[]> => {
  const found: Spoken[] = []
  for (const some of chunksOf(ids))
    found.push(
      ...(await trx
        .selectFrom('replaced')
        .innerJoin('lines', (join) =>
          join
            .onRef('lines.story', '=', 'replaced.story')
            .onRef('lines.strand', '=', 'replaced.strand')
            .onRef('lines.seq', '=', 'replaced.seq'),
        )
        .select(['lines.story', 'lines.id', 'lines.text'])
        .where('replaced.story', '=', story)
        .where('replaced.target', 'in', some)
        .execute()),
    )
  return found
}

/** The texts that rest on lines, summaries or other texts. */
const citing = async (trx: Trx, story: string, ids: readonly string[]): Promise<string[]> => {
  const found: string[] = []
  for (const some of chunksOf(ids)) {
    const rows = await trx
      .selectFrom('citations')
      .select('text')
      .where('story', '=', story)
      .where('line', 'in', some)
      .execute()
    found.push(...rows.map(({ text }) => text))
  }
  return found
}

const summariesWith = async (trx: Trx, story: string, texts: readonly string[]): Promise<string[]> => {
  const found: string[] = []
  for (const some of chunksOf(texts)) {
    const rows = await trx
      .selectFrom('summaries')
      .select('id')
      .where('story', '=', story)
      .where('text', 'in', some)
      .execute()
    found.push(...rows.map(({ id }) => id))
  }
  return found
}

/** The texts that rest on lines, and on what rests on them. */
const restingOn = async (trx: Trx, story: string, lines: readonly string[]): Promise<string[]> => {
  const found = new Set<string>()
  for (let ids = lines; ids.length > 0; ) {
    const texts = (await citing(trx, story, ids)).filter((text) => !found.has(text))
    for (const text of texts) found.add(text)
    ids = [...texts, ...(await summariesWith(trx, story, texts))]
  }
  return [...found]
}

/** Lines with all that ever took their place. */
const withNewerWordings = async (trx: Trx, story: string, lines: readonly Spoken[]): Promise<Spoken[]> => {
  const found = new Map(lines.map((line) => [line.id, line]))
  for (let newest = [...lines]; newest.length > 0; ) {
    const newer = await wordedAnew(
      trx,
      story,
      newest.map(({ id }) => id),
    )
    newest = newer.filter(({ id }) => !found.has(id))
    for (const line of newest) found.set(line.id, line)
  }
  return [...found.values()]
}

/** Erases what came from a message, in whichever wording and on every branch, and what rests on it. */
const eraseSource = async (trx: Trx, source: string): Promise<string[]> => {
  const lines = await trx
    .selectFrom('lines')
    .select(['story', 'id', 'text'])
    .where('source', '=', source)
    .execute()
  for (const [story, found] of Map.groupBy(lines, (line) => line.story)) {
    const spoken = await withNewerWordings(trx, story, found)
    const ids = spoken.map(({ id }) => id)
    const resting = await restingOn(trx, story, ids)
    await eraseTexts(trx, story, [...spoken.map(({ text }) => text), ...resting])
    await forgetRecords(trx, story)
  }
  return [...new Set(lines.map(({ story }) => story))]
}

/** A message whose words were erased, and when: milliseconds since the epoch. */
export type Erasure = { readonly source: string; readonly at: number }

const keep = async (trx: Trx, { source, at }: Erasure): Promise<void> => {
  await trx
    .insertInto('erasures')
    .values({ source, at })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Erases, in a database that comes back from a backup, what was erased since the backup was made. */
export const eraseAgain = async (db: Db, erased: readonly Erasure[]): Promise<void> => {
  await db.transaction().execute(async (trx) => {
    for (const erasure of erased) {
      await keep(trx, erasure)
      await eraseSource(trx, erasure.source)
    }
  })
}

/** Erases in a story what was erased elsewhere before it came. */
export const eraseAgainIn = async (trx: Trx, story: string): Promise<void> => {
  const erased = await trx
    .selectFrom('erasures')
    .select('source')
    .where('source', 'in', (from) => from.selectFrom('lines').select('source').where('story', '=', story))
    .execute()
  for (const { source } of erased) await eraseSource(trx, source)
}

/** `now` stamps erasures, in milliseconds since the epoch. They are kept: a backup must not bring words back. */
export const erasureStore = (db: Db, now: () => number): ErasureStore => ({
  eraseMessage: (source, expected = false) =>
    db.transaction().execute(async (trx) => {
      const stories = await eraseSource(trx, source)
      if (expected || stories.length > 0) await keep(trx, { source, at: now() })
      return stories
    }),
})
