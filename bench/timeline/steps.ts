/** Commits a number of transactions to a data directory, for whoever counts what it does. Started by fsyncs.ts. */
import { sql } from 'kysely'
import { messageFile } from './naive.ts'
import { openStory } from './story.ts'
import { turnAfter } from './turns.ts'

const [directory = '', way, count] = process.argv.slice(2)
const steps = Number(count)

if (way === 'jsonl') {
  const file = messageFile(directory)
  await file.begin([{ text: 'Rain.' }])
  for (let step = 0; step < steps; step += 1) await file.add({ text: 'So it is.' })
} else {
  const story = await openStory(directory)
  // What a checkpoint syncs is not part of a commit.
  await sql`pragma wal_autocheckpoint = 0`.execute(story.db)
  let committed = 0
  while (committed < steps)
    for (const decision of turnAfter(await story.head(), story.newId)) {
      if (committed === steps) break
      await story.store.append(await story.head(), decision, story.source())
      committed += 1
    }
  await story.close()
}
