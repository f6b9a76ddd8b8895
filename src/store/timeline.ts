import type { Head } from '../story/head.ts'
import { forkOf, type Position } from '../story/lineage.ts'
import type { TimelineStore } from '../turn/ports/timeline.ts'
import type { Db } from './database.ts'
import { stateAt } from './fold.ts'
import { keepMove, movesOf } from './moves.ts'
import { isInForce, isSeen, openingOf, spansOf } from './seen.ts'
import { moveHead, takeIn, transact } from './transact.ts'
import { linesOfSource, viewFrom, wordingsOf } from './transcript.ts'

/** The newest point of a strand before a seq on it, or where it left its parent. */
const before = async (
  db: Db,
  story: string,
  { strand, seq }: Pick<Position, 'strand' | 'seq'>,
): Promise<Pick<Position, 'strand' | 'seq'>> => {
  const { newest } = await db
    .selectFrom('events')
    .select((eb) => eb.fn.max('seq').as('newest'))
    .where('story', '=', story)
    .where('strand', '=', strand)
    .where('seq', '<', seq)
    .executeTakeFirstOrThrow()
  if (newest !== null) return { strand, seq: newest }
  const { parent, fork_seq } = await db
    .selectFrom('strands')
    .select(['parent', 'fork_seq'])
    .where('story', '=', story)
    .where('id', '=', strand)
    .executeTakeFirstOrThrow()
  return { strand: parent ?? strand, seq: fork_seq }
}

const endOfTurn = async (db: Db, head: Head, turn: number): Promise<Position | undefined> => {
  const view = viewFrom(head)
  if (turn < 1 || turn >= view.turn) return undefined
  const next = await openingOf(db, view, turn + 1)
  return next && { ...(await before(db, view.story, next)), turn, alternate: next.after }
}

const numberOf = async (db: Db, head: Head, turn: string): Promise<number | undefined> => {
  const view = viewFrom(head)
  const row = await db
    .selectFrom('turns')
    .select('turn')
    .where('story', '=', view.story)
    .where('id', '=', turn)
    .where(isSeen('turns', view))
    .executeTakeFirst()
  return row?.turn
}

const move =
  (db: Db, now: () => number): TimelineStore['move'] =>
  async (head, to, kept, sources) => {
    const { story, ...from } = viewFrom(head)
    const state = await stateAt(db, { story, ...to })
    return transact(db, async (trx) => {
      const at = now()
      await takeIn(trx, story, sources)
      await moveHead(trx, head, to, state, at)
      if (kept) await keepMove(trx, head.ref, { ...kept, at, from, to })
    })
  }

const impact = async (db: Db, head: Head, to: Position): ReturnType<TimelineStore['impact']> => {
  const view = viewFrom(head)
  const rows = await db
    .selectFrom('events')
    .select(['type', (eb) => eb.fn.countAll<number>().as('count')])
    .where('seq', '>', to.seq)
    .where(isSeen('events', view))
    .where(isInForce('events', view))
    .groupBy('type')
    .execute()
  const counted = new Map(rows.map(({ type, count }) => [type, count]))
  const { changes } = await db
    .selectFrom('evolutions')
    .select((eb) => eb.fn.countAll<number>().as('changes'))
    .where('seq', '>', to.seq)
    .where(isSeen('evolutions', view))
    .where(isInForce('evolutions', view))
    .executeTakeFirstOrThrow()
  return {
    turns: view.turn - to.turn,
    lines: counted.get('line.spoken') ?? 0,
    scenes: counted.get('scene.opened') ?? 0,
    shifts: (counted.get('edge.shifted') ?? 0) + (counted.get('edge.set') ?? 0),
    memories: counted.get('memory.formed') ?? 0,
    changes,
  }
}

/** The events of some kinds in the newest turn of a head, of whichever alternate. */
const inNewestTurn = async (db: Db, head: Head, types: readonly string[]) => {
  const view = viewFrom(head)
  const opening = await openingOf(db, view, view.turn)
  return db
    .selectFrom('events')
    .select(['type', 'alternate'])
    .where('seq', '>=', opening?.seq ?? 0)
    .where('turn', '=', view.turn)
    .where('type', 'in', types)
    .where(isSeen('events', view))
    .orderBy('seq')
    .execute()
}

/** The numbers of the newest turn's alternates that were told, and of the one in force; in their order. */
export const alternatesOf = async (db: Db, head: Head): Promise<number[]> => {
  const told = await inNewestTurn(db, head, ['turn.told'])
  const numbers = told.flatMap(({ alternate }) => (alternate === null ? [] : [alternate]))
  return [...new Set([...numbers, head.state.turn.alternate])].sort((a, b) => a - b)
}

const nextAlternate = async (db: Db, head: Head): Promise<number> => {
  const asked = await inNewestTurn(db, head, ['turn.regenerated'])
  return Math.max(0, ...asked.map(({ alternate }) => alternate ?? 0)) + 1
}

const answerTo = async (db: Db, head: Head, turn: number): Promise<number | undefined> => {
  const { number, alternate } = head.state.turn
  return turn === number ? alternate : (await openingOf(db, viewFrom(head), turn + 1))?.after
}

const forkTurn = async (db: Db, one: Head, other: Head): Promise<number> => {
  const { story } = one.ref
  const { strand, upto: seq } = forkOf(await spansOf(db, viewFrom(one)), await spansOf(db, viewFrom(other)))
  const { newest } = await db
    .selectFrom('turns')
    .select((eb) => eb.fn.max('turn').as('newest'))
    .where(isSeen('turns', { story, strand, seq }))
    .executeTakeFirstOrThrow()
  const turn = newest ?? 0
  return (await answerTo(db, one, turn)) === (await answerTo(db, other, turn)) ? turn : turn - 1
}

/** `now` stamps moves, in milliseconds since the epoch. */
export const timelineStore = (db: Db, now: () => number): TimelineStore => ({
  endOfTurn: (head, turn) => endOfTurn(db, head, turn),
  numberOf: (head, turn) => numberOf(db, head, turn),
  move: move(db, now),
  moves: (ref, limit) => movesOf(db, ref, limit),
  impact: (head, to) => impact(db, head, to),
  alternates: (head) => alternatesOf(db, head),
  nextAlternate: (head) => nextAlternate(db, head),
  stateAt: (story, position) => stateAt(db, { story, ...position }),
  forkOf: async (one, other) => ({ turn: await forkTurn(db, one, other) }),
  linesOf: (head, source) => linesOfSource(db, head, source),
  wordingsOf: (head, source) => wordingsOf(db, head, source),
})
