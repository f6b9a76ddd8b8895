import {
  type APIApplicationCommand,
  type APIApplicationCommandOption,
  ApplicationCommandOptionType as Kind,
} from 'discord-api-types/v10'
import { lendFile } from '../discord/acts/attachments.ts'
import { MAX_FILE_BYTES, type Upload } from '../discord/forms/attachment.ts'
import { permissionsIn } from '../discord/permissions.ts'
import type { GuildChannel } from '../discord/world/entities.ts'
import { partialChannel, presentAttachment } from '../discord/world/present.ts'
import { guildChannelOf, type World } from '../discord/world/world.ts'
import { decline } from './refusals.ts'

export type OptionValue = string | number | boolean
export type OptionValues = Readonly<Record<string, OptionValue>>
/** Option → file, its bytes in base64. */
export type OptionFiles = Readonly<Record<string, { readonly name: string; readonly data: string }>>

/** What was filled in, and where. */
export type Filled = {
  readonly channel: GuildChannel
  readonly values: OptionValues
  readonly files: OptionFiles
}

type Resolved = Record<'users' | 'members' | 'roles' | 'channels' | 'attachments', Record<string, unknown>>

const NAMED: Readonly<Record<number, string>> = {
  [Kind.String]: 'a text',
  [Kind.Integer]: 'a whole number',
  [Kind.Number]: 'a number',
  [Kind.Boolean]: 'true or false',
  [Kind.User]: 'a person',
  [Kind.Channel]: 'a channel',
  [Kind.Role]: 'a role',
  [Kind.Mentionable]: 'a person or a role',
  [Kind.Attachment]: 'a file',
}

const resolveUser = (world: World, id: string, resolved: Resolved): boolean => {
  const known = world.members.get(id)
  if (!known) return false
  const { user, deaf: _d, mute: _m, ...member } = known
  resolved.users[id] = user
  resolved.members[id] = { ...member, permissions: permissionsIn(world, id).toString() }
  return true
}

const resolveRole = (world: World, id: string, resolved: Resolved): boolean => {
  const role = world.roles.get(id)
  if (role) resolved.roles[id] = role
  return role !== undefined
}

const resolveChannel = (
  world: World,
  id: string,
  types: readonly number[] | undefined,
  who: string,
  resolved: Resolved,
): boolean => {
  const channel = guildChannelOf(world, id)
  if (!channel || (types?.length && !types.includes(channel.type))) return false
  const permissions = permissionsIn(world, who, channel).toString()
  resolved.channels[id] = { ...partialChannel(channel), permissions }
  return true
}

const fits = (
  world: World,
  who: string,
  option: APIApplicationCommandOption,
  value: OptionValue,
  resolved: Resolved,
): boolean => {
  switch (option.type) {
    case Kind.String:
      return typeof value === 'string'
    case Kind.Integer:
      return Number.isSafeInteger(value)
    case Kind.Number:
      return typeof value === 'number' && Number.isFinite(value)
    case Kind.Boolean:
      return typeof value === 'boolean'
    case Kind.User:
      return resolveUser(world, String(value), resolved)
    case Kind.Role:
      return resolveRole(world, String(value), resolved)
    case Kind.Mentionable:
      return resolveUser(world, String(value), resolved) || resolveRole(world, String(value), resolved)
    case Kind.Channel:
      return resolveChannel(world, String(value), option.channel_types, who, resolved)
    default:
      return false
  }
}

const checkRange = (option: APIApplicationCommandOption, value: OptionValue): void => {
  const { name } = option
  if ('choices' in option && option.choices?.length && !option.choices.some((one) => one.value === value)) {
    throw decline(`“${name}” must be one of its choices.`)
  }
  if (option.type === Kind.String) {
    const { min_length: min = 0, max_length: max = 6000 } = option
    const { length } = String(value)
    if (length < min || length > max) throw decline(`“${name}” must have ${min} to ${max} characters.`)
  }
  if (option.type === Kind.Integer || option.type === Kind.Number) {
    const { min_value: min, max_value: max } = option
    if (min !== undefined && Number(value) < min) throw decline(`“${name}” must be at least ${min}.`)
    if (max !== undefined && Number(value) > max) throw decline(`“${name}” must be at most ${max}.`)
  }
}

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/

const uploadFor = (option: string, file: OptionFiles[string] | undefined): Omit<Upload, 'slot'> => {
  if (!file?.name || !BASE64.test(file.data)) throw decline(`“${option}” must be a file.`)
  const bytes = Buffer.from(file.data, 'base64')
  if (bytes.length === 0) throw decline(`“${file.name}” is empty. Choose another file.`)
  if (bytes.length > MAX_FILE_BYTES)
    throw decline(`“${file.name}” is too big. Choose a file of up to 10 MiB.`)
  return { name: file.name, bytes }
}

/** Refuses what the command does not ask for. */
export const checkNames = (
  options: readonly APIApplicationCommandOption[],
  names: readonly string[],
): void => {
  const unknown = names.find((name) => !options.some((option) => option.name === name))
  if (unknown !== undefined) throw decline(`This command has no option “${unknown}”.`)
}

/** The options as the interaction carries them, typed and checked as Discord's client checks them. */
const readOptions = (
  world: World,
  who: string,
  options: readonly APIApplicationCommandOption[],
  { channel, values, files }: Filled,
  resolved: Resolved,
): { name: string; type: number; value: OptionValue }[] => {
  checkNames(options, [...Object.keys(values), ...Object.keys(files)])
  return options.flatMap((option) => {
    const { name, type } = option
    if (files[name]) {
      if (type !== Kind.Attachment) throw decline(`“${name}” takes no file.`)
      const attachment = lendFile(world, channel, uploadFor(name, files[name]))
      resolved.attachments[attachment.id] = presentAttachment(world, attachment, world.ids.bot)
      return [{ name, type, value: attachment.id }]
    }
    const value = values[name]
    if (value === undefined) {
      if (option.required) throw decline(`“${name}” is required.`)
      return []
    }
    if (!fits(world, who, option, value, resolved))
      throw decline(`“${name}” must be ${NAMED[type] ?? 'valid'}.`)
    checkRange(option, value)
    return [{ name, type, value }]
  })
}

/** The options that a command asks for at the end of its path. */
export const optionsAt = (
  command: APIApplicationCommand,
  path: readonly string[],
): readonly APIApplicationCommandOption[] => {
  let options: readonly APIApplicationCommandOption[] = command.options ?? []
  for (const name of path) {
    const inner = options.find((option) => option.name === name)
    if (inner?.type !== Kind.Subcommand && inner?.type !== Kind.SubcommandGroup) {
      throw decline(`This command has no subcommand “${name}”.`)
    }
    options = inner.options ?? []
  }
  if (options.some(({ type }) => type <= Kind.SubcommandGroup))
    throw decline('Choose one of its subcommands.')
  return options
}

/** Filled-in options in the subcommand, and that in the group, of their path. */
export const nest = (path: readonly string[], options: unknown[]): unknown[] =>
  path.reduceRight<unknown[]>((inner, name, depth) => {
    const type = depth === path.length - 1 ? Kind.Subcommand : Kind.SubcommandGroup
    return [{ name, type, options: inner }]
  }, options)

/** What the `data` of any command's interaction begins with. */
export const namesOf = ({ id, name, type, guild_id }: APIApplicationCommand) => ({
  id,
  name,
  type,
  ...(guild_id ? { guild_id } : {}),
})

/** The `data` of a slash command's interaction. */
export const commandData = (
  world: World,
  who: string,
  command: APIApplicationCommand,
  path: readonly string[],
  filled: Filled,
) => {
  const resolved: Resolved = { users: {}, members: {}, roles: {}, channels: {}, attachments: {} }
  const options = nest(path, readOptions(world, who, optionsAt(command, path), filled, resolved))
  const used = Object.entries(resolved).filter(([, entities]) => Object.keys(entities).length > 0)
  return {
    ...namesOf(command),
    ...(options.length ? { options } : {}),
    ...(used.length ? { resolved: Object.fromEntries(used) } : {}),
  }
}
