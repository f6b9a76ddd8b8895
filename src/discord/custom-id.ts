import { SkeinError } from '../kit/errors.ts'

/** Discord's limit for a custom id. */
const LIMIT = 100

/** What a button or a form carries back: the name of its handler, and arguments without colons. */
export const customId = (name: string, ...args: readonly (string | number)[]): string => {
  const id = [name, ...args].join(':')
  if (id.length > LIMIT) throw new SkeinError('custom_id_too_long', id)
  return id
}

export const readCustomId = (id: string): { name: string; args: string[] } => {
  const [name = '', ...args] = id.split(':')
  return { name, args }
}
