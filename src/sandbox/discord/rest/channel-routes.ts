import { editChannel, removeChannel } from '../acts/channels.ts'
import { openDirect } from '../acts/direct.ts'
import { joinThread } from '../acts/place.ts'
import { editThread } from '../acts/threads.ts'
import { readChannelEdit, readDirectOpening, readThreadEdit } from '../forms/channel.ts'
import { demand, enter, enterGuildChannel } from '../permissions.ts'
import { notBuilt, refuse } from '../refusal.ts'
import type { Thread } from '../world/entities.ts'
import { presentChannel, presentDirect } from '../world/present.ts'
import { isArchived, isDirect, isThread } from '../world/world.ts'
import type { Call, Route } from './route.ts'

const CHANNEL = '/channels/{channel_id}'
const MEMBERS = `${CHANNEL}/thread-members`

const threadOf = ({ world, me, param }: Call): Thread => {
  const channel = enter(world, me, param('channel_id'))
  if (!isThread(channel)) throw refuse(50024)
  return channel
}

const renames = (body: unknown): boolean =>
  typeof body === 'object' && body !== null && ('name' in body || 'topic' in body)

export const channelRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/users/@me/channels',
    bucket: 'direct_open',
    run: ({ world, me, body }) => presentDirect(world, openDirect(world, readDirectOpening(body)), me),
  },
  {
    method: 'GET',
    path: CHANNEL,
    bucket: 'channel_read',
    run: ({ world, me, param }) => presentChannel(world, enter(world, me, param('channel_id')), me),
  },
  {
    method: 'PATCH',
    path: CHANNEL,
    bucket: 'channel_edit',
    sublimit: ({ body, param }) => (renames(body) ? ['rename', param('channel_id')] : undefined),
    run: ({ world, me, param, body }) => {
      const channel = enterGuildChannel(world, me, param('channel_id'))
      const edited = isThread(channel)
        ? editThread(world, me, channel, readThreadEdit(body))
        : editChannel(world, me, channel, readChannelEdit(body))
      return presentChannel(world, edited, me)
    },
  },
  {
    method: 'DELETE',
    path: CHANNEL,
    bucket: 'channel_edit',
    run: ({ world, me, param }) => {
      const channel = enter(world, me, param('channel_id'))
      if (isDirect(channel)) throw notBuilt('closing direct messages')
      demand(world, me, channel, isThread(channel) ? 'ManageThreads' : 'ManageChannels')
      removeChannel(world, channel)
      return channel
    },
  },
  {
    method: 'GET',
    path: MEMBERS,
    bucket: 'thread_member',
    run: (call) => {
      // Discord gives the list only to applications with the members intent.
      if (!call.privileged.guildMembers) throw refuse(50001)
      return [...call.world.memberships.in(threadOf(call).id).values()]
    },
  },
  {
    method: 'PUT',
    path: `${MEMBERS}/@me`,
    bucket: 'thread_member',
    run: (call) => {
      const thread = threadOf(call)
      if (isArchived(thread)) throw refuse(50083)
      joinThread(call.world, thread, call.me)
    },
  },
  {
    method: 'PUT',
    path: `${MEMBERS}/{user_id}`,
    bucket: 'thread_member',
    run: (call) => {
      const thread = threadOf(call)
      demand(call.world, call.me, thread, 'SendMessagesInThreads')
      if (isArchived(thread)) throw refuse(50083)
      if (!call.world.members.get(call.param('user_id'))) throw refuse(10007)
      joinThread(call.world, thread, call.param('user_id'))
    },
  },
]
