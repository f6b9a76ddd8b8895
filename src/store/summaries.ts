import { sql } from 'kysely'
import { z } from 'zod'
import type { Head } from '../story/head.ts'
import type { KeptSummary, SummaryStore } from '../turn/ports/records.ts'
import type { Db } from './database.ts'
import { resetsIn } from './memories.ts'
import { isInForce, isReplaced, isSeen, openingOf, type View } from './seen.ts'
import { viewFrom } from './transcript.ts'

const Arrival = z.union([
  z.object({ character: z.string() }).transform(({ character }) => character),
  z.object({ persona: z.string() }).transform(({ persona }) => persona),
])

/** In which turn each came into the story for the first time. */
const arrivalsIn = async (db: Db, view: View): Promise<Map<string, number>> => {
  const rows = await db
    .selectFrom('events')
    .select(['turn', 'data'])
    // In the words of the index of such events, or that would not be used.
    .where(sql<boolean>`type in ('character.introduced', 'persona.taken')`)
    .where(isSeen('events', view))
    .where(isInForce('events', view))
    .orderBy('seq')
    .execute()
  const arrivals = new Map<string, number>()
  for (const { turn, data } of rows) {
    const entity = Arrival.parse(JSON.parse(data))
    arrivals.set(entity, arrivals.get(entity) ?? turn)
  }
  return arrivals
}

const sceneEnds = async (db: Db, head: Head, from: number): Promise<number[]> => {
  const view = viewFrom(head)
  const opening = await openingOf(db, view, from)
  if (!opening) return []
  const rows = await db
    .selectFrom('events')
    .select('turn')
    .where('type', '=', 'scene.closed')
    .where('seq', '>=', opening.seq)
    .where(isSeen('events', view))
    .where(isInForce('events', view))
    .orderBy('seq')
    .execute()
  return rows.map(({ turn }) => turn)
}

/** What happened before, in short. */
export const summaryStore = (db: Db): SummaryStore => ({
  sceneEnds: (head, from) => sceneEnds(db, head, from),
  of: async (head) => {
    const view = viewFrom(head)
    const rows = await db
      .selectFrom('summaries')
      .leftJoin('texts', (join) =>
        join.onRef('texts.story', '=', 'summaries.story').onRef('texts.id', '=', 'summaries.text'),
      )
      .select(['summaries.id', 'owner', 'seq', 'text', 'from_turn', 'to_turn', 'level', 'texts.body'])
      .where('summaries.story', '=', view.story)
      .where(isSeen('summaries', view))
      .where(isInForce('summaries', view))
      .where(({ not }) => not(isReplaced('summaries', view)))
      .orderBy('from_turn')
      .orderBy('owner')
      .orderBy('seq')
      .execute()
    if (rows.length === 0) return []
    const remembersFrom = await resetsIn(db, view)
    const arrivals = [...(await arrivalsIn(db, view))]
    return rows
      .filter(({ owner, seq }) => seq > remembersFrom(owner))
      .map(({ from_turn: from, to_turn: to, seq: _, body, ...row }): KeptSummary => {
        const newcomers = arrivals.filter(([, turn]) => turn > to).map(([entity]) => entity)
        return { ...row, from, to, body: body ?? '', newcomers }
      })
  },
})
