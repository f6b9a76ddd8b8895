import type { APIMessage } from 'discord-api-types/v10'
import { z } from 'zod'
import {
  bulkDelete,
  deleteMessage,
  demandSending,
  editMessage,
  findMessage,
  listMessages,
  sendMessage,
} from '../acts/messages.ts'
import { addReaction, removeReaction } from '../acts/reactions.ts'
import { startThread, startThreadFrom } from '../acts/threads.ts'
import { readThreadAlone, readThreadFromMessage } from '../forms/channel.ts'
import { flaw, list, readForm, snowflake } from '../forms/form.ts'
import { readMessageCreate, readMessageEdit } from '../forms/message.ts'
import { demand, enter } from '../permissions.ts'
import { madeAt } from '../snowflake.ts'
import type { StoredMessage } from '../world/entities.ts'
import { concernsBot, presentMessage, presentThread, withoutContent } from '../world/present.ts'
import type { Call, Route } from './route.ts'

const MESSAGES = '/channels/{channel_id}/messages'
const MESSAGE = `${MESSAGES}/{message_id}`
const REACTION = `${MESSAGE}/reactions/{emoji_name}`
const OLD_MS = 3_600_000

const shown = ({ world, me, privileged }: Call, stored: StoredMessage): APIMessage => {
  const message = presentMessage(world, stored, me)
  return privileged.messageContent || concernsBot(world, message) ? message : withoutContent(message)
}

const limit = z
  .string()
  .regex(/^\d+$/)
  .transform(Number)
  .refine((value) => value >= 1 && value <= 100, flaw('NUMBER_TYPE_MAX', 'int value should be 1 to 100.'))

const Paging = z
  .object({
    limit: limit.default(50),
    before: snowflake.optional(),
    after: snowflake.optional(),
    around: snowflake.optional(),
  })
  .refine(
    ({ before, after, around }) => [before, after, around].filter(Boolean).length <= 1,
    flaw('MESSAGE_PAGING_EXCLUSIVE', 'before, after and around exclude each other.'),
  )

const BulkDelete = z.object({ messages: list(snowflake, 2, 100) })

const ids = ({ param }: Call) => [param('channel_id'), param('message_id')] as const

export const messageRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: MESSAGES,
    bucket: 'message_read',
    run: (call) =>
      listMessages(call.world, call.me, call.param('channel_id'), readForm(Paging, call.query)).map(
        (stored) => shown(call, stored),
      ),
  },
  {
    method: 'POST',
    path: MESSAGES,
    bucket: 'message_create',
    run: (call) => {
      const form = readMessageCreate(call.body, { files: call.files })
      return shown(call, sendMessage(call.world, call.me, call.param('channel_id'), form))
    },
  },
  {
    method: 'GET',
    path: MESSAGE,
    bucket: 'message_read',
    run: (call) => {
      const [channelId, id] = ids(call)
      const channel = enter(call.world, call.me, channelId)
      demand(call.world, call.me, channel, 'ReadMessageHistory')
      return shown(call, findMessage(call.world, channel, id))
    },
  },
  {
    method: 'PATCH',
    path: MESSAGE,
    bucket: 'message_edit',
    sublimit: ({ world, param }) =>
      world.clock.now() - madeAt(param('message_id')) > OLD_MS
        ? ['old_edit', param('message_id')]
        : undefined,
    run: (call) =>
      shown(call, editMessage(call.world, call.me, ...ids(call), readMessageEdit(call.body, call.files))),
  },
  {
    method: 'DELETE',
    path: MESSAGE,
    bucket: 'message_delete',
    run: (call) => deleteMessage(call.world, call.me, ...ids(call)),
  },
  {
    method: 'POST',
    path: `${MESSAGES}/bulk-delete`,
    bucket: 'message_bulk_delete',
    run: ({ world, me, param, body }) =>
      bulkDelete(world, me, param('channel_id'), readForm(BulkDelete, body).messages),
  },
  {
    method: 'PUT',
    path: `${REACTION}/@me`,
    bucket: 'reaction',
    run: (call) => addReaction(call.world, call.me, ...ids(call), call.param('emoji_name')),
  },
  {
    method: 'DELETE',
    path: `${REACTION}/@me`,
    bucket: 'reaction',
    run: (call) => removeReaction(call.world, call.me, ...ids(call), call.param('emoji_name')),
  },
  {
    method: 'DELETE',
    path: `${REACTION}/{user_id}`,
    bucket: 'reaction',
    run: (call) =>
      removeReaction(call.world, call.me, ...ids(call), call.param('emoji_name'), call.param('user_id')),
  },
  {
    method: 'POST',
    path: '/channels/{channel_id}/typing',
    bucket: 'typing',
    run: ({ world, me, param }) => {
      const channel = enter(world, me, param('channel_id'))
      demandSending(world, me, channel)
      world.emit({ name: 'typing_started', channel, user: me, at: world.clock.now() })
    },
  },
  {
    method: 'POST',
    path: '/channels/{channel_id}/threads',
    bucket: 'thread_create',
    status: 201,
    run: ({ world, me, param, body }) =>
      presentThread(world, startThread(world, me, param('channel_id'), readThreadAlone(body)), me),
  },
  {
    method: 'POST',
    path: `${MESSAGE}/threads`,
    bucket: 'thread_create',
    status: 201,
    run: (call) =>
      presentThread(
        call.world,
        startThreadFrom(call.world, call.me, ...ids(call), readThreadFromMessage(call.body)),
        call.me,
      ),
  },
]
