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
  readonly reason: string | null
}

const sizeOf = ({ affinity, trust }: Shift) => Math.abs(affinity) + Math.abs(trust)

// It rests on the line that did most, and says why that one did.
const together = (shifts: readonly Shift[]): Shift[] => {
  const [first] = shifts.toSorted((one, other) => sizeOf(other) - sizeOf(one))
  if (!first) return []
  const sum = (of: 'affinity' | 'trust') => clampShift(shifts.reduce((total, shift) => total + shift[of], 0))
  return [{ ...first, affinity: sum('affinity'), trust: sum('trust') }]
}

/** What the lines do to feelings: one shift for each who feels and each for whom. A line counts once for it. */
export const shiftsIn = (terms: Terms, { shifts }: Proposal): Shift[] => {
  const read = shifts.flatMap((proposed): Shift[] => {
    const [from, to] = [terms.member(proposed.from), terms.member(proposed.to)]
    const line = terms.line(proposed.line)
    if (!from?.isCharacter || !from.isPresent || !to?.isPresent || !line) return []
    if (!line.witnesses.includes(from.entity)) return []
    return [
      {
        ...{ from: from.entity, to: to.entity, line, reason: terms.reason(proposed.reason, [from.entity]) },
        ...{ affinity: clampShift(proposed.affinity), trust: clampShift(proposed.trust) },
      },
    ]
  })
  const pairs = Map.groupBy(read, ({ from, to }) => JSON.stringify([from, to])).values()
  return [...pairs].flatMap((pair) =>
    together(
      pair.filter((shift, index) => pair.findIndex(({ line }) => line.id === shift.line.id) === index),
    ),
  )
}
