import {
  type APIApplicationCommand,
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandOption,
  ApplicationCommandType,
  ApplicationCommandOptionType as Kind,
} from 'discord-api-types/v10'

/** A command or subcommand that can be run: what the picker lists. */
export type Leaf = {
  readonly path: readonly string[]
  readonly name: string
  readonly description: string
  readonly options: readonly APIApplicationCommandBasicOption[]
}

const isBasic = (option: APIApplicationCommandOption): option is APIApplicationCommandBasicOption =>
  option.type !== Kind.Subcommand && option.type !== Kind.SubcommandGroup

const leavesUnder = (
  path: readonly string[],
  description: string,
  options: readonly APIApplicationCommandOption[],
): Leaf[] => {
  const nested = options.flatMap((option) =>
    isBasic(option) ? [] : leavesUnder([...path, option.name], option.description, option.options ?? []),
  )
  if (nested.length > 0) return nested
  return [{ path, name: path.join(' '), description, options: options.filter(isBasic) }]
}

/** Every slash command that can be run, groups opened up. */
export const leavesOf = (commands: readonly APIApplicationCommand[]): Leaf[] =>
  commands
    .filter((command) => command.type === ApplicationCommandType.ChatInput)
    .flatMap((command) => leavesUnder([command.name], command.description, command.options ?? []))

/** What fits the text after the slash: names that begin with it, then names and descriptions that hold it. */
export const matching = (leaves: readonly Leaf[], query: string): Leaf[] => {
  const wanted = query.trim().toLowerCase().replace(/\s+/g, ' ')
  const rank = (leaf: Leaf): number => {
    if (leaf.name.startsWith(wanted)) return 0
    if (leaf.path.some((part) => part.startsWith(wanted))) return 1
    if (leaf.name.includes(wanted)) return 2
    return wanted.length > 1 && leaf.description.toLowerCase().includes(wanted) ? 3 : -1
  }
  return leaves
    .map((leaf) => ({ leaf, rank: rank(leaf) }))
    .filter(({ rank }) => rank >= 0)
    .sort((a, b) => a.rank - b.rank)
    .map(({ leaf }) => leaf)
}

/** The query of a draft that is a slash command in the making; undefined for ordinary text. */
export const slashQuery = (draft: string): string | undefined =>
  /^\/[^\n]{0,100}$/.test(draft) ? draft.slice(1) : undefined

export type OptionValue = string | number | boolean
type Read = { readonly value: OptionValue | undefined } | { readonly error: string }

const readNumber = (option: APIApplicationCommandBasicOption, text: string): Read => {
  const value = Number(text.replace(',', '.'))
  if (!Number.isFinite(value)) return { error: 'This is not a number.' }
  if (option.type === Kind.Integer && !Number.isInteger(value)) return { error: 'A whole number is needed.' }
  if ('min_value' in option && option.min_value !== undefined && value < option.min_value) {
    return { error: `At least ${option.min_value}.` }
  }
  if ('max_value' in option && option.max_value !== undefined && value > option.max_value) {
    return { error: `At most ${option.max_value}.` }
  }
  return { value }
}

const readText = (option: APIApplicationCommandBasicOption, text: string): Read => {
  if ('min_length' in option && option.min_length !== undefined && text.length < option.min_length) {
    return { error: `At least ${option.min_length} characters.` }
  }
  if ('max_length' in option && option.max_length !== undefined && text.length > option.max_length) {
    return { error: `At most ${option.max_length} characters.` }
  }
  return { value: text }
}

/** Reads what was typed into one option's field. */
const readOption = (option: APIApplicationCommandBasicOption, typed: string): Read => {
  const text = typed.trim()
  if (text === '') return option.required ? { error: 'This option is required.' } : { value: undefined }
  if (option.type === Kind.Boolean) return { value: text === 'true' }
  if (option.type === Kind.Integer || option.type === Kind.Number) return readNumber(option, text)
  return readText(option, text)
}

/** Reads all fields of a command: either values to send or the errors to show, by option name. */
export const readOptions = (
  leaf: Leaf,
  typed: Readonly<Record<string, string>>,
): { readonly values: Record<string, OptionValue>; readonly errors: Record<string, string> } => {
  const values: Record<string, OptionValue> = {}
  const errors: Record<string, string> = {}
  for (const option of leaf.options) {
    const read = readOption(option, typed[option.name] ?? '')
    if ('error' in read) errors[option.name] = read.error
    else if (read.value !== undefined) values[option.name] = read.value
  }
  return { values, errors }
}
