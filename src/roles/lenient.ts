import { z } from 'zod'
import { isSameName } from '../story/cast.ts'

/** Further than any rule lets a number go. */
const FAR = 1e9

// What reads leniently stands outermost: zod takes a field for one that may be left out when something stands around
// its preprocessing.

/** Takes `instead` for what does not fit, so that one wrong field spoils nothing else. */
export const lenient = <Schema extends z.ZodType>(schema: Schema, instead: z.output<Schema>) =>
  z.preprocess((raw) => (schema.safeParse(raw).success ? raw : instead), schema)

/** Without the entries that do not fit: those that do stand. */
export const listOf = <Schema extends z.ZodType>(entry: Schema, most: number) =>
  z.preprocess(
    (raw) => (Array.isArray(raw) ? raw.filter((each) => entry.safeParse(each).success).slice(0, most) : []),
    z.array(entry).max(most),
  )

/** The outermost of an answer, whose fields all read leniently: whatever is read, nothing is refused as a whole. */
export const answerOf = <Shape extends z.ZodRawShape>(fields: Shape) =>
  z.preprocess(
    (raw) => (typeof raw === 'object' && raw !== null && !Array.isArray(raw) ? raw : {}),
    z.object(fields),
  )

// Models write 3 as "3", and the number of a line as "[3]".
const asNumber = (raw: unknown): unknown => {
  const number = typeof raw === 'string' && /\d/u.test(raw) ? Number(raw.replace(/[[\]\s]/gu, '')) : raw
  return typeof number === 'number' && Math.abs(number) > FAR ? Math.sign(number) * FAR : number
}

export const numeric = <Schema extends z.ZodType>(schema: Schema) => z.preprocess(asNumber, schema)

/** However wild: what it comes to is decided by code. */
export const anyNumber = numeric(z.number())

/** The number of one of so many, which count from 1. */
export const ordinal = (most: number) => z.int().min(1).max(Math.max(1, most))

export const wordsOrNull = lenient(z.string().nullable(), null)

// An enumeration of nothing is no schema. This one names nobody, so nothing comes of what it names.
const NOBODY = ['(nobody)']

/** One of some names, however it is spelled. */
export const oneOf = (names: readonly string[]) => {
  const asNamed = (raw: unknown) =>
    typeof raw === 'string' ? (names.find((name) => isSameName(name, raw)) ?? raw) : raw
  const name = z.enum(names.length > 0 ? names : NOBODY)
  return { name: z.preprocess(asNamed, name), orNull: z.preprocess(asNamed, name.nullable()) }
}
