import {
  ChannelType,
  MessageFlags,
  MessageReferenceType,
  MessageType,
  type ThreadAutoArchiveDuration,
} from 'discord-api-types/v10'
import type { ThreadEdit, ThreadForm } from '../forms/channel.ts'
import { demand, enterGuildChannel, may } from '../permissions.ts'
import { refuse } from '../refusal.ts'
import { madeAt } from '../snowflake.ts'
import type { StoredMessage, TextChannel, Thread } from '../world/entities.ts'
import { isThread, nowIso, type World } from '../world/world.ts'
import { forgetMessage } from './attachments.ts'
import { findMessage } from './messages.ts'
import { BLANK, enrol, place } from './place.ts'

const MAX_ACTIVE = 1000
const DEFAULT_ARCHIVE_MINUTES: ThreadAutoArchiveDuration = 4320

const found = (world: World, actor: string, parent: TextChannel, form: ThreadForm, id: string): Thread => {
  const active = world.threads.all().filter(({ thread_metadata: { archived } }) => !archived)
  if (active.length >= MAX_ACTIVE) throw refuse(160006)
  const now = nowIso(world)
  return {
    id,
    type: ChannelType.PublicThread,
    guild_id: parent.guild_id,
    parent_id: parent.id,
    owner_id: actor,
    name: form.name,
    last_message_id: null,
    last_pin_timestamp: null,
    rate_limit_per_user: form.rate_limit_per_user ?? 0,
    message_count: 0,
    total_message_sent: 0,
    ...(parent.flags === undefined ? {} : { flags: parent.flags }),
    thread_metadata: {
      archived: false,
      locked: false,
      archive_timestamp: now,
      create_timestamp: now,
      auto_archive_duration: form.auto_archive_duration ?? DEFAULT_ARCHIVE_MINUTES,
    },
  }
}

const open = (world: World, actor: string, thread: Thread): Thread => {
  world.threads.put(thread.id, thread)
  enrol(world, thread, actor)
  world.emit({ name: 'thread_created', thread })
  return thread
}

const parentFor = (world: World, actor: string, channelId: string): TextChannel => {
  const channel = enterGuildChannel(world, actor, channelId)
  if (isThread(channel)) throw refuse(50024)
  demand(world, actor, channel, 'CreatePublicThreads')
  return channel
}

/** A public thread that starts from no message: its parent gets a system message that names it. */
export const startThread = (world: World, actor: string, channelId: string, form: ThreadForm): Thread => {
  const parent = parentFor(world, actor, channelId)
  const thread = open(world, actor, found(world, actor, parent, form, world.newId()))
  place(world, {
    author: actor,
    channel: parent,
    written: { ...BLANK, content: form.name },
    type: MessageType.ThreadCreated,
    extras: {
      message_reference: {
        type: MessageReferenceType.Default,
        channel_id: thread.id,
        guild_id: thread.guild_id,
      },
    },
  })
  return thread
}

/** A public thread on a message: it takes the message's id, so there can be one only (160004). */
export const startThreadFrom = (
  world: World,
  actor: string,
  channelId: string,
  messageId: string,
  form: ThreadForm,
): Thread => {
  const parent = parentFor(world, actor, channelId)
  const starter = findMessage(world, parent, messageId)
  if (world.threads.get(messageId)) throw refuse(160004)
  if (!may(world, actor, parent, 'ReadMessageHistory')) throw refuse(50013)
  const thread = open(world, actor, found(world, actor, parent, form, messageId))
  const marked: StoredMessage = {
    ...starter,
    message: { ...starter.message, flags: (starter.message.flags ?? 0) | MessageFlags.HasThread },
  }
  world.messages.put(parent.id, messageId, marked)
  world.emit({ name: 'message_edited', stored: marked, before: starter })
  place(world, {
    author: starter.message.author.id,
    channel: thread,
    written: BLANK,
    type: MessageType.ThreadStarterMessage,
    extras: {
      message_reference: {
        type: MessageReferenceType.Default,
        channel_id: parent.id,
        message_id: messageId,
        guild_id: parent.guild_id,
      },
    },
  })
  return thread
}

const demandEditing = (world: World, actor: string, thread: Thread, form: ThreadEdit): void => {
  const manages = may(world, actor, thread, 'ManageThreads')
  const { archived, locked } = thread.thread_metadata
  const onlyWakes =
    form.archived === false &&
    Object.entries(form).every(([key, value]) => key === 'archived' || value === undefined)
  if (archived && form.archived !== false) throw refuse(50083)
  if (manages) return
  const locks = (form.locked ?? locked) !== locked
  if (locked || locks) throw refuse(50013)
  if (onlyWakes && may(world, actor, thread, 'SendMessagesInThreads')) return
  if (thread.owner_id !== actor) throw refuse(50013)
}

/**
 * Renames, archives, locks. The thread's creator and those with MANAGE_THREADS may, and only the latter may lock;
 * anyone who can write in it may wake it, unless it is locked. While it is archived nothing but waking it is allowed
 * (50083).
 */
export const editThread = (world: World, actor: string, thread: Thread, form: ThreadEdit): Thread => {
  demandEditing(world, actor, thread, form)
  const before = thread.thread_metadata
  const archived = form.archived ?? before.archived
  const edited = world.threads.put(thread.id, {
    ...thread,
    name: form.name ?? thread.name,
    rate_limit_per_user: form.rate_limit_per_user ?? thread.rate_limit_per_user ?? 0,
    thread_metadata: {
      ...before,
      archived,
      locked: form.locked ?? before.locked ?? false,
      auto_archive_duration: form.auto_archive_duration ?? before.auto_archive_duration,
      archive_timestamp: archived === before.archived ? before.archive_timestamp : nowIso(world),
    },
  })
  world.emit({ name: 'thread_updated', thread: edited })
  return edited
}

/** Ends a thread and all in it. */
export const removeThread = (world: World, thread: Thread): void => {
  world.atomically(() => {
    for (const id of [...world.messages.in(thread.id).keys()]) forgetMessage(world, thread.id, id)
    for (const id of [...world.memberships.in(thread.id).keys()]) world.memberships.delete(thread.id, id)
    world.threads.delete(thread.id)
  })
  world.emit({ name: 'thread_deleted', thread })
}

/** Archives the threads that have been silent for their `auto_archive_duration`. */
export const archiveIdleThreads = (world: World): void => {
  for (const thread of world.threads.all()) {
    const { archived, archive_timestamp, auto_archive_duration: minutes } = thread.thread_metadata
    const lastWord = thread.last_message_id ? madeAt(thread.last_message_id) : 0
    const active = Math.max(lastWord, Date.parse(archive_timestamp))
    if (archived || world.clock.now() - active < minutes * 60_000) continue
    const idle = world.threads.put(thread.id, {
      ...thread,
      thread_metadata: { ...thread.thread_metadata, archived: true, archive_timestamp: nowIso(world) },
    })
    world.emit({ name: 'thread_updated', thread: idle })
  }
}
