import type { Texts } from '../../src/locales/en.ts'
import { changes } from '../change.ts'

/** What was and what is, for each setting that has changed. `read`: settings as people read them, by their names. */
export const changedWords = <Settings>(
  read: (of: Settings) => Readonly<Partial<Record<keyof Texts['settings']['field'], string>>>,
  before: Settings,
  after: Settings,
  texts: Texts,
): string => {
  const [was, is] = [read(before), read(after)]
  const { field, changed } = texts.settings
  const fields = (Object.keys(field) as (keyof typeof field)[])
    .map((key) => ({ label: field[key], before: was[key] ?? '', after: is[key] ?? '' }))
    .filter((one) => one.before !== one.after)
  return fields.length > 0 ? changes(changed, fields, texts) : texts.change.refused.nothing_changed
}
