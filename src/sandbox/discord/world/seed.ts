import {
  type APIGuildMember,
  type APIRole,
  type APIUser,
  ChannelType,
  OverwriteType,
  PermissionFlagsBits as P,
} from 'discord-api-types/v10'
import type { Resident, TextChannel } from './entities.ts'

/** The ids by which tests and the page find their way. They stay the same for one data file. */
export type WorldIds = {
  readonly guild: string
  /** The bot's user id, which is its application's id too. */
  readonly bot: string
  readonly roles: Readonly<Record<'everyone' | 'moderator' | 'admin' | 'bot', string>>
  readonly channels: Readonly<Record<'welcome' | 'stories' | 'lounge' | 'staff', string>>
  readonly people: Readonly<Record<'player' | 'second' | 'admin', string>>
}

/** Typed `number`, because none of Discord's flag enums has a name for nothing. */
const NO_FLAGS: number = 0

const bits = (...flags: bigint[]): string => flags.reduce((sum, flag) => sum | flag, 0n).toString()

const READING = [P.ViewChannel, P.ReadMessageHistory]
const TALKING = [P.SendMessages, P.SendMessagesInThreads, P.CreatePublicThreads, P.AddReactions]

/** What the bot is invited with: what it needs and no more. */
export const BOT_PERMISSIONS = [...READING, ...TALKING, P.ManageThreads, P.EmbedLinks, P.AttachFiles].reduce(
  (sum, flag) => sum | flag,
  0n,
)

const ROLES = {
  everyone: {
    name: '@everyone',
    permissions: bits(...READING, ...TALKING, P.UseApplicationCommands, P.EmbedLinks, P.AttachFiles),
  },
  moderator: { name: 'Moderator', permissions: bits(P.ManageMessages, P.ManageThreads) },
  admin: { name: 'Admin', permissions: bits(P.Administrator) },
}

const PEOPLE = {
  player: { username: 'mara', global_name: 'Mara Quill', roleLabel: 'player' },
  second: { username: 'tomas', global_name: 'Tomas Reed', roleLabel: 'second player' },
  admin: { username: 'iris', global_name: 'Iris Vale', roleLabel: 'admin' },
}

const CHANNELS = {
  welcome: { name: 'welcome', topic: 'What this place is. Read only.' },
  stories: { name: 'stories', topic: 'Start a story here; each one is told in a thread of its own.' },
  lounge: { name: 'lounge', topic: 'Talk about anything.' },
  staff: { name: 'staff', topic: 'For moderators.' },
}

const user = (id: string, username: string, globalName: string | null): APIUser => ({
  id,
  username,
  discriminator: '0',
  global_name: globalName,
  avatar: null,
  bot: false,
  system: false,
  public_flags: NO_FLAGS,
})

const role = (id: string, name: string, permissions: string, position: number): APIRole => ({
  id,
  name,
  permissions,
  position,
  color: 0,
  colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
  hoist: false,
  icon: null,
  unicode_emoji: null,
  managed: false,
  mentionable: false,
  flags: NO_FLAGS,
})

const member = (of: APIUser, roles: string[], joined: string): APIGuildMember => ({
  user: of,
  roles,
  nick: null,
  avatar: null,
  banner: null,
  joined_at: joined,
  premium_since: null,
  deaf: false,
  mute: false,
  flags: NO_FLAGS,
  pending: false,
  communication_disabled_until: null,
})

export type Seed = {
  readonly ids: WorldIds
  readonly roles: readonly APIRole[]
  readonly people: readonly Resident[]
  readonly bot: APIUser
  readonly members: readonly APIGuildMember[]
  readonly channels: readonly TextChannel[]
}

const keysOf = <K extends string>(record: Record<K, unknown>): K[] => Object.keys(record) as K[]

const idsFor = <K extends string>(record: Record<K, unknown>, newId: () => string): Record<K, string> =>
  Object.fromEntries(keysOf(record).map((key) => [key, newId()])) as Record<K, string>

/** A guild of four channels, three people and a bot, as it is on the first day. */
export const seed = (newId: () => string, now: number, botPermissions: bigint): Seed => {
  const joined = new Date(now).toISOString()
  const guild = newId()
  const ids: WorldIds = {
    guild,
    bot: newId(),
    roles: { everyone: guild, moderator: newId(), admin: newId(), bot: newId() },
    channels: idsFor(CHANNELS, newId),
    people: idsFor(PEOPLE, newId),
  }
  const roles: APIRole[] = [
    role(guild, ROLES.everyone.name, ROLES.everyone.permissions, 0),
    {
      ...role(ids.roles.bot, 'Skein', botPermissions.toString(), 1),
      managed: true,
      tags: { bot_id: ids.bot },
    },
    role(ids.roles.moderator, ROLES.moderator.name, ROLES.moderator.permissions, 2),
    role(ids.roles.admin, ROLES.admin.name, ROLES.admin.permissions, 3),
  ]
  const people = keysOf(PEOPLE).map(
    (key): Resident => ({
      ...user(ids.people[key], PEOPLE[key].username, PEOPLE[key].global_name),
      roleLabel: PEOPLE[key].roleLabel,
    }),
  )
  const bot: APIUser = { ...user(ids.bot, 'Skein', null), discriminator: '0001', bot: true }
  const everyone = { id: guild, type: OverwriteType.Role }
  const overwrites = {
    welcome: [
      { ...everyone, allow: '0', deny: bits(P.SendMessages, P.CreatePublicThreads, P.SendMessagesInThreads) },
    ],
    stories: [],
    lounge: [],
    staff: [
      { ...everyone, allow: '0', deny: bits(P.ViewChannel) },
      { id: ids.roles.moderator, type: OverwriteType.Role, allow: bits(P.ViewChannel), deny: '0' },
    ],
  }
  const channels = keysOf(CHANNELS).map(
    (key, position): TextChannel => ({
      id: ids.channels[key],
      type: ChannelType.GuildText,
      guild_id: guild,
      name: CHANNELS[key].name,
      topic: CHANNELS[key].topic,
      position,
      permission_overwrites: overwrites[key],
      parent_id: null,
      nsfw: false,
      rate_limit_per_user: 0,
      last_message_id: null,
      last_pin_timestamp: null,
      flags: NO_FLAGS,
    }),
  )
  const members = [
    ...people.map(({ roleLabel, ...person }) =>
      member(person, roleLabel === PEOPLE.admin.roleLabel ? [ids.roles.admin] : [], joined),
    ),
    member(bot, [ids.roles.bot], joined),
  ]
  return { ids, roles, people, bot, members, channels }
}
