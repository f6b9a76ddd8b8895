import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { sql } from 'kysely'
import { insertEvents, insertTexts } from '../../src/store/append.ts'
import { openDatabase } from '../../src/store/database.ts'
import { storesOver } from '../../src/store/stores.ts'
import { start } from '../../src/story/decide.ts'
import { isRefusal } from '../../src/story/draft.ts'
import type { RecordedEvent } from '../../src/story/event.ts'
import { FIRST_STRAND } from '../../src/story/lineage.ts'
import { type NewText, ROOT_BRANCH } from '../../src/story/ref.ts'
import { emptyState } from '../../src/story/state.ts'
import { between, randomFrom } from '../tokens/words.ts'

const ref = { story: 'story', branch: ROOT_BRANCH }

type Times = { readonly p50: number; readonly p95: number }

/** In milliseconds, of as many recalls by either way. */
export type Ratios = { readonly skein: Times; readonly plain: Times }

const VOCABULARY = 20_000

/** Words as languages have them: few of them stand almost everywhere, and most hardly anywhere (Zipf). */
const zipfian = (random: () => number) => {
  const spelled = (rank: number): string => {
    let word = ''
    for (let left = rank + 1; left > 0; left = Math.floor(left / 20))
      word += `${'bdfgklmnprstvzchjwqx'[left % 20]}${'aeiou'[left % 5]}`
    return `${word}n`
  }
  return (): string => spelled(Math.floor(VOCABULARY ** random()))
}

const sentence = (word: () => string, length: number): string => Array.from({ length }, word).join(' ')

/** How many memories are written at a time. */
const BULK = 5000

/** How many are asked for at a time, and how often. */
const LIMIT = 8
const QUERIES = 200
const WARMING = 20
const PLAIN_TOP = 50

const write = async (directory: string, memories: number, owners: number): Promise<void> => {
  const db = await openDatabase(directory)
  await sql`pragma synchronous = off`.execute(db)
  let ids = 0
  const newId = () => {
    ids += 1
    return `id${ids}`
  }
  const { store } = storesOver(db, () => 0, newId)
  const begun = start(
    emptyState,
    { player: { id: '1', displayName: 'Player' }, title: 'Story', premise: undefined },
    newId,
  )
  if (isRefusal(begun)) throw new Error(begun.refused)
  await store.create({ ref, guild: '1', thread: '2', parent: '3' }, begun, { ids: [], channel: null })
  const random = randomFrom(memories + owners)
  const word = zipfian(random)
  let seq = begun.events.length
  for (let from = 0; from < memories; from += BULK) {
    const texts: NewText[] = []
    const events = Array.from({ length: Math.min(BULK, memories - from) }, (_, at): RecordedEvent => {
      const text = newId()
      texts.push({ id: text, author: 'skein', body: sentence(word, between(random, 8, 24)) })
      seq += 1
      const owner = `owner${(from + at) % owners}`
      const turn = Math.ceil((from + at + 1) / owners)
      return {
        type: 'memory.formed',
        data: {
          ...{ memory: newId(), owner, text, witnesses: [owner], source: 'direct', toldBy: null, chain: [] },
          ...{ reliability: 1, significance: between(random, 0, 3), lines: [], minutes: turn },
          scene: Math.ceil(turn / 20),
        },
        ...{ seq, strand: FIRST_STRAND, turn: 1, alternate: null, at: 0, actor: 'skein' },
      }
    })
    await db.transaction().execute(async (trx) => {
      await insertTexts(trx, ref.story, texts)
      await insertEvents(trx, ref.story, events)
    })
  }
  await db.updateTable('stories').set({ last_seq: seq }).execute()
  await db.updateTable('strands').set({ tip: seq }).execute()
  await db.updateTable('branches').set({ head_seq: seq }).execute()
  await db.destroy()
}

/** The plain way: one index over all, in the same file, and the owner joined to what it finds. */
const plainIn = (directory: string) => {
  const database = new Database(join(directory, 'skein.sqlite'))
  database.exec(`
    create virtual table plain using fts5 (body, tokenize = 'porter unicode61');
    create table plain_owners (id integer primary key, owner text not null);
    insert into plain_owners select m.rowid, m.owner from memories m;
    insert into plain (rowid, body)
      select m.rowid, t.body from memories m join texts t on t.story = m.story and t.id = m.text;
  `)
  const find = database.prepare(`select plain.rowid, plain.body from plain
    join plain_owners on plain_owners.id = plain.rowid
    where plain match ? and plain_owners.owner = ? order by rank limit ${PLAIN_TOP}`)
  return {
    find: (words: readonly string[], owner: string): void => {
      find.all(words.map((word) => `"${word}"`).join(' OR '), owner)
    },
    close: () => database.close(),
  }
}

const percentile = (times: readonly number[], share: number): number =>
  times.toSorted((one, other) => one - other)[Math.floor(times.length * share)] ?? 0

const timesOf = (times: readonly number[]): Times => ({
  p50: percentile(times, 0.5),
  p95: percentile(times, 0.95),
})

/** Asks either way in turn, so that whatever slows the machine down slows both. */
const ask = async (directory: string, owners: number): Promise<Ratios> => {
  const plain = plainIn(directory)
  const db = await openDatabase(directory)
  const { store, recollections } = storesOver(
    db,
    () => 0,
    () => 'id',
  )
  const head = await store.load(ref)
  if (!head) throw new Error('the story is not there')
  const random = randomFrom(7)
  const word = zipfian(random)
  const [skein, other]: [number[], number[]] = [[], []]
  for (let nth = 0; nth < WARMING + QUERIES; nth += 1) {
    const owner = `owner${Math.floor(random() * owners)}`
    const words = sentence(word, between(random, 4, 9)).split(' ')
    const query = {
      texts: [{ text: words.join(' '), weight: 1 }],
      cast: [],
      now: { minutes: 0, anchor: undefined },
    }
    const begun = performance.now()
    await recollections.recall(head, owner, query, LIMIT)
    const recalled = performance.now()
    plain.find(words, owner)
    const ended = performance.now()
    if (nth < WARMING) continue
    skein.push(recalled - begun)
    other.push(ended - recalled)
  }
  plain.close()
  await db.destroy()
  return { skein: timesOf(skein), plain: timesOf(other) }
}

/** How long either way takes among so many memories of so many owners. */
export const speedsAt = async (memories: number, owners: number): Promise<Ratios> => {
  const directory = await mkdtemp(join(tmpdir(), 'skein-recall-'))
  try {
    await write(directory, memories, owners)
    return await ask(directory, owners)
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}
