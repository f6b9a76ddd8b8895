import { OverwriteType, PermissionFlagsBits } from 'discord-api-types/v10'
import { refuse } from './refusal.ts'
import type { Channel, DirectChannel, GuildChannel } from './world/entities.ts'
import { channelOf, isDirect, isThread, type World } from './world/world.ts'

export type Permission = keyof typeof PermissionFlagsBits

/** What both members of direct messages may do there. No role counts, and there is nobody to moderate. */
const IN_DIRECT: readonly Permission[] = [
  'ViewChannel',
  'ReadMessageHistory',
  'SendMessages',
  'AddReactions',
  'EmbedLinks',
  'AttachFiles',
]

const EVERYTHING = Object.values(PermissionFlagsBits).reduce((sum, flag) => sum | flag, 0n)

const basePermissions = (world: World, user: string): bigint => {
  const member = world.members.get(user)
  if (!member) return 0n
  return [world.ids.guild, ...member.roles]
    .map((id) => BigInt(world.roles.get(id)?.permissions ?? '0'))
    .reduce((sum, permissions) => sum | permissions, 0n)
}

const directPermissions = (world: World, user: string, { person }: DirectChannel): bigint =>
  user === person || user === world.ids.bot
    ? IN_DIRECT.reduce((sum, name) => sum | PermissionFlagsBits[name], 0n)
    : 0n

/**
 * What a member may do: the sum of their roles, then the channel's overwrites for everyone, for their roles taken
 * together, and for them alone. Administrators and the owner may do everything. A thread has its parent's overwrites.
 * In direct messages only their two members may do anything.
 */
export const permissionsIn = (world: World, user: string, channel?: Channel): bigint => {
  if (channel && isDirect(channel)) return directPermissions(world, user, channel)
  const base = basePermissions(world, user)
  if (user === world.ids.people.admin || base & PermissionFlagsBits.Administrator) return EVERYTHING
  if (!channel) return base
  const ruling = isThread(channel) ? world.textChannels.get(channel.parent_id) : channel
  if (!ruling) return 0n
  const roles = new Set(world.members.get(user)?.roles)
  const [everyone, ofRoles, own] = [
    ruling.permission_overwrites.filter(({ id }) => id === world.ids.guild),
    ruling.permission_overwrites.filter(({ id }) => roles.has(id)),
    ruling.permission_overwrites.filter(({ id, type }) => type === OverwriteType.Member && id === user),
  ]
  let permissions = base
  for (const layer of [everyone, ofRoles, own]) {
    const deny = layer.reduce((sum, overwrite) => sum | BigInt(overwrite.deny), 0n)
    const allow = layer.reduce((sum, overwrite) => sum | BigInt(overwrite.allow), 0n)
    permissions = (permissions & ~deny) | allow
  }
  // Whoever cannot see a channel can do nothing in it, whatever else the roles say.
  return permissions & PermissionFlagsBits.ViewChannel ? permissions : 0n
}

export const may = (world: World, user: string, channel: Channel, permission: Permission): boolean =>
  (permissionsIn(world, user, channel) & PermissionFlagsBits[permission]) !== 0n

/** 50013 unless the member has the permission there; 50003 for what cannot be done in direct messages. */
export const demand = (world: World, user: string, channel: Channel, permission: Permission): void => {
  if (!may(world, user, channel, permission)) throw refuse(isDirect(channel) ? 50003 : 50013)
}

/** The channel or thread, or 10003 when there is none, or 50001 when this member cannot see it. */
export const enter = (world: World, user: string, id: string): Channel => {
  const channel = channelOf(world, id)
  if (!channel) throw refuse(10003)
  if (!may(world, user, channel, 'ViewChannel')) throw refuse(50001)
  return channel
}

/** The same for what is done in guilds only: 50003 for direct messages. */
export const enterGuildChannel = (world: World, user: string, id: string): GuildChannel => {
  const channel = enter(world, user, id)
  if (isDirect(channel)) throw refuse(50003)
  return channel
}

/** Whether this member could write there now. A thread has a permission of its own; a locked one is for moderators. */
export const canSend = (world: World, user: string, channel: Channel): boolean => {
  if (!isThread(channel)) return may(world, user, channel, 'SendMessages')
  if (channel.thread_metadata.locked && !may(world, user, channel, 'ManageThreads')) return false
  return may(world, user, channel, 'SendMessagesInThreads')
}
