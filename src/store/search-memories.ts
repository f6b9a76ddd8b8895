import { sql } from 'kysely'
import { z } from 'zod'
import { type Having, type Indexed, measureFor, rarityOf } from '../recall/corpus.ts'
import { type Question, questionOf } from '../recall/question.ts'
import { type Scored, scored } from '../recall/score.ts'
import type { EntityId } from '../story/ref.ts'
import type { RecallStore, Recollection } from '../turn/ports/recall.ts'
import type { Db } from './database.ts'
import { rememberedAs, resetsIn } from './memories.ts'
import { stemsKept, termOf } from './memory-index.ts'
import type { Row } from './schema.ts'
import { isInForce, isReplaced, isSeen, type View } from './seen.ts'
import { viewFrom } from './transcript.ts'

/** How many memories are scored: those that share most with what is asked, and those next to them. */
const CANDIDATES = 200

/** How many terms are counted, and how many of them are looked for: what is said at greater length says it again. */
const COUNTED = 200
const TERMS = 24

/** How many memories on each side of one are its surroundings. */
const NEAR = 2

/** Turns that are told in no scene belong together by so many. */
const TURNS_TOGETHER = 10

type Owner = Row<'owners'>

type Term = { readonly stem: string; readonly term: string }

/** A question with no more terms than are counted: those that weigh most. */
const briefly = (question: Question): Question => {
  const heaviest = [...question.terms].sort(([, one], [, other]) => other - one)
  return { ...question, terms: new Map(heaviest.slice(0, COUNTED)) }
}

const havingOf = async (db: Db, owner: Owner, question: Question): Promise<Having> => {
  const terms = [...question.terms.keys()].map((stem): Term => ({ stem, term: termOf(owner.id, stem) }))
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

/** The terms that are looked for: those that an owner has, and of these the ones that tell most. */
const termsFor = (owner: Owner, question: Question, having: Having): Term[] => {
  const isHeld = (stem: string) => Number((having.holding.get(stem) ?? 0) > 0)
  return measureFor(question, having)
    .terms.toSorted((one, other) => isHeld(other.stem) - isHeld(one.stem) || other.weight - one.weight)
    .slice(0, TERMS)
    .map(({ stem }) => ({ stem, term: termOf(owner.id, stem) }))
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
 * The terms by which memories are found: the rarest, until they have many memories together. What an owner has everywhere
 * tells none of its memories from the others, and still counts when they are scored.
 */
const finding = (terms: readonly Term[], { holding }: Having): Term[] => {
  const held = ({ stem }: Term) => holding.get(stem) ?? 0
  const rarest = terms.toSorted((one, other) => held(one) - held(other))
  let found = 0
  return rarest.filter((term, at) => {
    found += held(term)
    return at === 0 || found <= FOUND
  })
}

/**
 * The ids of an owner's memories that have some terms, on whatever branch: those first that share most of what is asked,
 * and then the newest. Each term is weighed by what its owner has: FTS5 would weigh it by what all have.
 */
const hitsOf = async (
  db: Db,
  terms: readonly Term[],
  question: Question,
  having: Having,
): Promise<number[]> => {
  const found = new Map<number, number>()
  for (const term of terms) {
    const rows = await db
      .selectFrom('terms')
      .select('rowid')
      .where(sql<boolean>`terms match ${patternOf(term, having)}`)
      .execute()
    const weight = (question.terms.get(term.stem) ?? 0) * rarityOf(rows.length, having)
    for (const { rowid } of rows) found.set(rowid, (found.get(rowid) ?? 0) + weight)
  }
  return [...found].sort(([id, one], [other, two]) => two - one || other - id).map(([id]) => id)
}

const Speakers = z.array(z.string())

/** `rests`: the newest turn of which it rests on a line; null where it rests on someone's word alone. */
type Seen = Indexed & { readonly memory: string; readonly rests: number | null }

/** How far memories are seen: from the newest reset on, and of those that rest on newer turns than one none is meant. */
type Sight = {
  readonly view: View
  readonly owner: EntityId
  readonly since: number
  readonly until: number
}

/** The newest turn that a memory rests on. One that was worded anew since rests on no more than before. */
const restingOn = ({ view, until }: Sight) => sql<number | null>`case
  when memories.cites = '[]' then null
  when memories.turn <= ${until} then memories.turn
  else coalesce((select max(lines.turn) from lines where lines.story = ${view.story}
    and lines.id in (select value from json_each(memories.cites))), memories.turn) end`

const withNear = (ids: readonly number[]): ReadonlySet<number> =>
  new Set(ids.flatMap((id) => Array.from({ length: 2 * NEAR + 1 }, (_, at) => id + at - NEAR)))

/** Some of an owner's memories with those next to them, as far as a head has them. */
const rowsAround = async (db: Db, sight: Sight, ids: readonly number[]): Promise<Seen[]> => {
  const { view, owner, since } = sight
  const rows = await db
    .selectFrom('indexed')
    .innerJoin('memories', (join) =>
      join.onRef('memories.story', '=', 'indexed.story').onRef('memories.id', '=', 'indexed.memory'),
    )
    .select(['indexed.id', 'indexed.memory', 'indexed.stems', 'indexed.speakers'])
    .select(['memories.turn', 'memories.scene', 'memories.minutes', 'memories.significance'])
    .select(restingOn(sight).as('rests'))
    .where(
      'indexed.id',
      'in',
      sql<number>`(select value from json_each(${JSON.stringify([...withNear(ids)])}))`,
    )
    // With a plus, so that no index of all that an owner remembers is gone through for each of these.
    .where(sql<boolean>`+memories.owner = ${owner}`)
    .where(sql<boolean>`+memories.seq > ${since}`)
    .where(isSeen('memories', view))
    .where(isInForce('memories', view))
    .where(({ not }) => not(isReplaced('memories', view)))
    .orderBy('indexed.id')
    .execute()
  const seen = new Set(rows.map(({ id }) => id))
  const beside = (id: number, step: number) =>
    Array.from({ length: NEAR }, (_, at) => id + step * (at + 1)).filter((near) => seen.has(near))
  return rows.map(({ stems, speakers, scene, ...row }) => ({
    ...row,
    stems: stemsKept(stems),
    speakers: Speakers.parse(JSON.parse(speakers)),
    scene: scene === null ? `turns ${Math.floor(row.turn / TURNS_TOGETHER)}` : `scene ${scene}`,
    before: beside(row.id, -1),
    after: beside(row.id, 1),
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

const isMeant = (rests: Seen['rests'], { until }: Sight): boolean => rests === null || rests <= until

/** What is scored: the candidates among an owner's memories that a head has, with those next to them. */
const lookAt = async (db: Db, sight: Sight, all: readonly number[]) => {
  // What is on other branches, forgotten or too new is found as well: where that is most of it, further down is looked.
  for (let limit = CANDIDATES; ; limit *= 8) {
    const hits = all.slice(0, limit)
    const rows = await rowsAround(db, sight, hits)
    const meant = new Set(rows.flatMap(({ id, rests }) => (isMeant(rests, sight) ? [id] : [])))
    const found = hits.filter((id) => meant.has(id))
    if (hits.length < limit || found.length >= CANDIDATES / 2) {
      const near = withNear(found)
      return { rows: rows.filter(({ id }) => near.has(id)), candidates: meant.intersection(near) }
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
    const question = briefly(questionOf(query))
    if (!known || question.terms.size === 0) return []
    const having = await havingOf(db, known, question)
    const terms = finding(termsFor(known, question, having), having)
    const hits = await hitsOf(db, terms, question, having)
    const since = (await resetsIn(db, view))(owner)
    const { rows, candidates } = await lookAt(db, { view, owner, since, until }, hits)
    const best = scored({ question, rows, candidates, having, now: head.state.turn.number }).slice(0, limit)
    return withWords(db, view, rows, best)
  },
})
