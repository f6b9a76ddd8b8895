import { z } from 'zod'
import { type Flaw, refuseForm } from '../refusal.ts'
import { isSnowflake } from '../snowflake.ts'

/** The schema pieces that Discord's forms are made of, and its words for what is wrong with them. */

export const flaw = (code: string, message: string) => ({ message, params: { discord: code } })

const lengthFlaw = (length: number, min: number, max: number) => {
  if (length === 0) return flaw('BASE_TYPE_REQUIRED', 'This field is required')
  if (min > 0) return flaw('BASE_TYPE_BAD_LENGTH', `Must be between ${min} and ${max} in length.`)
  return flaw('BASE_TYPE_MAX_LENGTH', `Must be ${max} or fewer in length.`)
}

/** Text of `min` to `max` UTF-16 units: the stricter way to count, so that what passes here passes there. */
export const text = (min: number, max: number) =>
  z.string().superRefine((value, context) => {
    if (value.length < min || value.length > max) {
      context.addIssue({ code: 'custom', ...lengthFlaw(value.length, min, max) })
    }
  })

export const list = <T extends z.ZodType>(item: T, min: number, max: number) =>
  z.array(item).superRefine((value, context) => {
    if (value.length < min || value.length > max) {
      context.addIssue({ code: 'custom', ...lengthFlaw(value.length, min, max) })
    }
  })

export const snowflake = z.string().refine(isSnowflake, flaw('NUMBER_TYPE_COERCE', 'Value is not snowflake.'))

export const httpUrl = (max: number) =>
  text(1, max).refine(
    (value) => /^https?:\/\/[^\s]+$/i.test(value),
    flaw('URL_TYPE_INVALID_URL', 'Not a well formed URL.'),
  )

const EXPECTED: Record<string, (input: unknown) => [code: string, message: string]> = {
  string: (input) => ['STRING_TYPE_CONVERT', `Could not interpret "${String(input)}" as string.`],
  number: (input) => ['NUMBER_TYPE_COERCE', `Value "${String(input)}" is not int.`],
  int: (input) => ['NUMBER_TYPE_COERCE', `Value "${String(input)}" is not int.`],
  boolean: () => ['BOOLEAN_TYPE_CONVERT', 'Must be either true or false.'],
  array: () => ['LIST_TYPE_CONVERT', 'Only iterables may be used in a ListType'],
  object: () => ['MODEL_TYPE_CONVERT', 'Only dictionaries may be used in a ModelType'],
  record: () => ['DICT_TYPE_CONVERT', 'Only dictionaries may be used in a DictType'],
}

/** As Discord writes lists of values: a single one has a comma too. */
export const tuple = (values: readonly unknown[]): string =>
  `(${values.map(String).join(', ')}${values.length === 1 ? ',' : ''})`

const wordsOf = (issue: z.core.$ZodIssue): [code: string, message: string] => {
  switch (issue.code) {
    case 'custom': {
      const code: unknown = issue.params?.discord
      return [typeof code === 'string' ? code : 'BASE_TYPE_INVALID', issue.message]
    }
    case 'invalid_type':
      if (issue.input === undefined || issue.input === null) {
        return ['BASE_TYPE_REQUIRED', 'This field is required']
      }
      return EXPECTED[issue.expected]?.(issue.input) ?? ['BASE_TYPE_INVALID', issue.message]
    case 'too_big':
      return ['NUMBER_TYPE_MAX', `int value should be less than or equal to ${issue.maximum}.`]
    case 'too_small':
      return ['NUMBER_TYPE_MIN', `int value should be greater than or equal to ${issue.minimum}.`]
    case 'invalid_value':
      return ['BASE_TYPE_CHOICES', `Value must be one of {${issue.values.map(String).join(', ')}}.`]
    case 'invalid_union':
      return [
        'UNION_TYPE_CHOICES',
        `Value of field "type" must be one of ${tuple('options' in issue ? (issue.options ?? []) : [])}.`,
      ]
    default:
      return ['BASE_TYPE_INVALID', issue.message]
  }
}

/** A value of no kind that is allowed is a flaw of the value, not of the field that names its kind. */
const placeOf = (issue: z.core.$ZodIssue): PropertyKey[] =>
  issue.code === 'invalid_union' && issue.discriminator ? issue.path.slice(0, -1) : issue.path

const flawsOf = (error: z.ZodError): Flaw[] =>
  error.issues.map((issue) => {
    const [code, message] = wordsOf(issue)
    return { path: placeOf(issue).map((key) => (typeof key === 'symbol' ? String(key) : key)), code, message }
  })

/** The form as typed data, or 50035 naming every flaw. Unknown keys are dropped, as Discord drops them. */
export const readForm = <S extends z.ZodType>(schema: S, body: unknown): z.output<S> => {
  const result = schema.safeParse(body ?? {}, { reportInput: true })
  if (!result.success) throw refuseForm(...flawsOf(result.error))
  return result.data
}

type Dense<T> = { [K in keyof T]: Exclude<T[K], undefined | null> }

/** Without the keys that hold nothing: what Discord leaves out of its answers. */
export const dense = <T extends object>(value: T): Partial<Dense<T>> =>
  Object.fromEntries(
    Object.entries(value).filter(([, held]) => held !== undefined && held !== null),
  ) as Partial<Dense<T>>
