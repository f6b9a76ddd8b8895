import type { RecordedEvent } from '../../story/event.ts'
import { FIRST_STRAND, NO_END, type Position, type Span } from '../../story/lineage.ts'
import { faulty } from './fault.ts'
import type { StoryBundle } from './story.ts'

/** A turn as a strand has it: from `seq` on. `answers`: its alternates, each with the seq from which it is there. */
type TurnOn = {
  readonly turn: number
  readonly seq: number
  readonly answers: Map<number, number>
}

/** A strand with what stands on it. Its turns begin with the one in which it left its parent. */
export type LoggedStrand = {
  readonly id: number
  readonly parent: number | null
  readonly forkSeq: number
  readonly tip: number
  readonly events: readonly RecordedEvent[]
  readonly turns: readonly TurnOn[]
}

/** The strands by their numbers, parents first. */
export type Log = ReadonlyMap<number, LoggedStrand>

/** How many of them, in the order of `seq`, stand at or before a seq. */
export const countUpTo = (placed: readonly { readonly seq: number }[], seq: number): number => {
  let low = 0
  let high = placed.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((placed[middle]?.seq ?? NO_END) <= seq) low = middle + 1
    else high = middle
  }
  return low
}

const turnAt = (strand: LoggedStrand, seq: number): TurnOn | undefined =>
  seq > strand.tip ? undefined : strand.turns[countUpTo(strand.turns, seq) - 1]

/** Whether a head can be there: on the strand, in that turn, with an answer that the turn has by then. */
export const isPosition = (log: Log, { strand, seq, turn, alternate }: Position): boolean => {
  const there = log.get(strand)
  const at = there && turnAt(there, seq)
  return at !== undefined && at.turn === turn && (at.answers.get(alternate) ?? NO_END) <= seq
}

/** The spans of a strand, the oldest first, as a store keeps them. */
export const lineageIn = (log: Log, id: number): Span[] => {
  const spans: Span[] = []
  let upto = NO_END
  for (let at = log.get(id); at; at = at.parent === null ? undefined : log.get(at.parent)) {
    spans.push({ strand: at.id, upto })
    upto = at.forkSeq
  }
  return spans.reverse()
}

const malformed = (where: string) => faulty('malformed', where)

const inherited = (parent: LoggedStrand | undefined, seq: number): TurnOn => {
  if (!parent) return { turn: 0, seq: 0, answers: new Map([[0, 0]]) }
  const at = seq < parent.forkSeq ? undefined : turnAt(parent, seq)
  if (!at) throw malformed('a strand leaves its parent where that is not')
  return { turn: at.turn, seq, answers: new Map([...at.answers].filter(([, since]) => since <= seq)) }
}

const askedAnew = (event: RecordedEvent): number | undefined =>
  event.type === 'turn.regenerated' ? event.data.alternate : undefined

/** The turns of a strand, from the one that it begins in. Throws where an event does not follow from those before. */
const turnsOn = (first: TurnOn, events: readonly RecordedEvent[]): TurnOn[] => {
  const turns = [first]
  let now = first
  for (const event of events) {
    const { seq, turn, alternate } = event
    const where = `event ${seq}`
    if (event.type === 'turn.opened') {
      if (turn !== now.turn + 1 || alternate !== null || !now.answers.has(event.data.after))
        throw malformed(where)
      now = { turn, seq, answers: new Map([[0, seq]]) }
      turns.push(now)
      continue
    }
    // What stands before an opening that it was decided with belongs to the turn that opens.
    const isOfNext = turn === now.turn + 1 && alternate === null
    if (turn !== now.turn && !isOfNext) throw malformed(where)
    const asked = askedAnew(event)
    if (asked !== undefined) {
      if (asked !== alternate || isOfNext) throw malformed(where)
      if (!now.answers.has(asked)) now.answers.set(asked, seq)
    }
    if (alternate !== null && !now.answers.has(alternate)) throw malformed(where)
  }
  return turns
}

const byStrand = ({ strands, events }: Pick<StoryBundle, 'strands' | 'events'>) => {
  const known = new Map<number, RecordedEvent[]>(strands.map(({ id }) => [id, []]))
  if (known.size !== strands.length) throw malformed('two strands of one number')
  let last = 0
  for (const event of events) {
    const there = known.get(event.strand)
    if (!there || event.seq <= last) throw malformed(`event ${event.seq}`)
    last = event.seq
    there.push(event)
  }
  return known
}

/**
 * The log of a bundle by its strands. Throws `bundle_faulty` unless every strand begins on one before it, and every
 * event follows from those that its strand has before it.
 */
export const logOf = (story: Pick<StoryBundle, 'strands' | 'events'>): Log => {
  const [root] = story.strands
  if (root?.id !== FIRST_STRAND || root.forkSeq !== 0) throw malformed('the first strand')
  const known = byStrand(story)
  const log = new Map<number, LoggedStrand>()
  for (const { id, parent, forkSeq } of story.strands) {
    const before = parent === null ? undefined : log.get(parent)
    if ((parent === null) !== (id === FIRST_STRAND) || (parent !== null && !before))
      throw malformed(`strand ${id}`)
    const events = known.get(id) ?? []
    if ((events[0]?.seq ?? NO_END) <= forkSeq) throw malformed(`strand ${id}`)
    const turns = turnsOn(inherited(before, forkSeq), events)
    log.set(id, { id, parent, forkSeq, tip: events.at(-1)?.seq ?? forkSeq, events, turns })
  }
  return log
}
