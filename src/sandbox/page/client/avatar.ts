import type { APIUser } from 'discord-api-types/v10'

/** Dark enough that white letters on them can be read. */
const COLOURS = ['#5865f2', '#1f7a4d', '#a8326e', '#9a5b00', '#0b7285', '#7a4bc4', '#b3403a', '#486581']

const SKEIN =
  '<circle cx="20" cy="20" r="10"/><path d="M12 14c6 1 11 5 14 13M10.5 19c5 .5 9 4 11 10.500M16 11c6 2 11 6 13.500 12"/>'

const hash = (text: string): number => {
  // FNV-1a: people's ids may differ in one digit only.
  let value = 0x811c9dc5
  for (const character of text) value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193)
  return (value ^ (value >>> 15)) >>> 0
}

/** One or two letters that stand for a name. */
export const initials = (name: string): string => {
  const words = name.match(/[\p{L}\p{N}]+/gu) ?? []
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]]
  return letters.map((word) => [...(word ?? '?')][0] ?? '?').join('')
}

const picture = (colour: string, content: string): string =>
  `data:image/svg+xml,${encodeURIComponent(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><rect width="40" height="40" fill="${colour}"/>${content}</svg>`,
  )}`

const made = new Map<string, string>()

/**
 * A picture for a user, drawn here: nothing is fetched from anywhere. The bot gets a skein of thread, everyone
 * else their initials; webhooks share an id, so the name is part of the colour.
 */
export const avatarOf = (user: Pick<APIUser, 'id' | 'username' | 'global_name'>, isApp: boolean): string => {
  const name = user.global_name || user.username
  const key = `${user.id}\n${name}\n${isApp}`
  const known = made.get(key)
  if (known) return known
  const colour = COLOURS[hash(`${user.id}${name}`) % COLOURS.length] ?? '#5865f2'
  // Initials hold letters and digits only, so they need no escaping.
  const letters = `<text x="20" y="20" fill="#fff" font-family="sans-serif" font-size="16" font-weight="600" text-anchor="middle" dominant-baseline="central">${initials(name).toUpperCase()}</text>`
  const skein = `<g fill="none" stroke="#fff" stroke-width="2.2" stroke-linecap="round">${SKEIN}</g>`
  const url = isApp ? picture('#5865f2', skein) : picture(colour, letters)
  made.set(key, url)
  return url
}
