import { z } from 'zod'
import { parseEvent, type RecordedEvent } from '../story/event.ts'
import type { Head } from '../story/head.ts'
import type { Line } from '../story/line.ts'
import type { StoryRef, TextId } from '../story/ref.ts'
import type { SegmentKind } from '../story/segment.ts'
import { fold, STATE_VERSION, type StoryState, textsIn } from '../story/state.ts'
import type { StoryStore, TurnRef } from '../turn/ports.ts'
import type { Db } from './database.ts'
import type { Row } from './schema.ts'

// The head's state is written by the code that reads it, at the same version, so it is read back as it is.
const stateOf = async (db: Db, branch: Row<'branches'>): Promise<StoryState> =>
  branch.state_version === STATE_VERSION
    ? (JSON.parse(branch.state) as StoryState)
    : fold(await eventsOf(db, { story: branch.story, branch: branch.id }))

const wordsOf = async (db: Db, ids: readonly TextId[]): Promise<Map<TextId, string>> => {
  if (ids.length === 0) return new Map()
  const rows = await db.selectFrom('texts').select(['id', 'body']).where('id', 'in', ids).execute()
  return new Map(rows.map(({ id, body }) => [id, body]))
}

/** A story at the head of a branch, with the words that its state points to. */
export const loadHead = async (db: Db, ref: StoryRef): Promise<Head | undefined> => {
  const branch = await db
    .selectFrom('branches')
    .selectAll()
    .where('story', '=', ref.story)
    .where('id', '=', ref.branch)
    .executeTakeFirst()
  if (!branch) return undefined
  const state = await stateOf(db, branch)
  return { ref, seq: branch.head_seq, state, words: await wordsOf(db, textsIn(state)) }
}

/** The whole log of a branch, oldest first. It grows with the story: for folding anew and for tests, not for a turn. */
export const eventsOf = async (db: Db, ref: StoryRef): Promise<RecordedEvent[]> => {
  const rows = await db
    .selectFrom('events')
    .selectAll()
    .where('story', '=', ref.story)
    .where('branch', '=', ref.branch)
    .orderBy('seq')
    .execute()
  return rows.map(({ type, version, data, seq, branch, turn, alternate, at, actor }) => ({
    ...parseEvent(type, version, JSON.parse(data)),
    ...{ seq, branch, turn, alternate, at, actor },
  }))
}

const Witnesses = z.array(z.string())

const linesFrom = (db: Db, ref: StoryRef) =>
  db
    .selectFrom('lines')
    .innerJoin('texts', 'texts.id', 'lines.text')
    .select(['lines.id', 'lines.turn', 'lines.speaker', 'lines.kind', 'lines.witnesses', 'texts.body'])
    .where('lines.story', '=', ref.story)
    .where('lines.branch', '=', ref.branch)

type LineRow = Pick<Row<'lines'>, 'id' | 'turn' | 'speaker' | 'kind' | 'witnesses'> & { body: string }

const asLine = ({ kind, witnesses, body, ...row }: LineRow): Line => ({
  ...row,
  kind: kind as SegmentKind,
  text: body,
  witnesses: Witnesses.parse(JSON.parse(witnesses)),
})

const recentLines = async (db: Db, ref: StoryRef, turns: number): Promise<Line[]> => {
  const head = await db
    .selectFrom('branches')
    .select('turn')
    .where('story', '=', ref.story)
    .where('id', '=', ref.branch)
    .executeTakeFirst()
  if (!head) return []
  const rows = await linesFrom(db, ref)
    .where('lines.turn', '>', head.turn - turns)
    .orderBy('lines.turn')
    .orderBy('lines.seq')
    .execute()
  return rows.map(asLine)
}

/** The newest line of a branch, whoever spoke it. */
export const lastLine = async (db: Db, ref: StoryRef): Promise<Line | undefined> => {
  const row = await linesFrom(db, ref)
    .orderBy('lines.turn', 'desc')
    .orderBy('lines.seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && asLine(row)
}

const endOf = async (db: Db, turn: TurnRef): ReturnType<StoryStore['endOf']> => {
  const rows = await db
    .selectFrom('events')
    .select(['type', 'version', 'data'])
    .where('story', '=', turn.story)
    .where('branch', '=', turn.branch)
    .where('turn', '=', turn.turn)
    .orderBy('seq')
    .execute()
  const events = rows.map(({ type, version, data }) => parseEvent(type, version, JSON.parse(data)))
  const opened = events.findLast((event) => event.type === 'turn.opened')
  const ended = events.findLast((event) => event.type === 'turn.told' || event.type === 'turn.failed')
  if (!opened || !ended) return undefined
  const { speaker } = opened.data
  if (ended.type === 'turn.failed')
    return { speaker, outcome: { kind: 'failed', failure: ended.data.failure } }
  const told = events.findLast((event) => event.type === 'line.spoken' && event.data.speaker === speaker)
  if (told?.type !== 'line.spoken') return undefined
  const text = (await wordsOf(db, [told.data.text])).get(told.data.text) ?? ''
  return { speaker, outcome: { kind: 'told', text, ending: ended.data.ending } }
}

/** The reading half of the store. */
export const loadingStore = (db: Db): Pick<StoryStore, 'load' | 'recentLines' | 'wasTakenIn' | 'endOf'> => ({
  load: (ref) => loadHead(db, ref),
  recentLines: (ref, turns) => recentLines(db, ref, turns),
  endOf: (turn) => endOf(db, turn),
  wasTakenIn: async (source) =>
    (await db.selectFrom('sources').select('id').where('id', '=', source).executeTakeFirst()) !== undefined,
})
