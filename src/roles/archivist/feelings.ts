import { clampShift } from '../../story/edge.ts'
import type { EntityId } from '../../story/ref.ts'
import type { Proposal } from './proposal.ts'
import type { Cited, Terms } from './terms.ts'

export type Shift = {
  readonly from: EntityId
  readonly to: EntityId
  readonly affinity: number
  readonly trust: number
  readonly line: Cited
}

const sizeOf = ({ affinity, trust }: Shift) => Math.abs(affinity) + Math.abs(trust)

// It rests on the line that did most.
const together = (one: Shift, other: Shift): Shift => ({
  ...(sizeOf(other) > sizeOf(one) ? other : one),
  affinity: clampShift(one.affinity + other.affinity),
  trust: clampShift(one.trust + other.trust),
})

/** What the lines do to feelings: one shift for each who feels and each for whom. A line counts once for it. */
export const shiftsIn = (terms: Terms, { shifts }: Proposal): Shift[] => {
  const read = shifts.flatMap((proposed): Shift[] => {
    const [from, to] = [terms.member(proposed.from), terms.member(proposed.to)]
    const line = terms.line(proposed.line)
    if (!from?.isCharacter || !from.isPresent || !to?.isPresent || !line) return []
    if (!line.witnesses.includes(from.entity)) return []
    const affinity = clampShift(proposed.affinity)
    const trust = clampShift(proposed.trust)
    return [{ from: from.entity, to: to.entity, affinity, trust, line }]
  })
  const pairs = Map.groupBy(read, ({ from, to }) => JSON.stringify([from, to])).values()
  return [...pairs].map((pair) =>
    pair
      .filter((shift, index) => pair.findIndex(({ line }) => line.id === shift.line.id) === index)
      .reduce(together),
  )
}
