import type { APIOverwrite } from 'discord-api-types/v10'
import type { ChannelEdit } from '../forms/channel.ts'
import { demand } from '../permissions.ts'
import { refuse } from '../refusal.ts'
import type { Channel, TextChannel } from '../world/entities.ts'
import { isDirect, isThread, type World } from '../world/world.ts'
import { forgetMessage } from './attachments.ts'
import { removeThread } from './threads.ts'

export const editChannel = (
  world: World,
  actor: string,
  channel: TextChannel,
  form: ChannelEdit,
): TextChannel => {
  demand(world, actor, channel, 'ManageChannels')
  if (form.permission_overwrites) demand(world, actor, channel, 'ManageRoles')
  const edited = world.textChannels.put(channel.id, {
    ...channel,
    name: form.name ?? channel.name,
    topic: form.topic === undefined ? (channel.topic ?? null) : form.topic,
    position: form.position ?? channel.position,
    rate_limit_per_user: form.rate_limit_per_user ?? channel.rate_limit_per_user ?? 0,
    permission_overwrites: form.permission_overwrites ?? channel.permission_overwrites,
  })
  world.emit({ name: 'channel_updated', channel: edited })
  return edited
}

/**
 * Ends a channel and its threads, whoever asks: the one who calls this has asked for permission. Direct messages can
 * only be closed (50003).
 */
export const removeChannel = (world: World, channel: Channel): void => {
  if (isDirect(channel)) throw refuse(50003)
  if (isThread(channel)) {
    removeThread(world, channel)
    return
  }
  for (const thread of world.threads.all().filter(({ parent_id }) => parent_id === channel.id)) {
    removeThread(world, thread)
  }
  world.atomically(() => {
    for (const id of [...world.messages.in(channel.id).keys()]) forgetMessage(world, channel.id, id)
    world.textChannels.delete(channel.id)
  })
  world.emit({ name: 'channel_deleted', channel })
}

/** Sets what one role or member may do in a channel, as an admin would in the channel's settings. */
export const setOverwrite = (world: World, channelId: string, overwrite: APIOverwrite): void => {
  const channel = world.textChannels.get(channelId)
  if (!channel) return
  const others = channel.permission_overwrites.filter(({ id }) => id !== overwrite.id)
  const edited = world.textChannels.put(channelId, {
    ...channel,
    permission_overwrites: [...others, overwrite],
  })
  world.emit({ name: 'channel_updated', channel: edited })
}

/** Sets what a role may do everywhere, as an admin would in the server's settings. */
export const setRolePermissions = (world: World, roleId: string, permissions: bigint): void => {
  const role = world.roles.get(roleId)
  if (!role) return
  const edited = world.roles.put(roleId, { ...role, permissions: permissions.toString() })
  world.emit({ name: 'role_updated', role: edited })
}
