import type { Memory } from '../../story/memory.ts'
import type { EntityId } from '../../story/ref.ts'
import { isAlike } from '../alike.ts'
import { type Hearsay, type Held, hearsayFrom } from './hearsay.ts'
import { type Plain, plainMemories } from './plain.ts'
import { clampSignificance, type Proposal } from './proposal.ts'
import { type Cited, TEXT_LIMIT, type Terms } from './terms.ts'

/** What someone knows already, in words. Of memories it is known where they have it from, of facts it is not. */
export type Known = { readonly owner: EntityId; readonly body: string } & (Held | { readonly toldBy?: never })

type Learned = { readonly owner: EntityId; readonly text: string; readonly lines: readonly Cited[] }
export type Remembered = Learned &
  Pick<Memory, 'significance' | 'source' | 'toldBy' | 'chain' | 'reliability'>

// Whose words they are, what they say and what they rest on; undefined where one of these is missing.
const groundedIn = (
  terms: Terms,
  who: string,
  text: string,
  numbers: readonly number[],
): Learned | undefined => {
  const owner = terms.member(who)?.entity
  const allowed = owner === undefined ? undefined : terms.text(text, [owner])
  const lines = [...new Set(numbers)].map(terms.line).filter((line) => line !== undefined)
  if (owner === undefined || allowed === undefined || lines.length === 0) return undefined
  return lines.every(({ witnesses }) => witnesses.includes(owner))
    ? { owner, text: allowed, lines }
    : undefined
}

const isKnown = (known: readonly Known[], { owner, text }: Learned): boolean =>
  known.some((each) => each.owner === owner && isAlike(each.body, text))

type Proposed = Learned & { readonly proposed: Proposal['memories'][number] }

const groundedMemories = (terms: Terms, { memories }: Proposal): Proposed[] => {
  const lastOf = ({ lines }: Learned) => Math.max(...lines.map((line) => terms.lines.indexOf(line)))
  return memories
    .flatMap((proposed): Proposed[] => {
      const learned = groundedIn(terms, proposed.who, proposed.text, proposed.lines)
      return learned ? [{ ...learned, proposed }] : []
    })
    .toSorted((one, other) => lastOf(one) - lastOf(other))
}

/** How far it can be relied on what is perceived by who was meant to, and by who was not. */
const RELIABILITY = { direct: 1, overheard: 0.9 } as const

/** Whom someone has it from: one who spoke a line on which it rests. */
const tellerOf = (terms: Terms, { owner, lines, proposed }: Proposed): EntityId | null => {
  const teller = terms.member(proposed.told_by)?.entity
  return teller !== undefined && teller !== owner && lines.some(({ speaker }) => speaker === teller)
    ? teller
    : null
}

const provenanceOf = (
  terms: Terms,
  memory: Proposed,
  names: ReadonlySet<string>,
  heldBy: (teller: EntityId) => readonly Held[],
): Pick<Memory, 'source' | 'toldBy'> & Hearsay => {
  const { owner, text, lines, proposed } = memory
  const toldBy = proposed.source === 'told' ? tellerOf(terms, memory) : null
  if (toldBy === null) {
    const source = proposed.source === 'told' ? 'direct' : proposed.source
    return { source, toldBy, chain: [], reliability: RELIABILITY[source] }
  }
  const words = lines.filter(({ speaker }) => speaker === toldBy).map((line) => line.text)
  return { source: 'told', toldBy, ...hearsayFrom(heldBy(toldBy), [text, ...words], names, owner) }
}

const restsOnOneOf = ({ lines }: Learned, others: readonly Cited[]): boolean =>
  lines.some((line) => others.includes(line))

/** `familiar`: what was left out, for its owner remembers or knows it already. */
export type Recollection = {
  readonly formed: readonly Remembered[]
  readonly familiar: readonly Learned[]
}

/**
 * New memories of those who witnessed all that they rest on, in the order in which it was told. One who was told
 * something has it from who said it, and from whom that one has it. `known`: of each owner the newest first. `names`: the
 * words of the cast's names.
 */
export const memoriesIn = (
  terms: Terms,
  proposal: Proposal,
  known: readonly Known[],
  names: ReadonlySet<string>,
): Recollection => {
  const kept: Remembered[] = []
  const familiar: Learned[] = []
  for (const memory of groundedMemories(terms, proposal)) {
    const { owner, text, lines, proposed } = memory
    // What one remembers of telling it is not where one has it from.
    const heldBy = (teller: EntityId): Held[] => [
      ...kept
        .filter((each) => each.owner === teller && !restsOnOneOf(each, lines))
        .map((each) => ({ ...each, body: each.text }))
        .toReversed(),
      ...known.flatMap((each) => (each.owner === teller && each.toldBy !== undefined ? [each] : [])),
    ]
    const before = kept.map((each): Known => ({ owner: each.owner, body: each.text }))
    if (isKnown([...known, ...before], memory)) {
      familiar.push(memory)
      continue
    }
    kept.push({
      ...{ owner, text, lines, significance: clampSignificance(proposed.significance) },
      ...provenanceOf(terms, memory, names, heldBy),
    })
  }
  return { formed: kept, familiar }
}

/** What is told again is remembered, but in passing. In UTF-16 units. */
const FAMILIAR_LIMIT = 120

const asRemembered = (plain: Plain): Remembered => ({
  ...plain,
  ...{ significance: 0, source: 'direct', toldBy: null, chain: [], reliability: RELIABILITY.direct },
})

const lastTurnOf = ({ lines }: Remembered) => Math.max(...lines.map(({ turn }) => turn))

/**
 * With a plain memory for each of the owners who perceived a turn of which they would have none, in the order of the
 * turns: a short one where it brought up what is familiar to them. `lines`: all that was told in them.
 */
export const withPlain = (
  { formed, familiar }: Recollection,
  lines: readonly Cited[],
  owners: readonly EntityId[],
  called: (entity: EntityId) => string,
  isAllowed: (text: string) => boolean,
): Remembered[] => {
  const isAmong = (memories: readonly Learned[], owner: EntityId, turn: number) =>
    memories.some((memory) => memory.owner === owner && memory.lines.some((line) => line.turn === turn))
  const roomFor = (owner: EntityId, turn: number) => {
    if (isAmong(formed, owner, turn)) return 0
    return isAmong(familiar, owner, turn) ? FAMILIAR_LIMIT : TEXT_LIMIT
  }
  const plain = plainMemories(owners, lines, roomFor, called, isAllowed).map(asRemembered)
  return [...formed, ...plain].toSorted((one, other) => lastTurnOf(one) - lastTurnOf(other))
}

/** What those who witnessed a line have newly learned from it. */
export const factsIn = (terms: Terms, { facts }: Proposal, known: readonly Known[]): Learned[] => {
  const kept: Learned[] = []
  for (const { who, text, line } of facts) {
    const learned = groundedIn(terms, who, text, [line])
    const before = kept.map((each): Known => ({ owner: each.owner, body: each.text }))
    if (learned && !isKnown([...known, ...before], learned)) kept.push(learned)
  }
  return kept
}
