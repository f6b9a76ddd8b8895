import Database from 'better-sqlite3'
import { termsFor } from '../../src/store/memory-index.ts'
import { fileIn } from './story.ts'

const GROWING = [
  ...['events', 'turns', 'texts', 'lines', 'memories', 'facts', 'replaced', 'resets', 'citations'],
  ...['checkpoints', 'sources', 'drafts', 'indexed'],
] as const
const CHANGING = ['stories', 'strands', 'branches'] as const

type Row = Readonly<Record<string, unknown>>
export type Written = ReadonlyMap<string, readonly Row[]>

/** Tells what an append has written to a data directory: the rows that came since it was last asked, and the head's. */
export const rowsIn = (directory: string) => {
  const database = new Database(fileIn(directory), { readonly: true })
  const newest = (table: string) =>
    database.prepare(`select coalesce(max(rowid), 0) from ${table}`).pluck().get() as number
  const marks = new Map<string, number>(GROWING.map((table) => [table, newest(table)]))
  return {
    written: (): Written => {
      const rows = GROWING.map((table) => {
        const since = database
          .prepare(`select * from ${table} where rowid > ?`)
          .all(marks.get(table)) as Row[]
        marks.set(table, newest(table))
        return [table, since] as const
      })
      // What finds them is not kept as it was written.
      const indexed = new Map(rows).get('indexed') ?? []
      const terms = indexed.map(({ id, stems }) => ({
        id,
        stems: termsFor(Number(id), String(stems).split(' ')),
      }))
      const changed = CHANGING.map((table) => {
        const newestFirst = `select * from ${table} order by rowid desc limit 1`
        return [table, database.prepare(newestFirst).all() as Row[]] as const
      })
      return new Map([...rows, ['terms', terms], ...changed])
    },
    close: () => database.close(),
  }
}

/** Writes rows to a data directory with nothing between them and SQLite: statements prepared once, one transaction. */
export const rawWriter = (directory: string) => {
  const database = new Database(fileIn(directory))
  database.pragma('synchronous = FULL')
  database.pragma('foreign_keys = ON')
  const columnsOf = (table: string) =>
    database.prepare('select name from pragma_table_info(?)').pluck().all(table) as string[]
  const inserts = GROWING.map((table) => {
    const columns = columnsOf(table)
    const values = columns.map((name) => `@${name}`)
    return [table, database.prepare(`insert into ${table} values (${values})`)] as const
  })
  const terms = ['terms', database.prepare('insert into terms (rowid, stems) values (@id, @stems)')] as const
  const updates = CHANGING.map((table) => {
    const columns = columnsOf(table).filter((name) => name !== 'story' && name !== 'id')
    const sets = columns.map((name) => `"${name}" = @${name}`)
    const key = table === 'stories' ? 'id = @id' : 'story = @story and id = @id'
    return [table, database.prepare(`update ${table} set ${sets} where ${key}`)] as const
  })
  const write = database.transaction((rows: Written) => {
    for (const [table, statement] of [...inserts, terms, ...updates])
      for (const row of rows.get(table) ?? []) statement.run(row)
  })
  return { write: (rows: Written) => write.immediate(rows), close: () => database.close() }
}
