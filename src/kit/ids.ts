import { randomBytes } from 'node:crypto'

/** Makes a new id. Ids sort by the time of their making and are safe in a URL and in a Discord custom id. */
export type NewId = () => string

const ALPHABET = '0123456789abcdefghijklmnopqrstuv'

/** 9 characters of milliseconds and 11 of randomness (55 bits), in base 32. */
export const idsFrom = (now: () => number): NewId => {
  return () => {
    const time = now().toString(32).padStart(9, '0')
    return time + Array.from(randomBytes(11), (byte) => ALPHABET[byte & 31]).join('')
  }
}
