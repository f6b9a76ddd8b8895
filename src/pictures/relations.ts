import { shorten } from '../kit/text.ts'
import { ALT_TEXT_LIMIT } from './branch-tree.ts'
import type { Graph, GraphNode, Stroke } from './graph.ts'

/** Someone as they are drawn. `isAway`: they are known not to be present. */
export type DrawnPerson = {
  readonly id: string
  readonly name: string
  readonly isAway: boolean
  readonly isReader: boolean
}

/** What one feels about another, from 0 over 50 to 100. `strength`: how far it is from feeling nothing, of 100. */
export type DrawnFeeling = {
  readonly from: string
  readonly to: string
  readonly affinity: number
  readonly trust: number
  readonly strength: number
}

/** What the drawing, and its description, say beside names. */
export type WebWords = {
  readonly mark: (affinity: number, trust: number) => string
  readonly felt: (from: string, to: string, affinity: number, trust: number) => string
  readonly away: string
  readonly you: string
}

/** More than this nobody reads. */
export const DRAWN = { people: 16, feelings: 24 }

const NAME_LIMIT = 28
const shown = (name: string): string => shorten(name.replace(/\s+/gu, ' ').trim(), NAME_LIMIT)

const byStrength = (feelings: readonly DrawnFeeling[]): DrawnFeeling[] =>
  feelings.filter(({ strength }) => strength > 0).sort((one, other) => other.strength - one.strength)

/**
 * The strongest feelings, as many as can be read, with those who have them and whom they are about; then, as far as
 * there is room, the others. `leftOut`: how many feelings are missing. What is neutral is none.
 */
export const strongest = (
  people: readonly DrawnPerson[],
  feelings: readonly DrawnFeeling[],
): {
  readonly people: readonly DrawnPerson[]
  readonly feelings: readonly DrawnFeeling[]
  readonly leftOut: number
} => {
  const felt = byStrength(feelings)
  const kept: DrawnFeeling[] = []
  const names = new Set<string>()
  for (const feeling of felt) {
    const wanted = new Set([...names, feeling.from, feeling.to])
    if (kept.length === DRAWN.feelings || wanted.size > DRAWN.people) continue
    kept.push(feeling)
    names.add(feeling.from).add(feeling.to)
  }
  for (const { id, isAway } of people) if (!isAway && names.size < DRAWN.people) names.add(id)
  return {
    people: people.filter(({ id }) => names.has(id)),
    feelings: kept,
    leftOut: felt.length - kept.length,
  }
}

const toneOf = ({ isAway, isReader }: DrawnPerson): GraphNode['tone'] =>
  isReader ? 'accent' : isAway ? 'faded' : 'plain'

const colourOf = ({ affinity }: DrawnFeeling): Stroke['colour'] =>
  affinity === 50 ? 'plain' : affinity > 50 ? 'warm' : 'cold'

/** Who feels what about whom, as a graph: the stronger, the thicker; liking and dislike in colours, distrust dashed. */
export const relationWeb = (
  people: readonly DrawnPerson[],
  feelings: readonly DrawnFeeling[],
  words: WebWords,
): Graph => ({
  shape: 'net',
  nodes: people.map((person) => ({
    id: person.id,
    title: shown(person.name),
    // Not as a badge: that would cover the ends of arrows.
    notes: [...(person.isReader ? [words.you] : []), ...(person.isAway ? [words.away] : [])],
    badge: null,
    tone: toneOf(person),
  })),
  edges: feelings.map((feeling) => ({
    from: feeling.from,
    to: feeling.to,
    label: words.mark(feeling.affinity, feeling.trust),
    stroke: {
      colour: colourOf(feeling),
      width: 1.5 + feeling.strength / 20,
      isDashed: feeling.trust < 50,
    },
  })),
})

const CUT = '\n…'

/** The same in words, the strongest first, for those who do not see the picture. */
export const webAltText = (
  people: readonly DrawnPerson[],
  feelings: readonly DrawnFeeling[],
  words: WebWords,
): string => {
  const names = new Map(people.map(({ id, name }) => [id, shown(name)]))
  const rows = byStrength(feelings).map(({ from, to, affinity, trust }) =>
    words.felt(names.get(from) ?? '', names.get(to) ?? '', affinity, trust),
  )
  const whole = rows.join('\n')
  if (whole.length <= ALT_TEXT_LIMIT) return whole
  let room = ALT_TEXT_LIMIT - CUT.length
  const kept = rows.filter((row) => {
    room = row.length + 1 <= room ? room - row.length - 1 : 0
    return room > 0
  })
  return kept.join('\n') + CUT
}
