import { z } from 'zod'
import type { EvolutionStore, KeptChange } from '../turn/ports/evolution.ts'
import type { Db } from './database.ts'
import { resetsIn } from './memories.ts'
import { isInForce, isSeen } from './seen.ts'
import { viewFrom } from './transcript.ts'

const Arc = z.object({ from: z.int(), to: z.int() })

/** How characters changed. */
export const evolutionStore = (db: Db): EvolutionStore => ({
  of: async (head, character) => {
    const view = viewFrom(head)
    const remembersFrom = await resetsIn(db, view)
    const rows = await db
      .selectFrom('evolutions')
      .innerJoin('texts', (join) =>
        join.onRef('texts.story', '=', 'evolutions.story').onRef('texts.id', '=', 'evolutions.text'),
      )
      .innerJoin('events', (join) =>
        join
          .onRef('events.story', '=', 'evolutions.story')
          .onRef('events.strand', '=', 'evolutions.strand')
          .onRef('events.seq', '=', 'evolutions.seq'),
      )
      .select(['text', 'texts.body', 'at_turn as turn', 'scene', 'place', 'events.data'])
      .where('evolutions.story', '=', view.story)
      .where('character', '=', character)
      .where('evolutions.seq', '>', remembersFrom(character))
      .where(isSeen('evolutions', view))
      .where(isInForce('evolutions', view))
      .orderBy('evolutions.seq')
      .orderBy('part')
      .execute()
    return rows.map(({ data, ...row }): KeptChange => ({ ...row, ...Arc.parse(JSON.parse(data)) }))
  },
})
