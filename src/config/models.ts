import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { SkeinError } from '../kit/errors.ts'
import { RELATED_ROLES, type RoleName, roleNames } from '../story/settings.ts'
import { addressWithoutKey } from './address.ts'

/** Where the file is looked for when nobody says so. */
export const MODELS_FILE = 'models.json'

export type ModelsFile = {
  readonly connections: readonly {
    readonly name: string
    readonly url: string
    /** Empty where none is wanted. */
    readonly key: string
    readonly caching: 'anthropic' | 'openai' | 'none' | undefined
    readonly context: number | undefined
  }[]
  readonly roles: Readonly<Partial<Record<RoleName | 'default', readonly string[]>>>
}

type Env = Readonly<Record<string, string | undefined>>

const url = addressWithoutKey(
  'must be an http or https address, such as https://api.openai.com/v1',
  'must not hold a name, a password or a key: name the key’s environment variable under "key"',
)

// What stands there may be a key itself, so it is never repeated.
const keyName = z
  .string()
  .regex(
    /^[A-Z][A-Z0-9_]{0,63}$/,
    'must be the name of an environment variable, such as OPENAI_API_KEY; the key itself goes into .env',
  )

const Connection = z.strictObject({
  url,
  key: keyName.optional(),
  caching: z.enum(['anthropic', 'openai', 'none'], { error: 'must be anthropic, openai or none' }).optional(),
  context: z.int().min(1_000, 'must be at least 1000 tokens').optional(),
})

const connectionName = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/, 'a connection’s name is up to 40 letters, digits, ., _ and -')

const chain = z
  .array(
    z.string().regex(/^[^/]+\/.+$/, 'must be a connection and a model with a slash between them: NAME/MODEL'),
  )
  .min(1, 'must name at least one model, as NAME/MODEL')

const File = z
  .strictObject({
    connections: z.record(connectionName, Connection),
    roles: z.partialRecord(z.enum(['default', ...roleNames]), chain),
  })
  .superRefine(({ connections, roles }, context) => {
    const names = Object.keys(connections)
    if (names.length === 0)
      context.addIssue({
        code: 'custom',
        path: ['connections'],
        message: 'must hold at least one connection',
      })
    for (const [role, links] of Object.entries(roles))
      for (const [index, link] of links.entries()) {
        const name = link.slice(0, link.indexOf('/'))
        if (names.includes(name)) continue
        const message = `names the connection ${name}, which is not among connections (${names.join(', ')})`
        context.addIssue({ code: 'custom', path: ['roles', role, index], message })
      }
    const missing = roleNames.filter((role) => !roles[role] && !roles[RELATED_ROLES[role] ?? role])
    if (missing.length > 0 && !roles.default) {
      const message = `must have a "default": nothing is said for ${missing.join(', ')}`
      context.addIssue({ code: 'custom', path: ['roles'], message })
    }
  })

const faulty = (file: string, place: string, problem: string): SkeinError =>
  new SkeinError('bad_models_file', `${file}: ${place === '' ? 'it' : place} ${problem}`, { file, place })

const placeOf = (path: readonly PropertyKey[]): string =>
  path.reduce<string>((place, key) => {
    if (typeof key === 'number') return `${place}[${key}]`
    return place === '' ? String(key) : `${place}.${String(key)}`
  }, '')

const EXPECTED: Readonly<Record<string, string>> = {
  ...{ object: 'an object', record: 'an object', array: 'a list', string: 'a text' },
  ...{ number: 'a number', int: 'a whole number' },
}

const problemOf = (issue: z.core.$ZodIssue): string => {
  if (issue.code === 'unrecognized_keys') return `does not know ${issue.keys.join(', ')}: take it away`
  if (issue.code === 'invalid_key') return issue.issues[0]?.message ?? 'is not a name'
  if (issue.code === 'invalid_type') return `must be ${EXPECTED[issue.expected] ?? issue.expected}`
  return issue.message
}

/**
 * What the file of models says, with the keys from the environment that it names. Throws `bad_models_file`, naming
 * the first place that is wrong and what to do. What it holds is never repeated where it may be a key.
 */
export const readModels = (text: string, file: string, env: Env): ModelsFile => {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw faulty(file, '', 'is not JSON: look for a missing quote or comma')
  }
  const read = File.safeParse(json)
  if (!read.success) {
    const [issue] = read.error.issues
    throw issue ? faulty(file, placeOf(issue.path), problemOf(issue)) : faulty(file, '', 'is not valid')
  }
  const { connections, roles } = read.data
  const keyOf = (name: string, variable: string | undefined): string => {
    if (variable === undefined) return ''
    const key = env[variable]?.trim()
    if (key) return key
    const problem = `names ${variable}, which is not set: set it in .env, or take the line away where no key is wanted`
    throw faulty(file, `connections.${name}.key`, problem)
  }
  return {
    connections: Object.entries(connections).map(([name, { url, key, caching, context }]) => {
      return { name, url, key: keyOf(name, key), caching, context }
    }),
    roles,
  }
}

/**
 * Reads the file of models. Undefined where there is none and nobody named one; a file that is named has to be there.
 * Throws `bad_models_file`.
 */
export const readModelsFile = (file: string | undefined, env: Env): ModelsFile | undefined => {
  const path = file ?? MODELS_FILE
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    if (isMissing && file === undefined) return undefined
    throw faulty(path, '', isMissing ? 'is not there: make it, or unset SKEIN_MODELS_FILE' : 'cannot be read')
  }
  return readModels(text, path, env)
}
