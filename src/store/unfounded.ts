import { chunksOf } from './chunks.ts'
import type { Row } from './schema.ts'
import type { Trx } from './transact.ts'

type Citation = Pick<Row<'citations'>, 'line' | 'text'>

const wordedLines = (trx: Trx, story: string, ids: readonly string[]) =>
  trx
    .selectFrom('lines')
    .innerJoin('texts', (join) =>
      join.onRef('texts.story', '=', 'lines.story').onRef('texts.id', '=', 'lines.text'),
    )
    .select('lines.id')
    .where('lines.story', '=', story)
    .where('lines.id', 'in', ids)

const wordedSummaries = (trx: Trx, story: string, ids: readonly string[]) =>
  trx
    .selectFrom('summaries')
    .innerJoin('texts', (join) =>
      join.onRef('texts.story', '=', 'summaries.story').onRef('texts.id', '=', 'summaries.text'),
    )
    .select('summaries.id')
    .where('summaries.story', '=', story)
    .where('summaries.id', 'in', ids)

const wordedTexts = (trx: Trx, story: string, ids: readonly string[]) =>
  trx.selectFrom('texts').select('texts.id').where('texts.story', '=', story).where('texts.id', 'in', ids)

/** What is cited without having any words: lines, summaries and texts that were erased. */
const wordlessAmong = async (trx: Trx, story: string, cited: readonly string[]): Promise<Set<string>> => {
  const gone = new Set(cited)
  // Nearly all that is cited are lines, and nearly always all of them are there.
  for (const worded of [wordedLines, wordedSummaries, wordedTexts])
    for (const some of chunksOf([...gone]))
      for (const { id } of await worded(trx, story, some).execute()) gone.delete(id)
  return gone
}

/**
 * Leaves out the words of what is being appended where they rest on something whose words are gone: an erasure that came
 * after a model had read them, and before this, found nothing yet to take along.
 */
export const leaveUnfounded = async (
  trx: Trx,
  story: string,
  citations: readonly Citation[],
): Promise<void> => {
  const gone = await wordlessAmong(trx, story, [...new Set(citations.map(({ line }) => line))])
  const left = new Set<string>()
  // What rests on a text that is left out is left out with it.
  for (let found = gone; found.size > 0; ) {
    const resting = citations.filter(({ line, text }) => found.has(line) && !left.has(text))
    found = new Set(resting.map(({ text }) => text))
    for (const text of found) left.add(text)
  }
  for (const some of chunksOf([...left]))
    await trx.deleteFrom('texts').where('story', '=', story).where('id', 'in', some).execute()
}
