import type { Texts } from '../../src/locales/en.ts'
import { fold } from '../../src/safety/fold.ts'
import { type Boundary, StorySettings } from '../../src/story/settings.ts'

/** The lines and veils of a story or a server. */
export type Bounds = Pick<StorySettings, 'lines' | 'veils'>

export type BoundaryKind = keyof Bounds

export const boundaryKinds: readonly BoundaryKind[] = ['lines', 'veils']

/** Why one cannot be added. */
export type AddRefusal = keyof Texts['boundaries']['refused']

/** Whether a boundary is called so, however it is written. */
export const isCalled =
  (typed: string) =>
  ({ label }: Boundary): boolean =>
    fold(label) === fold(typed.trim())

/** Words with commas between them, each once. */
export const wordsIn = (typed: string): string[] => [
  ...new Map(
    typed
      .split(',')
      .map((word) => word.trim())
      .filter((word) => word !== '')
      .map((word) => [fold(word), word]),
  ).values(),
]

// By the place in a list of boundaries at which the schema finds fault.
const faultAt = ([index, field, word]: readonly PropertyKey[]): AddRefusal => {
  if (index === undefined) return 'too_many'
  if (field === 'label') return 'bad_label'
  return word === undefined ? 'too_many_words' : 'bad_word'
}

const checked = (
  before: Bounds,
  kind: BoundaryKind,
  boundaries: readonly Boundary[],
): Bounds | AddRefusal => {
  const { data, error } = StorySettings.shape[kind].safeParse(boundaries)
  return data ? { ...before, [kind]: data } : faultAt(error.issues[0]?.path ?? [])
}

/**
 * Lines and veils with one more, or with more words for one. It only ever becomes stricter: a veil becomes a line, and
 * never the other way round.
 */
export const added = (before: Bounds, kind: BoundaryKind, boundary: Boundary): Bounds | AddRefusal => {
  const is = isCalled(boundary.label)
  if (kind === 'veils' && before.lines.some(is)) return 'stricter'
  const known = before[kind].find(is)
  const veiled = kind === 'lines' ? before.veils.find(is) : undefined
  const words = wordsIn([known, veiled, boundary].flatMap((one) => one?.words ?? []).join())
  if (known && words.length === known.words.length) return 'unchanged'
  const one = { label: known?.label ?? boundary.label, words }
  return checked(
    veiled ? { ...before, veils: before.veils.filter((veil) => veil !== veiled) } : before,
    kind,
    known ? before[kind].map((each) => (each === known ? one : each)) : [...before[kind], one],
  )
}

/** Lines and veils without what is called so. */
export const without = ({ lines, veils }: Bounds, typed: string): Bounds => {
  const isOther = (boundary: Boundary) => !isCalled(typed)(boundary)
  return { lines: lines.filter(isOther), veils: veils.filter(isOther) }
}
