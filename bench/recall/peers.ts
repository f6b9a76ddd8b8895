import Database from 'better-sqlite3'
import MiniSearch from 'minisearch'
import { isStop } from '../../src/recall/stop-words.ts'
import { stemOf, wordsOf } from '../../src/recall/terms.ts'
import type { StoryLine } from './stories.ts'
import { type Recalled, remembered } from './told.ts'

/** Another way to look for memories, over those of one owner. */
export type Peer = (query: string, limit: number) => Recalled[]

const asRecalled = (lines: readonly StoryLine[], at: number): Recalled[] => {
  const line = lines[at]
  return line ? [{ line: line.id, body: remembered(line) }] : []
}

/** FTS5 as it comes: any word of the query, by its own ranking. `isTuned`: porter's stems, without stop words. */
export const fts5 = (lines: readonly StoryLine[], isTuned: boolean): Peer => {
  const db = new Database(':memory:')
  const tokenizer = isTuned ? 'porter unicode61' : 'unicode61'
  db.exec(`create virtual table memories using fts5(body, tokenize = '${tokenizer}')`)
  const insert = db.prepare('insert into memories (rowid, body) values (?, ?)')
  db.transaction(() => {
    for (const [at, line] of lines.entries()) insert.run(at, remembered(line))
  })()
  const find = db.prepare('select rowid from memories where memories match ? order by rank limit ?').pluck()
  return (query, limit) => {
    const words = wordsOf(query).filter((word) => !isTuned || !isStop(stemOf(word)))
    if (words.length === 0) return []
    const match = words.map((word) => `"${word}"`).join(' OR ')
    return (find.all(match, limit) as number[]).flatMap((at) => asRecalled(lines, at))
  }
}

/** MiniSearch with stems, stop words left out, and a little room for misspellings and endings. */
export const miniSearch = (lines: readonly StoryLine[]): Peer => {
  const search = new MiniSearch<{ id: number; body: string }>({
    fields: ['body'],
    processTerm: (word) => {
      const [stem] = wordsOf(word).map(stemOf)
      return stem === undefined || isStop(stem) ? null : stem
    },
    searchOptions: { prefix: true, fuzzy: 0.1 },
  })
  search.addAll(lines.map((line, id) => ({ id, body: remembered(line) })))
  return (query, limit) =>
    search
      .search(query)
      .slice(0, limit)
      .flatMap(({ id }) => asRecalled(lines, id))
}
