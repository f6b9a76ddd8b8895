import type { EntityId } from '../../story/ref.ts'
import { matterOf } from './matter.ts'
import type { Known } from './remembered.ts'
import type { Cited } from './terms.ts'

/**
 * Tells whether a text may come before someone: it holds no word of a line that only others perceived, unless one of
 * their own lines has it too, or something that they know. A model is given all lines at once,
 * whispers as well, and could put into one's memory what was for another's ears alone. Rather too strict: instead of what
 * is kept out, one remembers one's own lines. `common`: what someone's prompts hold in
 * any case.
 */
export const openTo = (
  lines: readonly Cited[],
  known: readonly Known[],
  common: (reader: EntityId) => readonly string[],
  names: ReadonlySet<string>,
): ((text: string, reader: EntityId) => boolean) => {
  const matters = new Map(lines.map((line) => [line, matterOf(line.text, names)]))
  const secrets = new Map<EntityId, ReadonlySet<string>>()
  const allOf = (some: readonly Cited[]) => new Set(some.flatMap((line) => [...(matters.get(line) ?? [])]))
  const secretFrom = (reader: EntityId): ReadonlySet<string> => {
    const perceives = ({ witnesses }: Cited) => witnesses.includes(reader)
    const hidden = allOf(lines.filter((line) => !perceives(line)))
    if (hidden.size === 0) return hidden
    const own = known.filter(({ owner }) => owner === reader).map(({ body }) => body)
    return [...common(reader), ...own].reduce<ReadonlySet<string>>(
      (left, text) => left.difference(matterOf(text, names)),
      hidden.difference(allOf(lines.filter(perceives))),
    )
  }
  return (text, reader) => {
    const secret = secrets.get(reader) ?? secretFrom(reader)
    secrets.set(reader, secret)
    return matterOf(text, names).isDisjointFrom(secret)
  }
}
