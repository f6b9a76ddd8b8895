import type { Db } from './database.ts'

/** When a turn opened; 0 where that is not known. */
const openingTimeOf = async (db: Db, story: string, turn: string | null): Promise<number> => {
  const row = await db
    .selectFrom('turns')
    .innerJoin('events', (join) =>
      join
        .onRef('events.story', '=', 'turns.story')
        .onRef('events.strand', '=', 'turns.strand')
        .onRef('events.seq', '=', 'turns.seq'),
    )
    .select('events.at')
    .where('turns.story', '=', story)
    .where('turns.id', '=', turn)
    .executeTakeFirst()
  return row?.at ?? 0
}

/**
 * Whether what was asked for a turn may hold words that are erased by now: some were after it had opened, in its story
 * or on their way into one. When a call was begun is not asked: whatever a turn asks is begun after its opening.
 */
export const mayHoldErased = async (db: Db, story: string, turn: string | null): Promise<boolean> => {
  const row = await db
    .selectFrom('erasures')
    .leftJoin('lines', 'lines.source', 'erasures.source')
    .select('erasures.source')
    .where('erasures.at', '>=', await openingTimeOf(db, story, turn))
    .where((eb) => eb.or([eb('lines.story', '=', story), eb('lines.id', 'is', null)]))
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
