import { open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { eventsOf } from '../../src/store/fold.ts'
import { viewFrom } from '../../src/store/transcript.ts'
import { fold } from '../../src/story/state.ts'
import { fileIn, ref, type Story } from './story.ts'

/** No kept state: what is true is the fold of the whole log. */
export const replayAll = async ({ db, head, store }: Story): Promise<void> => {
  const at = await head()
  fold(await eventsOf(db, viewFrom(at)))
  await store.lines(at, at.state.turn.number - 49, at.state.turn.number)
}

const COPIED = [
  ...['events', 'strands', 'lineage', 'turns', 'texts', 'lines', 'memories', 'facts', 'replaced', 'resets'],
  ...['citations', 'checkpoints', 'branches'],
]

/** No strands: a branch is a copy of all that the story has. */
export const copyRows = (directory: string): void => {
  const copy = `copy of ${ref.story}`
  const database = new Database(fileIn(directory))
  try {
    database.pragma('synchronous = FULL')
    database
      .transaction(() => {
        database
          .prepare(
            'insert into stories (id, guild, last_seq, created_at, updated_at) select ?, guild, last_seq, created_at, updated_at from stories where id = ?',
          )
          .run(copy, ref.story)
        for (const table of COPIED) {
          const columns = database
            .prepare("select name from pragma_table_info(?) where name <> 'story'")
            .pluck()
            .all(table)
            .map((name) => `"${name}"`)
          database
            .prepare(
              `insert into ${table} (story, ${columns}) select ?, ${columns} from ${table} where story = ?`,
            )
            .run(copy, ref.story)
        }
      })
      .immediate()
  } finally {
    database.close()
  }
}

/** No database: a story is a file with a message on each line, which each new message writes anew. */
export const messageFile = (directory: string) => {
  const path = join(directory, 'story.jsonl')
  const keep = async (text: string): Promise<void> => {
    const file = await open(`${path}.new`, 'w')
    try {
      await file.writeFile(text)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(`${path}.new`, path)
  }
  return {
    begin: async (messages: readonly object[]): Promise<void> => {
      await keep(messages.map((message) => `${JSON.stringify(message)}\n`).join(''))
    },
    add: async (message: object): Promise<void> => {
      const messages = (await readFile(path, 'utf8')).trimEnd().split('\n')
      await keep(`${messages.join('\n')}\n${JSON.stringify(message)}\n`)
    },
  }
}
