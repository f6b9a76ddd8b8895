import { MessageFlags, MessageReferenceType, MessageType } from 'discord-api-types/v10'
import type { MessageCreate, MessageEdit } from '../forms/message.ts'
import { canSend, demand, enter, may } from '../permissions.ts'
import { refuse, refuseForm } from '../refusal.ts'
import { isOlder, madeAt } from '../snowflake.ts'
import type { Channel, StoredMessage } from '../world/entities.ts'
import { isDirect, isThread, nowIso, type World } from '../world/world.ts'
import { forgetMessage } from './attachments.ts'
import { compose } from './compose.ts'
import { place } from './place.ts'

/** How long Discord remembers nonces: "the past few minutes". */
const NONCE_MS = 5 * 60_000
const BULK_DELETE_MS = 14 * 24 * 3_600_000

const WRITTEN_BY_USERS: readonly MessageType[] = [
  MessageType.Default,
  MessageType.Reply,
  MessageType.ChatInputCommand,
  MessageType.ContextMenuCommand,
]

/** The message, or 10008. An ephemeral message is found through its interaction only. */
export const findMessage = (world: World, channel: Channel, id: string): StoredMessage => {
  const stored = world.messages.get(channel.id, id)
  if (!stored || stored.ephemeralTo !== undefined) throw refuse(10008)
  return stored
}

/**
 * Refuses whoever may not write here now: 50013, 160005 for a locked thread, 50083 for one that is archived too, 50007
 * where the recipient has blocked the bot.
 */
export const demandSending = (world: World, author: string, channel: Channel): void => {
  if (isThread(channel) && channel.thread_metadata.locked && !may(world, author, channel, 'ManageThreads')) {
    throw refuse(channel.thread_metadata.archived ? 50083 : 160005)
  }
  if (!canSend(world, author, channel)) throw refuse(50013)
  const isOwn = author === world.ids.bot
  if (isOwn && isDirect(channel) && world.people.get(channel.person)?.blocksBot) throw refuse(50007)
}

const withNonce = (world: World, author: string, channel: Channel, nonce: string | number) => {
  const since = world.clock.now() - NONCE_MS
  return [...world.messages.in(channel.id).values()].reverse().find(({ message, nonce: held }) => {
    return held === nonce && message.author.id === author && madeAt(message.id) >= since
  })
}

const referenceOf = (world: World, author: string, channel: Channel, form: MessageCreate) => {
  const reference = form.message_reference
  if (!reference) return undefined
  if (!may(world, author, channel, 'ReadMessageHistory')) throw refuse(160002)
  const target = world.messages.get(channel.id, reference.message_id)
  const path = ['message_reference']
  const elsewhere = reference.channel_id && reference.channel_id !== channel.id
  if (!target || target.ephemeralTo !== undefined || elsewhere) {
    if (reference.fail_if_not_exists === false) return undefined
    throw refuseForm({ path, code: 'REPLIES_UNKNOWN_MESSAGE', message: 'Unknown message' })
  }
  if (!WRITTEN_BY_USERS.includes(target.message.type)) {
    const code = 'REPLIES_CANNOT_REPLY_TO_SYSTEM_MESSAGE'
    throw refuseForm({ path, code, message: 'Cannot reply to a system message' })
  }
  return target
}

/**
 * Posts a message. With `enforce_nonce`, a nonce that this author used within minutes gives the message of then and
 * posts nothing.
 */
export const sendMessage = (
  world: World,
  author: string,
  channelId: string,
  form: MessageCreate,
): StoredMessage => {
  const channel = enter(world, author, channelId)
  demandSending(world, author, channel)
  if (form.embeds?.length) demand(world, author, channel, 'EmbedLinks')
  if (form.files) demand(world, author, channel, 'AttachFiles')
  const nonce = form.nonce ?? undefined
  if (form.enforce_nonce && nonce !== undefined) {
    const twin = withNonce(world, author, channel, nonce)
    if (twin) return twin
  }
  const target = referenceOf(world, author, channel, form)
  const written = compose(world, author, channel, form)
  // A reply pings whom it answers unless `allowed_mentions` is given and does not say so.
  const pings = target && (!form.allowed_mentions || form.allowed_mentions.replied_user === true)
  const answered = pings ? [target.message.author] : []
  const mentions = [
    ...answered,
    ...written.mentions.filter(({ id }) => !answered.some((user) => user.id === id)),
  ]
  return place(world, {
    author,
    channel,
    written: { ...written, mentions },
    flags: form.flags ?? 0,
    tts: form.tts ?? false,
    nonce,
    ...(target
      ? {
          type: MessageType.Reply,
          extras: {
            message_reference: {
              type: MessageReferenceType.Default,
              channel_id: channel.id,
              message_id: target.message.id,
              ...(isDirect(channel) ? {} : { guild_id: channel.guild_id }),
            },
          },
        }
      : {}),
  })
}

/** Of the flags an edit can change SUPPRESS_EMBEDS, and set IS_COMPONENTS_V2 for good. */
const flagsAfter = (before: number, wanted: number | null | undefined): number =>
  wanted === undefined || wanted === null
    ? before
    : (before & ~MessageFlags.SuppressEmbeds) |
      (wanted & (MessageFlags.SuppressEmbeds | MessageFlags.IsComponentsV2))

/** Lays an edit over a stored message and tells the world. */
export const applyEdit = (
  world: World,
  channel: Channel,
  stored: StoredMessage,
  form: MessageEdit,
): StoredMessage => {
  const { message } = stored
  const edited: StoredMessage = {
    ...stored,
    message: {
      ...message,
      ...compose(world, message.author.id, channel, form, message),
      flags: flagsAfter(message.flags ?? 0, form.flags),
      edited_timestamp: nowIso(world),
    },
  }
  world.messages.put(channel.id, message.id, edited)
  for (const { id } of message.attachments) {
    if (!edited.message.attachments.some((kept) => kept.id === id)) world.files.delete(id)
  }
  world.emit({ name: 'message_edited', stored: edited, before: stored })
  return edited
}

export const editMessage = (
  world: World,
  actor: string,
  channelId: string,
  id: string,
  form: MessageEdit,
): StoredMessage => {
  const channel = enter(world, actor, channelId)
  const stored = findMessage(world, channel, id)
  if (!WRITTEN_BY_USERS.includes(stored.message.type)) throw refuse(50021)
  const { flags, ...words } = form
  const onlyFlags = flags !== undefined && Object.values(words).every((value) => value === undefined)
  if (stored.message.author.id !== actor && !(onlyFlags && may(world, actor, channel, 'ManageMessages'))) {
    throw refuse(50005)
  }
  if (isThread(channel) && channel.thread_metadata.archived) throw refuse(50083)
  if (form.embeds?.length) demand(world, actor, channel, 'EmbedLinks')
  if (form.files) demand(world, actor, channel, 'AttachFiles')
  return applyEdit(world, channel, stored, form)
}

type Removal = { readonly bulk: boolean; readonly ephemeralTo: string | undefined }

const removeFrom = (world: World, channel: Channel, ids: readonly string[], how: Removal): void => {
  const { ephemeralTo } = how
  world.atomically(() => {
    for (const id of ids) forgetMessage(world, channel.id, id)
    if (isThread(channel) && ephemeralTo === undefined) {
      const message_count = Math.max(0, channel.message_count - ids.length)
      world.threads.put(channel.id, { ...channel, message_count })
    }
  })
  world.emit({ name: 'messages_deleted', channel, ids, ...how })
}

export const deleteStored = (world: World, channel: Channel, stored: StoredMessage): void =>
  removeFrom(world, channel, [stored.message.id], { bulk: false, ephemeralTo: stored.ephemeralTo })

export const deleteMessage = (world: World, actor: string, channelId: string, id: string): void => {
  const channel = enter(world, actor, channelId)
  const stored = findMessage(world, channel, id)
  if (stored.message.type === MessageType.ThreadStarterMessage) throw refuse(50021)
  if (stored.message.author.id !== actor) demand(world, actor, channel, 'ManageMessages')
  deleteStored(world, channel, stored)
}

/** Deletes 2 to 100 messages in one event; unknown ones are passed over, any older than 14 days refuses all. */
export const bulkDelete = (world: World, actor: string, channelId: string, ids: readonly string[]): void => {
  const channel = enter(world, actor, channelId)
  demand(world, actor, channel, 'ManageMessages')
  if (ids.some((id) => madeAt(id) < world.clock.now() - BULK_DELETE_MS)) throw refuse(50034)
  const present = [...new Set(ids)].filter((id) => {
    const stored = world.messages.get(channel.id, id)
    return stored !== undefined && stored.ephemeralTo === undefined
  })
  if (present.length) removeFrom(world, channel, present, { bulk: true, ephemeralTo: undefined })
}

export type Page = {
  readonly before?: string | undefined
  readonly after?: string | undefined
  readonly around?: string | undefined
  readonly limit: number
}

/** Newest first. Who may not read the history gets an empty list, not an error. */
export const listMessages = (
  world: World,
  reader: string,
  channelId: string,
  page: Page,
): StoredMessage[] => {
  const channel = enter(world, reader, channelId)
  if (!may(world, reader, channel, 'ReadMessageHistory')) return []
  const all = [...world.messages.in(channel.id).values()].filter(
    ({ ephemeralTo }) => ephemeralTo === undefined,
  )
  const { before, after, around, limit } = page
  if (around) {
    const half = Math.floor(limit / 2)
    const older = all.filter(({ message }) => isOlder(message.id, around)).slice(-half)
    const rest = all.filter(({ message }) => !isOlder(message.id, around)).slice(0, limit - older.length)
    return [...older, ...rest].reverse()
  }
  if (after) {
    return all
      .filter(({ message }) => isOlder(after, message.id))
      .slice(0, limit)
      .reverse()
  }
  const older = before ? all.filter(({ message }) => isOlder(message.id, before)) : all
  return older.slice(-limit).reverse()
}
