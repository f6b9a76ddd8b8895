import type { Memory } from '../../story/memory.ts'
import type { EntityId } from '../../story/ref.ts'
import { isAlike } from './alike.ts'
import { clampSignificance, type Proposal } from './proposal.ts'
import type { Cited, Terms } from './terms.ts'

/** What someone knows already, in words. */
export type Known = { readonly owner: EntityId; readonly body: string }

type Remembered = {
  readonly owner: EntityId
  readonly text: string
  readonly lines: Cited[]
  readonly significance: number
  readonly source: Memory['source']
  readonly toldBy: EntityId | null
}
type Learned = Pick<Remembered, 'owner' | 'text' | 'lines'>

// Whose words they are, what they say and what they rest on; undefined where one of these is missing.
const groundedIn = (
  terms: Terms,
  who: string,
  text: string,
  numbers: readonly number[],
): Learned | undefined => {
  const owner = terms.member(who)?.entity
  const allowed = terms.text(text)
  const lines = [...new Set(numbers)].map(terms.line).filter((line) => line !== undefined)
  if (owner === undefined || allowed === undefined || lines.length === 0) return undefined
  return lines.every(({ witnesses }) => witnesses.includes(owner))
    ? { owner, text: allowed, lines }
    : undefined
}

// One by one, for what is new at first is known when it is told again.
const newTo = <T extends Learned>(known: readonly Known[], entries: readonly T[]): T[] => {
  const kept: T[] = []
  for (const entry of entries) {
    const bodies = [
      ...known.filter(({ owner }) => owner === entry.owner).map(({ body }) => body),
      ...kept.filter(({ owner }) => owner === entry.owner).map(({ text }) => text),
    ]
    if (!bodies.some((body) => isAlike(body, entry.text))) kept.push(entry)
  }
  return kept
}

/** New memories of those who witnessed all that they rest on. One who was told something has it from who said it. */
export const memoriesIn = (terms: Terms, { memories }: Proposal, known: readonly Known[]): Remembered[] =>
  newTo(
    known,
    memories.flatMap((proposed): Remembered[] => {
      const learned = groundedIn(terms, proposed.who, proposed.text, proposed.lines)
      if (!learned) return []
      const teller = terms.member(proposed.told_by)?.entity
      const isHearsay =
        proposed.source === 'told' &&
        teller !== learned.owner &&
        learned.lines.some(({ speaker }) => speaker === teller)
      return [
        {
          ...learned,
          significance: clampSignificance(proposed.significance),
          source: proposed.source === 'told' && !isHearsay ? 'direct' : proposed.source,
          toldBy: isHearsay ? (teller ?? null) : null,
        },
      ]
    }),
  )

/** What those who witnessed a line have newly learned from it. */
export const factsIn = (terms: Terms, { facts }: Proposal, known: readonly Known[]): Learned[] =>
  newTo(
    known,
    facts.flatMap(({ who, text, line }) => groundedIn(terms, who, text, [line]) ?? []),
  )
