import {
  type APIApplicationCommand,
  type APIApplicationCommandOption,
  ApplicationCommandOptionType as Kind,
} from 'discord-api-types/v10'
import { permissionsIn } from '../discord/permissions.ts'
import { partialChannel } from '../discord/world/present.ts'
import { channelOf, type World } from '../discord/world/world.ts'
import { decline } from './refusals.ts'

export type OptionValue = string | number | boolean
export type OptionValues = Readonly<Record<string, OptionValue>>

type Resolved = Record<'users' | 'members' | 'roles' | 'channels', Record<string, unknown>>

const NAMED: Readonly<Record<number, string>> = {
  [Kind.String]: 'a text',
  [Kind.Integer]: 'a whole number',
  [Kind.Number]: 'a number',
  [Kind.Boolean]: 'true or false',
  [Kind.User]: 'a person',
  [Kind.Channel]: 'a channel',
  [Kind.Role]: 'a role',
  [Kind.Mentionable]: 'a person or a role',
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
  const channel = channelOf(world, id)
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

/** The options as the interaction carries them, typed and checked as Discord's client checks them. */
const readOptions = (
  world: World,
  who: string,
  options: readonly APIApplicationCommandOption[],
  values: OptionValues,
  resolved: Resolved,
): { name: string; type: number; value: OptionValue }[] => {
  const unknown = Object.keys(values).find((name) => !options.some((option) => option.name === name))
  if (unknown !== undefined) throw decline(`This command has no option “${unknown}”.`)
  return options.flatMap((option) => {
    const { name, type } = option
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

const nest = (
  world: World,
  who: string,
  options: readonly APIApplicationCommandOption[],
  path: readonly string[],
  values: OptionValues,
  resolved: Resolved,
): unknown[] => {
  const [name, ...rest] = path
  const isNested = options.some(({ type }) => type <= Kind.SubcommandGroup)
  if (name === undefined) {
    if (isNested) throw decline('Choose one of its subcommands.')
    return readOptions(world, who, options, values, resolved)
  }
  const inner = options.find((option) => option.name === name)
  if (!inner || (inner.type !== Kind.Subcommand && inner.type !== Kind.SubcommandGroup)) {
    throw decline(`This command has no subcommand “${name}”.`)
  }
  const below = nest(world, who, inner.options ?? [], rest, values, resolved)
  return [{ name, type: inner.type, options: below }]
}

/** The `data` of a slash command's interaction. */
export const commandData = (
  world: World,
  who: string,
  command: APIApplicationCommand,
  path: readonly string[],
  values: OptionValues,
) => {
  const resolved: Resolved = { users: {}, members: {}, roles: {}, channels: {} }
  const options = nest(world, who, command.options ?? [], path, values, resolved)
  const used = Object.entries(resolved).filter(([, entities]) => Object.keys(entities).length > 0)
  return {
    id: command.id,
    name: command.name,
    type: command.type,
    ...(command.guild_id ? { guild_id: command.guild_id } : {}),
    ...(options.length ? { options } : {}),
    ...(used.length ? { resolved: Object.fromEntries(used) } : {}),
  }
}
