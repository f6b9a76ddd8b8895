import Database from 'better-sqlite3'

/** Where entities are kept between runs: JSON values by kind and id. Every write is there when the call returns. */
export type Rows = {
  load(kind: string): { readonly id: string; readonly value: unknown }[]
  save(kind: string, id: string, value: unknown): void
  remove(kind: string, id: string): void
  /** The bytes of a file. Unlike entities they are not loaded at the start, but when someone asks for them. */
  readBytes(id: string): Buffer | undefined
  saveBytes(id: string, bytes: Buffer): void
  removeBytes(id: string): void
  /** All of `work`'s writes reach the disk, or none. */
  atomically<T>(work: () => T): T
  close(): void
}

/** Keeps nothing: the world ends with the process. */
export const noRows = (): Rows => {
  // Nobody else holds the bytes of files, so that they are here as long as the world is.
  const files = new Map<string, Buffer>()
  return {
    load: () => [],
    save: () => {},
    remove: () => {},
    readBytes: (id) => files.get(id),
    saveBytes: (id, bytes) => {
      files.set(id, bytes)
    },
    removeBytes: (id) => {
      files.delete(id)
    },
    atomically: (work) => work(),
    close: () => {},
  }
}

const TABLES = `
  CREATE TABLE IF NOT EXISTS entity (kind TEXT, id TEXT, json TEXT, PRIMARY KEY (kind, id)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS file (id TEXT PRIMARY KEY, bytes BLOB);
`

/**
 * One SQLite file. WAL with NORMAL survives a killed process, which is all that a sandbox needs: only a power cut
 * could lose the last writes.
 */
export const sqliteRows = (file: string): Rows => {
  const db = new Database(file)
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = NORMAL')
  db.exec(TABLES)
  const all = db.prepare<[string], { id: string; json: string }>('SELECT id, json FROM entity WHERE kind = ?')
  const put = db.prepare('INSERT OR REPLACE INTO entity (kind, id, json) VALUES (?, ?, ?)')
  const drop = db.prepare('DELETE FROM entity WHERE kind = ? AND id = ?')
  const oneFile = db.prepare<[string], { bytes: Buffer }>('SELECT bytes FROM file WHERE id = ?')
  const putFile = db.prepare('INSERT OR REPLACE INTO file (id, bytes) VALUES (?, ?)')
  const dropFile = db.prepare('DELETE FROM file WHERE id = ?')
  return {
    load: (kind) => all.all(kind).map(({ id, json }) => ({ id, value: JSON.parse(json) as unknown })),
    save: (kind, id, value) => {
      put.run(kind, id, JSON.stringify(value))
    },
    remove: (kind, id) => {
      drop.run(kind, id)
    },
    readBytes: (id) => oneFile.get(id)?.bytes,
    saveBytes: (id, bytes) => {
      putFile.run(id, bytes)
    },
    removeBytes: (id) => {
      dropFile.run(id)
    },
    atomically: (work) => db.transaction(work)(),
    close: () => {
      db.close()
    },
  }
}
