import { setMaxListeners } from 'node:events'
import {
  type APIApplicationCommand,
  type APIGuildMember,
  type APIRole,
  type APIUser,
  ChannelType,
} from 'discord-api-types/v10'
import type { Clock } from '../../../kit/clock.ts'
import { byAge, snowflakesFrom } from '../snowflake.ts'
import type {
  Channel,
  DirectChannel,
  GuildChannel,
  Interaction,
  Resident,
  StoredMessage,
  TextChannel,
  Thread,
  ThreadMembership,
} from './entities.ts'
import { createEvents, type EventListener, type WorldEvent } from './events.ts'
import { createFiles, type Files } from './files.ts'
import type { Rows } from './rows.ts'
import { seed, type WorldIds } from './seed.ts'
import { type ChannelTable, createChannelTable, createTable, type Table } from './table.ts'

/**
 * All that exists: one guild and what happens in it. The acts change it and say so with `emit`; nothing else does.
 */
export type World = {
  readonly clock: Clock
  readonly ids: WorldIds
  readonly newId: () => string
  readonly users: Table<APIUser>
  readonly people: Table<Resident>
  readonly members: Table<APIGuildMember>
  readonly roles: Table<APIRole>
  readonly textChannels: Table<TextChannel>
  readonly threads: Table<Thread>
  readonly directChannels: Table<DirectChannel>
  readonly memberships: ChannelTable<ThreadMembership>
  readonly messages: ChannelTable<StoredMessage>
  readonly commands: Table<APIApplicationCommand>
  readonly interactions: Table<Interaction>
  readonly files: Files
  /** Where its server can be reached, once it can. */
  readonly origin: () => string
  readonly atomically: <T>(work: () => T) => T
  readonly emit: (event: WorldEvent) => void
  readonly on: (listener: EventListener) => () => void
  /** Aborts when the world ends: whatever waits for the clock stops waiting. */
  readonly ending: AbortSignal
  readonly end: () => void
}

/** Opens the world that the rows hold, or founds it when they are empty. */
export const openWorld = (rows: Rows, clock: Clock, botPermissions: bigint, origin: () => string): World => {
  const users = createTable<APIUser>(rows, 'user')
  const people = createTable<Resident>(rows, 'person')
  const members = createTable<APIGuildMember>(rows, 'member')
  const roles = createTable<APIRole>(rows, 'role')
  const textChannels = createTable<TextChannel>(rows, 'channel')
  const threads = createTable<Thread>(rows, 'thread')
  const directChannels = createTable<DirectChannel>(rows, 'direct_channel')
  const memberships = createChannelTable<ThreadMembership>(rows, 'membership')
  const messages = createChannelTable<StoredMessage>(rows, 'message')
  const commands = createTable<APIApplicationCommand>(rows, 'command')
  const interactions = createTable<Interaction>(rows, 'interaction')
  const files = createFiles(rows)
  const founding = createTable<WorldIds>(rows, 'ids')

  const everyId = [
    ...[users, roles, textChannels, threads, directChannels, commands, interactions].flatMap((table) =>
      table.all().map(({ id }) => id),
    ),
    ...files.ids(),
    ...[...messages.channels()].flatMap((channel) => [...messages.in(channel).keys()]),
  ]
  const newId = snowflakesFrom(clock.now, everyId.sort(byAge).at(-1))

  const found = (): WorldIds => {
    const first = seed(newId, clock.now(), botPermissions)
    rows.atomically(() => {
      for (const role of first.roles) roles.put(role.id, role)
      for (const person of first.people) {
        const { roleLabel: _, ...user } = person
        people.put(person.id, person)
        users.put(person.id, user)
      }
      users.put(first.bot.id, first.bot)
      for (const member of first.members) members.put(member.user.id, member)
      for (const channel of first.channels) textChannels.put(channel.id, channel)
      founding.put('0', first.ids)
    })
    return first.ids
  }

  const events = createEvents()
  const ending = new AbortController()
  setMaxListeners(0, ending.signal)
  return {
    clock,
    ids: founding.get('0') ?? found(),
    newId,
    users,
    people,
    members,
    roles,
    textChannels,
    threads,
    directChannels,
    memberships,
    messages,
    commands,
    interactions,
    files,
    origin,
    atomically: rows.atomically,
    emit: events.emit,
    on: events.on,
    ending: ending.signal,
    end: () => ending.abort(),
  }
}

export const guildChannelOf = (world: World, id: string): GuildChannel | undefined =>
  world.textChannels.get(id) ?? world.threads.get(id)

export const channelOf = (world: World, id: string): Channel | undefined =>
  guildChannelOf(world, id) ?? world.directChannels.get(id)

export const isThread = (channel: Channel): channel is Thread => 'thread_metadata' in channel

export const isDirect = (channel: Channel): channel is DirectChannel => channel.type === ChannelType.DM

export const isArchived = (channel: Channel): boolean => isThread(channel) && channel.thread_metadata.archived

export const userOf = (world: World, id: string): APIUser => {
  const user = world.users.get(id)
  if (!user) throw new Error(`no user ${id} in this world`)
  return user
}

export const nowIso = (world: World): string => new Date(world.clock.now()).toISOString()
