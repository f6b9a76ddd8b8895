import { z } from 'zod'
import { SkeinError } from '../kit/errors.ts'
import { DEFAULT_OOC_MARKS, type OocMarks } from '../story/segment.ts'
import { addressWithoutKey } from './address.ts'

const NO_ADDRESS = 'must be an http or https address'
const url = z.url({ protocol: /^https?$/, error: NO_ADDRESS })
const modelUrl = addressWithoutKey(
  NO_ADDRESS,
  'must not hold a name, a password or a key: set the key as OPENAI_API_KEY, and give the address alone',
)
const wholeNumber = (min: number, max: number) =>
  z.coerce
    .number({ error: 'must be a number' })
    .int('must be a whole number')
    .min(min, `must be at least ${min}`)
    .max(max, `must be at most ${max}`)

const oocMarks = z
  .string()
  .regex(/^\S+ \S+$/, 'must be an opening and a closing mark with a blank between them, as in (( ))')
  .transform((marks): OocMarks => {
    const [open = '', close = ''] = marks.split(' ')
    return { open, close }
  })
  .refine(({ open, close }) => open !== close, 'must be two different marks')

const timeOfDay = z
  .string()
  .regex(/^(?:off|(?:[01]\d|2[0-3]):[0-5]\d)$/, 'must be a time of day like 03:00, or off')
  .transform((text) => {
    if (text === 'off') return text
    const [hour = 0, minute = 0] = text.split(':').map(Number)
    return { hour, minute }
  })

/**
 * Every setting, with what it is for. `.env.example` is written from this, and the environment is checked
 * against it at the start. A setting that is empty counts as not set.
 */
export const settings = {
  DISCORD_TOKEN: z.string().min(1).optional().meta({
    description:
      'The token of your bot, from the Discord developer portal. Without it, Skein opens a world of its own on this machine, with a page to play in.',
  }),
  DISCORD_API_URL: url.optional().meta({
    description:
      'Another address for Discord’s REST API, without the version, for tests and proxies. It wants a DISCORD_TOKEN.',
  }),
  OPENAI_API_KEY: z.string().min(1).optional().meta({
    description: 'The key for the language model. Not needed for a model server on this machine.',
  }),
  OPENAI_BASE_URL: modelUrl.optional().meta({
    description:
      'The address of any OpenAI-compatible API, with its /v1. Without it: OpenAI when there is a key; else a model server found on this machine; else the built-in improviser, which is no language model.',
  }),
  SKEIN_NARRATOR_MODEL: z.string().min(1).optional().meta({
    description:
      'The model that writes. Without it: the first that the server offers, or gpt-4.1-mini at OpenAI.',
  }),
  SKEIN_MODELS_FILE: z.string().min(1).optional().meta({
    description:
      'A JSON file with several connections to models and the models of each role; what it says goes before the three settings above. Without it: models.json in the working directory, where that exists. It looks like {"connections": {"openai": {"url": "https://api.openai.com/v1", "key": "OPENAI_API_KEY"}}, "roles": {"default": ["openai/gpt-4.1-mini"]}}: the roles are writer, planner, archivist, summariser, chronicler, biographer, stager and segmenter, and a key is named by its environment variable, never written there.',
    example: 'models.json',
  }),
  SKEIN_DATA_DIR: z.string().min(1).default('data').meta({
    description: 'Where stories are kept. One Skein at a time can use it.',
  }),
  SKEIN_BACKUP_TIME: timeOfDay.default({ hour: 3, minute: 0 }).meta({
    description:
      'When the nightly backup is made, by this machine’s clock, or off. The 14 newest stay in backups/ under SKEIN_DATA_DIR.',
    example: '03:00',
  }),
  SKEIN_PORT: wholeNumber(0, 65_535).default(4646).meta({
    description: 'The port of the page, when there is no DISCORD_TOKEN. 0 takes any free one.',
  }),
  SKEIN_WRITING: z
    .enum(['full', 'lean', 'bare'], { error: 'must be full, lean or bare' })
    .default('full')
    .meta({
      description:
        'How much is done for a turn: full has a planner choose who speaks, lean leaves that to a rule, bare notes nothing of what a turn brought about either. A story can choose otherwise.',
    }),
  SKEIN_MAX_TOKENS: wholeNumber(50, 4000).default(700).meta({
    description: 'The longest answer, in tokens.',
  }),
  SKEIN_TEMPERATURE: z.coerce
    .number({ error: 'must be a number' })
    .min(0, 'must be at least 0')
    .max(2, 'must be at most 2')
    .default(0.8)
    .meta({ description: 'How freely the model chooses its words, from 0 to 2.' }),
  SKEIN_OOC_MARKS: oocMarks.default(DEFAULT_OOC_MARKS).meta({
    description: 'What opens and what closes an out-of-character remark, with a blank between them.',
    example: '(( ))',
  }),
  SKEIN_AFTER_REWIND: z
    .enum(['strike', 'remove'], { error: 'must be strike or remove' })
    .default('strike')
    .meta({
      description:
        'What becomes of Skein’s messages that a rewind puts out of force: strike crosses them out, remove deletes them half a minute later.',
    }),
  SKEIN_LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      error: 'must be one of fatal, error, warn, info, debug, trace, silent',
    })
    .default('info')
    .meta({ description: 'How much is logged: fatal, error, warn, info, debug, trace or silent.' }),
}

const Settings = z.object(settings).refine((set) => !set.DISCORD_API_URL || set.DISCORD_TOKEN, {
  path: ['DISCORD_API_URL'],
  error: 'needs a DISCORD_TOKEN beside it',
})
export type Config = z.infer<typeof Settings>

/** Reads the settings out of an environment. Throws `bad_setting`, naming the first setting that is wrong and how. */
export const readConfig = (env: Readonly<Record<string, string | undefined>>): Config => {
  const set = Object.fromEntries(
    Object.keys(settings).flatMap((key) => (env[key]?.trim() ? [[key, env[key].trim()]] : [])),
  )
  const read = Settings.safeParse(set)
  if (read.success) return read.data
  const [issue] = read.error.issues
  const key = String(issue?.path[0])
  throw new SkeinError('bad_setting', `${key} ${issue?.message ?? 'is not valid'}`, { setting: key })
}

const wrapped = (text: string, width = 100): string[] =>
  (text.match(new RegExp(`.{1,${width}}(?:\\s|$)`, 'gu')) ?? []).map((line) => `# ${line.trim()}`)

const shown = (value: unknown): string => (value === undefined ? '' : String(value))

/** `.env.example`, from the settings. */
export const envExample = (): string => {
  const entries = Object.entries(settings).map(([key, schema]) => {
    const { description = '', example } = schema.meta() ?? {}
    const value = example ?? z.safeParse(schema, undefined).data
    return [...wrapped(description), `#${key}=${shown(value)}`].join('\n')
  })
  return `${['# Copy this file to .env and take the # away from what you want to set.', ...entries].join('\n\n')}\n`
}
