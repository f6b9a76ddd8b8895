import { cutMiddle, mostThatFits } from './fit.ts'
import type { PlacedPart } from './part.ts'
import { MESSAGE_OVERHEAD } from './tokens.ts'

/** How much at least stands of a line that is cut, in UTF-16 units. */
const SHORTEST = 240

type Ease = (part: PlacedPart, over: number) => PlacedPart

/** One way to make room: parts that give way together, and how. */
type Way = { readonly parts: readonly PlacedPart[]; readonly ease: Ease }

const withoutNeed: Ease = (part) => ({ ...part, tier: 'should' })

/** A line without as much of its middle as is over. */
const shortened =
  (count: (text: string) => number): Ease =>
  (part, over) => {
    const cut = (units: number) => cutMiddle(part.text, units)
    const isEnough = (units: number) => units <= SHORTEST || count(cut(units)) <= part.tokens - over
    const text = cut(mostThatFits(part.text.length, isEnough))
    return text === part.text ? part : { ...part, text, tokens: count(text), why: 'cut to fit' }
  }

// The newest of what was said before stands longer than what is older, and what was said last stands whatever happens.
const waysOf = (parts: readonly PlacedPart[], count: (text: string) => number): Way[] => {
  const musts = parts.filter(({ tier }) => tier === 'must')
  const turns = [
    ...Map.groupBy(
      musts.filter(({ section }) => section === 'history'),
      ({ turn }) => turn,
    ).values(),
  ]
  const newest = turns.at(-1) ?? []
  const earlier = musts.filter(({ section }) => section === 'line').slice(0, -1)
  const oneByOne = (some: readonly PlacedPart[], ease: Ease) => some.map((part) => ({ parts: [part], ease }))
  return [
    ...turns.slice(0, -1).map((turn) => ({ parts: turn, ease: withoutNeed })),
    ...oneByOne([...newest, ...earlier], shortened(count)),
    { parts: newest, ease: withoutNeed },
    ...oneByOne(earlier, withoutNeed),
  ]
}

const weightOf = ({ tier, tokens }: PlacedPart) => (tier === 'must' ? tokens + MESSAGE_OVERHEAD : 0)

/**
 * Parts of which the musts are shorter by as many tokens as they are over a limit, as far as that goes. In this order,
 * and no further than it takes: the older turns need not stand any more, the oldest first; lines are cut in their
 * middle, the oldest first; then these need not stand either. All but the last line that is to be answered.
 */
export const eased = (
  parts: readonly PlacedPart[],
  over: number,
  count: (text: string) => number,
): PlacedPart[] => {
  const now = new Map(parts.map((part) => [part, part]))
  let left = over
  for (const { parts: some, ease } of waysOf(parts, count)) {
    if (left <= 0) break
    for (const part of some) {
      const before = now.get(part) ?? part
      const after = ease(before, left)
      left -= weightOf(before) - weightOf(after)
      now.set(part, after)
    }
  }
  return [...now.values()]
}
