import type { KeptSummary, SummaryStore } from '../turn/ports/records.ts'
import { chunksOf } from './chunks.ts'
import type { Db } from './database.ts'
import { resetsIn } from './memories.ts'
import { isInForce, isReplaced, isSeen } from './seen.ts'
import { viewFrom } from './transcript.ts'

/** What happened before, in short. */
export const summaryStore = (db: Db): SummaryStore => ({
  of: async (head) => {
    const view = viewFrom(head)
    const remembersFrom = await resetsIn(db, view)
    const rows = await db
      .selectFrom('summaries')
      .innerJoin('texts', (join) =>
        join.onRef('texts.story', '=', 'summaries.story').onRef('texts.id', '=', 'summaries.text'),
      )
      .select(['summaries.id', 'owner', 'seq', 'text', 'from_turn', 'to_turn', 'level', 'texts.body'])
      .where('summaries.story', '=', view.story)
      .where(isSeen('summaries', view))
      .where(isInForce('summaries', view))
      .where(({ not }) => not(isReplaced('summaries', view)))
      .orderBy('from_turn')
      .orderBy('owner')
      .execute()
    return rows
      .filter(({ owner, seq }) => seq > remembersFrom(owner))
      .map(({ from_turn: from, to_turn: to, seq: _, ...row }): KeptSummary => ({ ...row, from, to }))
  },
  citedBy: async (story, texts) => {
    const lines = new Set<string>()
    for (const some of chunksOf(texts)) {
      const rows = await db
        .selectFrom('citations')
        .select('line')
        .where('story', '=', story)
        .where('text', 'in', some)
        .execute()
      for (const { line } of rows) lines.add(line)
    }
    return [...lines]
  },
})
