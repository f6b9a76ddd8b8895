import type { Insertable } from 'kysely'
import type { RecordedEvent } from '../story/event.ts'
import { idOf } from '../story/turn.ts'
import { chunksOf } from './chunks.ts'
import type { Db } from './database.ts'
import type { Tables } from './schema.ts'

const tables = [
  'turns',
  'lines',
  'memories',
  'facts',
  'summaries',
  'evolutions',
  'replaced',
  'resets',
  'citations',
] as const
type RowTable = (typeof tables)[number]

type Citations = readonly Insertable<Tables['citations']>[]
type Rows = { readonly [T in RowTable]?: readonly Insertable<Tables[T]>[] }

/** The rows that an event brings along: what of it is looked up later, and grows with the story. */
const rowsOf = (story: string, event: RecordedEvent): Rows => {
  const { strand, seq, turn, alternate } = event
  const placed = { story, strand, seq, turn, alternate }
  /** A text rests on lines, or on summaries. */
  const cited = (text: string, lines: readonly string[]) =>
    [...new Set(lines)].map((line) => ({ story, line, text }))
  switch (event.type) {
    case 'turn.opened':
      return {
        turns: [{ story, strand, turn, seq, id: idOf(event.data, turn), after: event.data.after }],
      }
    case 'turn.regenerated': {
      const { line } = event.data
      return line ? { citations: cited(line.text, line.replaces) } : {}
    }
    case 'turn.planned': {
      const { plan, reason, lines = [] } = event.data
      return { citations: [plan, reason].flatMap((text) => (text === null ? [] : cited(text, lines))) }
    }
    case 'line.spoken': {
      const { line, witnesses, ...spoken } = event.data
      return {
        lines: [
          { ...placed, ...spoken, id: line, place: seq, part: 0, witnesses: JSON.stringify(witnesses) },
        ],
      }
    }
    case 'line.revised': {
      const { replaces, lines, ...revised } = event.data
      return {
        lines: lines.map(({ line, witnesses, ...spoken }, part) => ({
          ...placed,
          ...revised,
          ...spoken,
          id: line,
          part,
          witnesses: JSON.stringify(witnesses),
        })),
        replaced: replaces.map((target) => ({ ...placed, target })),
      }
    }
    case 'memory.formed': {
      const { memory, toldBy, chain, lines, witnesses, ...formed } = event.data
      return {
        memories: [
          {
            ...placed,
            ...formed,
            id: memory,
            told_by: toldBy,
            chain: JSON.stringify(chain),
            witnesses: JSON.stringify(witnesses),
            cites: JSON.stringify(lines),
          },
        ],
        citations: cited(formed.text, lines),
      }
    }
    case 'memory.superseded':
      return { replaced: [{ ...placed, target: event.data.memory }] }
    case 'fact.learned': {
      const { fact, lines, ...learned } = event.data
      return {
        facts: [{ ...placed, ...learned, id: fact, cites: JSON.stringify(lines) }],
        citations: cited(learned.text, lines),
      }
    }
    case 'past.summarised': {
      const { text, from, to, level, owners, replaces, lines } = event.data
      return {
        summaries: owners.map(({ owner, summary }) => ({
          ...{ ...placed, id: summary, owner, text, level },
          ...{ from_turn: from, to_turn: to },
        })),
        replaced: replaces.map((target) => ({ ...placed, target })),
        citations: cited(text, [...lines, ...replaces]),
      }
    }
    case 'edge.shifted': {
      const { reason, line } = event.data
      return { citations: reason === null ? [] : cited(reason, [line]) }
    }
    case 'edge.summarised': {
      const { summary, lines, before } = event.data
      // What was summed up before is in it, and goes with it.
      const on = before === null ? lines : [...lines, before]
      return { citations: summary === null ? [] : cited(summary, on) }
    }
    case 'cast.evolved':
      return {
        evolutions: event.data.changes.map(({ turn: at_turn, lines: _, ...change }, part) => ({
          ...{ ...placed, ...change, at_turn, part },
        })),
        citations: event.data.changes.flatMap(({ text, line, lines }) => cited(text, [line, ...lines])),
      }
    case 'story.reset':
      return {
        resets: [{ ...placed, owner: event.data.scope === 'character' ? event.data.character : null }],
      }
    default:
      return {}
  }
}

const keep = async <T extends RowTable>(db: Db, table: T, rows: readonly Rows[]): Promise<void> => {
  const all = rows.flatMap((row): readonly object[] => row[table] ?? [])
  for (const some of chunksOf(all))
    await db
      .insertInto(table as RowTable)
      // What stands under a table's name is a row of that table.
      .values(some as never)
      .execute()
}

/** Keeps what the events bring along. Gives what their texts rest on. */
export const insertRows = async (
  db: Db,
  story: string,
  events: readonly RecordedEvent[],
): Promise<Citations> => {
  const rows = events.map((event) => rowsOf(story, event))
  for (const table of tables) await keep(db, table, rows)
  return rows.flatMap(({ citations = [] }) => citations)
}
