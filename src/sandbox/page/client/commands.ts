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

/** The names of the commands that are used on a message, in the server's order. */
export const messageCommandsOf = (commands: readonly APIApplicationCommand[]): string[] =>
  commands.filter(({ type }) => type === ApplicationCommandType.Message).map(({ name }) => name)

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
