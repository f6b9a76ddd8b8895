import { z } from 'zod'
import { type Head, positionOf } from '../story/head.ts'
import type { Line } from '../story/line.ts'
import type { LineId, TextId, TurnId } from '../story/ref.ts'
import type { SegmentKind } from '../story/segment.ts'
import { fold } from '../story/state.ts'
import { saidAloud } from '../story/witness.ts'
import type { TurnEnd } from '../turn/ports.ts'
import type { Db } from './database.ts'
import { asEvent } from './fold.ts'
import type { Row } from './schema.ts'
import { isInForce, isReplaced, isSeen, type View } from './seen.ts'

/** What a head sees of a story. */
export const viewFrom = (head: Pick<Head, 'ref' | 'strand' | 'seq' | 'state'>): View => ({
  story: head.ref.story,
  ...positionOf(head),
})

const Witnesses = z.array(z.string())

type LineRow = Row<'lines'> & { readonly body: string }

const asLine = ({ id, turn, place, speaker, kind, witnesses, source, body }: LineRow): Line => ({
  ...{ id, turn, place, speaker, source },
  kind: kind as SegmentKind,
  text: body,
  witnesses: Witnesses.parse(JSON.parse(witnesses)),
})

/** The lines that a view has, in their newest wording, oldest first. */
const linesIn = (db: Db, view: View) =>
  db
    .selectFrom('lines')
    .innerJoin('texts', (join) =>
      join.onRef('texts.story', '=', 'lines.story').onRef('texts.id', '=', 'lines.text'),
    )
    .selectAll('lines')
    .select('texts.body')
    .where('lines.story', '=', view.story)
    .where(isSeen('lines', view))
    .where(isInForce('lines', view))
    .where(({ not }) => not(isReplaced('lines', view)))
    .orderBy('lines.turn')
    .orderBy('lines.place')
    .orderBy('lines.seq')
    .orderBy('lines.part')

/** The lines of the turns from one to another, as a head has them. */
export const linesFrom = async (db: Db, head: Head, from: number, to: number): Promise<Line[]> => {
  const rows = await linesIn(db, viewFrom(head))
    .where('lines.turn', '>=', from)
    .where('lines.turn', '<=', to)
    .execute()
  return rows.map(asLine)
}

/** What a head has of a message, in its newest wording. */
export const linesOfSource = async (db: Db, head: Head, source: string): Promise<Line[]> => {
  const rows = await linesIn(db, viewFrom(head)).where('lines.source', '=', source).execute()
  return rows.map(asLine)
}

/** All lines of a message that stand on a head's lineage, of any wording and any answer. */
export const wordingsOf = async (db: Db, head: Head, source: string): Promise<LineId[]> => {
  const rows = await db
    .selectFrom('lines')
    .select('id')
    .where('source', '=', source)
    .where(isSeen('lines', viewFrom(head)))
    .execute()
  return rows.map(({ id }) => id)
}

/** How many turns back the last line is looked for: those before it were erased or told nothing. */
const LOOK_BACK = 20

/** The newest line that all may read, whoever spoke it. */
export const lastLine = async (db: Db, head: Head): Promise<Line | undefined> => {
  const newest = head.state.turn.number
  return saidAloud(await linesFrom(db, head, newest - LOOK_BACK, newest)).at(-1)
}

/** The seqs between which a turn stands, as a view has it; undefined where it is not visible. */
const boundsOf = async (db: Db, view: View, turn: TurnId) => {
  const opening = await db
    .selectFrom('turns')
    .select(['turn', 'seq'])
    .where('story', '=', view.story)
    .where('id', '=', turn)
    .where(isSeen('turns', view))
    .executeTakeFirst()
  if (!opening) return undefined
  const next = await db
    .selectFrom('turns')
    .select(['seq', 'after'])
    .where('story', '=', view.story)
    .where('turn', '=', opening.turn + 1)
    .where(isSeen('turns', view))
    .executeTakeFirst()
  return {
    number: opening.turn,
    from: opening.seq,
    to: next ? next.seq - 1 : view.seq,
    alternate: next ? next.after : view.alternate,
  }
}

const bodyOf = async (db: Db, story: string, id: TextId): Promise<string | undefined> => {
  const row = await db
    .selectFrom('texts')
    .select('body')
    .where('story', '=', story)
    .where('id', '=', id)
    .executeTakeFirst()
  return row?.body
}

/** How a turn ended, with the answer in force; undefined where it is not visible, or is open. */
export const endOf = async (db: Db, head: Head, turn: TurnId): Promise<TurnEnd | undefined> => {
  const view = viewFrom(head)
  const bounds = await boundsOf(db, view, turn)
  if (!bounds) return undefined
  const rows = await db
    .selectFrom('events')
    .selectAll()
    .where(isSeen('events', view))
    .where('seq', '>=', bounds.from)
    .where('seq', '<=', bounds.to)
    .orderBy('seq')
    .execute()
  const events = rows
    .filter(({ alternate }) => alternate === null || alternate === bounds.alternate)
    .map(asEvent)
  const ended = events.findLast((event) => event.type === 'turn.told' || event.type === 'turn.failed')
  if (!ended) return undefined
  const { speaker } = fold(events).turn
  const asked = events.findLast((event) => event.type === 'turn.regenerated')
  const quote = asked?.data.line ? await bodyOf(db, view.story, asked.data.line.text) : undefined
  const end = { speaker, quote, at: { strand: ended.strand, seq: ended.seq } }
  if (ended.type === 'turn.failed') {
    const given = Object.entries(ended.data).filter(([, value]) => value !== null)
    return { ...end, outcome: { kind: 'failed', ...(Object.fromEntries(given) as typeof ended.data) } }
  }
  const told = (await linesFrom(db, head, bounds.number, bounds.number)).findLast(
    (line) => line.speaker === speaker && line.kind === 'prose',
  )
  return told && { ...end, outcome: { kind: 'told', text: told.text, ending: ended.data.ending } }
}
