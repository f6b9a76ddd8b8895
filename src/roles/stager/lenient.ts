import { z } from 'zod'

/** Further than any rule lets a number go. */
const FAR = 1e9

// In what follows, what reads leniently stands outermost: zod takes a field for one that may be left out when
// something stands around its preprocessing.

/** Takes `instead` for what does not fit, so that one wrong field spoils nothing else. */
export const lenient = <Schema extends z.ZodType>(schema: Schema, instead: z.output<Schema>) =>
  z.preprocess((raw) => (schema.safeParse(raw).success ? raw : instead), schema)

/** Without the entries that do not fit: those that do stand. */
export const listOf = <Schema extends z.ZodType>(entry: Schema, most: number) =>
  z.preprocess(
    (raw) => (Array.isArray(raw) ? raw.filter((each) => entry.safeParse(each).success).slice(0, most) : []),
    z.array(entry).max(most),
  )

// Models write 3 as "3".
const asNumber = (raw: unknown): unknown => {
  const number = typeof raw === 'string' && /\d/u.test(raw) ? Number(raw) : raw
  return typeof number === 'number' && Math.abs(number) > FAR ? Math.sign(number) * FAR : number
}

/** However wild: what it comes to is decided by code. */
export const anyNumber = z.preprocess(asNumber, z.number())

/** Words, or null for none. */
export const words = lenient(z.string().nullable(), null)

/** Yes, no, or null where it is not said. */
export const yesOrNo = lenient(z.boolean().nullable(), null)
