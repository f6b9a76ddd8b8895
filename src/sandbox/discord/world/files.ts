import { madeAt } from '../snowflake.ts'
import type { Rows } from './rows.ts'
import { createTable } from './table.ts'

/** What a file needs in order to be served. Its id is the attachment's. */
export type StoredFile = {
  readonly id: string
  readonly channel: string
  readonly filename: string
  /** The kind of picture that it is by its bytes, if it is one: browsers show it. All else is for download. */
  readonly picture?: string | undefined
}

/** The bytes behind the attachments. */
export type Files = {
  ids(): string[]
  find(id: string): StoredFile | undefined
  read(id: string): Buffer | undefined
  keep(file: StoredFile, bytes: Buffer): void
  /** Holds a file in memory only: what people hand to a command. */
  lend(file: StoredFile, bytes: Buffer): void
  delete(id: string): void
  /** Forgets what was lent before this time. */
  endLoans(before: number): void
}

export const createFiles = (rows: Rows): Files => {
  const kept = createTable<StoredFile>(rows, 'file')
  const lent = new Map<string, { readonly file: StoredFile; readonly bytes: Buffer }>()
  return {
    ids: () => kept.all().map(({ id }) => id),
    find: (id) => kept.get(id) ?? lent.get(id)?.file,
    read: (id) => lent.get(id)?.bytes ?? rows.readBytes(id),
    keep: (file, bytes) => {
      kept.put(file.id, file)
      rows.saveBytes(file.id, bytes)
    },
    lend: (file, bytes) => {
      lent.set(file.id, { file, bytes })
    },
    delete: (id) => {
      kept.delete(id)
      rows.removeBytes(id)
      lent.delete(id)
    },
    endLoans: (before) => {
      for (const id of [...lent.keys()]) if (madeAt(id) < before) lent.delete(id)
    },
  }
}
