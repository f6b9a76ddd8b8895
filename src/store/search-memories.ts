import { sql } from 'kysely'
import { z } from 'zod'
import type { Having, Indexed } from '../recall/corpus.ts'
import { type Question, questionOf } from '../recall/question.ts'
import { type Scored, scored } from '../recall/score.ts'
import type { EntityId } from '../story/ref.ts'
import type { RecallStore, Recollection } from '../turn/ports/recall.ts'
import type { Db } from './database.ts'
import { rememberedAs, resetsIn } from './memories.ts'
import { termOf } from './memory-index.ts'
import type { Row } from './schema.ts'
import { isInForce, isReplaced, isSeen, type View } from './seen.ts'
import { viewFrom } from './transcript.ts'

/** How many memories are scored: those that share most with what is asked, and those next to them. */
const CANDIDATES = 200

/** How many terms are looked for: what is said at greater length says it again. */
const TERMS = 24

/** How many memories on each side of one are its surroundings. */
const NEAR = 2

/** Turns that are told in no scene belong together by so many. */
const TURNS_TOGETHER = 10

type Owner = Row<'owners'>

type Term = { readonly stem: string; readonly term: string }

/** The terms of a question that weigh most, each as one of an owner's. */
const termsFor = (owner: Owner, { terms }: Question): Term[] =>
  [...terms]
    .sort(([, one], [, other]) => other - one)
    .slice(0, TERMS)
    .map(([stem]) => ({ stem, term: termOf(owner.id, stem) }))

const havingOf = async (db: Db, owner: Owner, terms: readonly Term[]): Promise<Having> => {
  const rows = await db
    .selectFrom('terms_held')
    .select(['term', 'doc'])
    .where(
      'term',
      'in',
      terms.map(({ term }) => term),
    )
    .execute()
  const held = new Map(rows.map(({ term, doc }) => [term, doc]))
  return {
    memories: owner.memories,
    stems: owner.stems,
    holding: new Map(terms.map(({ stem, term }) => [stem, held.get(term) ?? 0])),
  }
}

/** A word of at least so many letters that nobody used may be a form of one that somebody did. */
const LONG = 5
const ENDING = 3

/** What finds a stem; where it is nowhere, what begins like it. */
const patternOf = ({ stem, term }: Term, { holding }: Having): string => {
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
  if ((holding.get(stem) ?? 0) > 0 || stem.length < LONG) return quoted(term)
  return `${quoted(term.slice(0, Math.max(term.length - ENDING, term.length - stem.length + LONG - 1)))} *`
}

/** How many memories the terms that are looked for may have together. */
const FOUND = 5000

/**
 * What finds memories by the terms of a question: the rarest, until they have many memories together. What an owner has
 * everywhere tells none of its memories from the others, and still counts when they are scored.
 */
const patternFor = (terms: readonly Term[], having: Having): string => {
  const held = ({ stem }: Term) => having.holding.get(stem) ?? 0
  const rarest = terms.toSorted((one, other) => held(one) - held(other))
  let found = 0
  const chosen = rarest.filter((term, at) => {
    found += held(term)
    return at === 0 || found <= FOUND
  })
  return chosen.map((term) => patternOf(term, having)).join(' OR ')
}

/** The ids of an owner's memories that share most terms with a question, on whatever branch. */
const hitsOf = async (db: Db, match: string, limit: number): Promise<number[]> => {
  const rows = await db
    .selectFrom('terms')
    .select('rowid')
    .where(sql<boolean>`terms match ${match}`)
    .orderBy(sql`rank`)
    .limit(limit)
    .execute()
  return rows.map(({ rowid }) => rowid)
}

const Speakers = z.array(z.string())

/** `isBound`: whether it rests on lines, and not on someone's word alone that it is so. */
type Seen = Indexed & { readonly memory: string; readonly isBound: boolean }

/** Some of an owner's memories with those next to them, as far as a head has them. */
const rowsAround = async (db: Db, view: View, since: number, ids: readonly number[]): Promise<Seen[]> => {
  const all = new Set(ids.flatMap((id) => Array.from({ length: 2 * NEAR + 1 }, (_, at) => id + at - NEAR)))
  const rows = await db
    .selectFrom('indexed')
    .innerJoin('memories', (join) =>
      join.onRef('memories.story', '=', 'indexed.story').onRef('memories.id', '=', 'indexed.memory'),
    )
    .select(['indexed.id', 'indexed.memory', 'indexed.stems', 'indexed.speakers', 'memories.cites'])
    .select(['memories.turn', 'memories.scene', 'memories.minutes', 'memories.significance'])
    .where('indexed.id', 'in', sql<number>`(select value from json_each(${JSON.stringify([...all])}))`)
    .where('memories.seq', '>', since)
    .where(isSeen('memories', view))
    .where(isInForce('memories', view))
    .where(({ not }) => not(isReplaced('memories', view)))
    .orderBy('indexed.id')
    .execute()
  const seen = new Set(rows.map(({ id }) => id))
  const beside = (id: number, step: number) =>
    Array.from({ length: NEAR }, (_, at) => id + step * (at + 1)).filter((near) => seen.has(near))
  return rows.map(({ id, memory, stems, speakers, cites, turn, scene, minutes, significance }) => ({
    ...{ id, memory, turn, minutes, significance, isBound: cites !== '[]' },
    stems: stems.split(' '),
    speakers: Speakers.parse(JSON.parse(speakers)),
    scene: scene === null ? `turns ${Math.floor(turn / TURNS_TOGETHER)}` : `scene ${scene}`,
    before: beside(id, -1),
    after: beside(id, 1),
  }))
}

const withWords = async (
  db: Db,
  view: View,
  rows: readonly Seen[],
  best: readonly Scored[],
): Promise<Recollection[]> => {
  const memoryOf = new Map(rows.map(({ id, memory }) => [id, memory]))
  const found = await rememberedAs(
    db,
    view.story,
    best.flatMap(({ id }) => memoryOf.get(id) ?? []),
  )
  return best.flatMap(({ id, score, cues }) => {
    const memory = found.get(memoryOf.get(id) ?? '')
    return memory ? [{ ...memory, score, cues }] : []
  })
}

/** What is scored: the candidates among an owner's memories that a head has, with those next to them. */
const lookAt = async (db: Db, view: View, since: number, match: string, until: number) => {
  // What is on other branches, or forgotten, is found as well: where that is most of it, further down is looked.
  for (let limit = CANDIDATES; ; limit *= 8) {
    const hits = await hitsOf(db, match, limit)
    const rows = await rowsAround(db, view, since, hits)
    const seen = new Set(rows.map(({ id }) => id))
    const visible = hits.filter((id) => seen.has(id)).length
    if (hits.length < limit || visible >= CANDIDATES / 2) {
      const candidates = rows.filter(({ turn, isBound }) => turn <= until || !isBound)
      return { rows, candidates: new Set(candidates.map(({ id }) => id)) }
    }
  }
}

const ownerRow = (db: Db, story: string, owner: EntityId) =>
  db.selectFrom('owners').selectAll().where('story', '=', story).where('owner', '=', owner).executeTakeFirst()

/** What a query brings up: the words that it shares with memories find them, and all else that speaks for them ranks them. */
export const recallStore = (db: Db): RecallStore => ({
  recall: async (head, owner, query, limit, until = head.state.turn.number) => {
    const view = viewFrom(head)
    const known = await ownerRow(db, view.story, owner)
    const question = questionOf(query)
    const terms = known ? termsFor(known, question) : []
    if (!known || terms.length === 0) return []
    const having = await havingOf(db, known, terms)
    const match = patternFor(terms, having)
    const since = (await resetsIn(db, view))(owner)
    const { rows, candidates } = await lookAt(db, view, since, match, until)
    const best = scored({ question, rows, candidates, having, now: head.state.turn.number }).slice(0, limit)
    return withWords(db, view, rows, best)
  },
})
