import Database from 'better-sqlite3'

/** Where entities are kept between runs: JSON values by kind and id. Every write is there when the call returns. */
export type Rows = {
  load(kind: string): { readonly id: string; readonly value: unknown }[]
  save(kind: string, id: string, value: unknown): void
  remove(kind: string, id: string): void
  /** All of `work`'s writes reach the disk, or none. */
  atomically<T>(work: () => T): T
  close(): void
}

/** Keeps nothing: the world ends with the process. */
export const noRows = (): Rows => ({
  load: () => [],
  save: () => {},
  remove: () => {},
  atomically: (work) => work(),
  close: () => {},
})

/**
 * One SQLite file. WAL with NORMAL survives a killed process, which is all that a sandbox needs: only a power cut
 * could lose the last writes.
 */
export const sqliteRows = (file: string): Rows => {
  const db = new Database(file)
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = NORMAL')
  db.exec(
    'CREATE TABLE IF NOT EXISTS entity (kind TEXT, id TEXT, json TEXT, PRIMARY KEY (kind, id)) WITHOUT ROWID',
  )
  const all = db.prepare<[string], { id: string; json: string }>('SELECT id, json FROM entity WHERE kind = ?')
  const put = db.prepare('INSERT OR REPLACE INTO entity (kind, id, json) VALUES (?, ?, ?)')
  const drop = db.prepare('DELETE FROM entity WHERE kind = ? AND id = ?')
  return {
    load: (kind) => all.all(kind).map(({ id, json }) => ({ id, value: JSON.parse(json) as unknown })),
    save: (kind, id, value) => {
      put.run(kind, id, JSON.stringify(value))
    },
    remove: (kind, id) => {
      drop.run(kind, id)
    },
    atomically: (work) => db.transaction(work)(),
    close: () => {
      db.close()
    },
  }
}
