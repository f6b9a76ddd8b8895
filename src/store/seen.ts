import { type RawBuilder, sql } from 'kysely'
import { type Position, type Span, spansAt } from '../story/lineage.ts'
import type { Db } from './database.ts'

/** A point of a story's log. */
export type At = { readonly story: string } & Pick<Position, 'strand' | 'seq'>

/** Where a head is: with the answer in force in its newest turn. */
export type View = { readonly story: string } & Position

type PlacedTable =
  | 'events'
  | 'turns'
  | 'checkpoints'
  | 'lines'
  | 'memories'
  | 'facts'
  | 'summaries'
  | 'evolutions'
  | 'replaced'
  | 'resets'

/** Whether a row stands on the log as it is seen from a point: on its strand or an ancestor, and not past the bound. */
export const isSeen = (table: PlacedTable, { story, strand, seq }: At): RawBuilder<boolean> => {
  const own = (column: string) => sql.ref(`${table}.${column}`)
  return sql<boolean>`(${own('story')} = ${story} and ${own('seq')} <= ${seq}
    and ${own('strand')} in (select ancestor from lineage where story = ${story} and strand = ${strand})
    and ${own('seq')} <= (select upto from lineage where story = ${story} and strand = ${strand}
      and ancestor = ${own('strand')}))`
}

/** Whether a row that is seen is shared by all alternates of its turn, or of the one in force there. */
export const isInForce = (table: Exclude<PlacedTable, 'turns'>, view: View): RawBuilder<boolean> => {
  const own = (column: string) => sql.ref(`${table}.${column}`)
  return sql<boolean>`(${own('alternate')} is null
    or (${own('turn')} = ${view.turn} and ${own('alternate')} = ${view.alternate})
    or exists (select 1 from turns where turns.story = ${view.story} and turns.turn = ${own('turn')} + 1
      and turns.after = ${own('alternate')} and ${isSeen('turns', view)}))`
}

/** Whether a line, a memory or a summary is hidden from a view, because something that it sees stands in its place. */
export const isReplaced = (table: 'lines' | 'memories' | 'summaries', view: View): RawBuilder<boolean> =>
  sql<boolean>`exists (select 1 from replaced where replaced.story = ${view.story}
    and replaced.target = ${sql.ref(`${table}.id`)}
    and ${isSeen('replaced', view)} and ${isInForce('replaced', view)})`

/** The spans of a strand, oldest first. */
export const lineageOf = async (db: Db, story: string, strand: number): Promise<Span[]> =>
  db
    .selectFrom('lineage')
    .select(['ancestor as strand', 'upto'])
    .where('story', '=', story)
    .where('strand', '=', strand)
    .orderBy('upto')
    .execute()

/** The spans that a head sees. */
export const spansOf = async (db: Db, { story, strand, seq }: At): Promise<Span[]> =>
  spansAt(await lineageOf(db, story, strand), seq)

/** Where a turn opened, as seen from a point. */
export const openingOf = (db: Db, at: At, turn: number) =>
  db
    .selectFrom('turns')
    .select(['strand', 'seq', 'id', 'turn', 'after'])
    .where('turn', '=', turn)
    .where(isSeen('turns', at))
    .executeTakeFirst()
