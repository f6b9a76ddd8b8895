import type { APIMessage, APIUser } from 'discord-api-types/v10'
import type { PersonEvent, SeenChannel, Welcome } from '../../people/protocol.ts'
import { EMPTY_LOG, type Log, remove, replace, upsert } from './log.ts'

/** The bot has taken an interaction and has not answered yet. */
export type Waiting = {
  readonly interaction: string
  readonly channel: string
  readonly ephemeral: boolean
}

export type Typing = { readonly channel: string; readonly user: string; readonly until: number }

/** What the person can see, as the server told it. It changes only by frames. */
export type World = {
  readonly me: Welcome['me']
  readonly people: Welcome['people']
  readonly guild: Welcome['guild']
  readonly bot: Welcome['bot']
  readonly commands: Welcome['commands']
  readonly notice: string
  readonly channels: ReadonlyMap<string, SeenChannel>
  readonly logs: ReadonlyMap<string, Log>
  readonly typing: readonly Typing[]
  readonly waiting: readonly Waiting[]
  readonly failed: readonly { readonly interaction: string; readonly channel: string }[]
}

/** How long a sign of typing lasts, as in Discord. */
const TYPING_MS = 10_000

/** The world at the start of a connection. What the same person saw before stays until history replaces it. */
export const worldFrom = (welcome: Welcome, before: World | undefined): World => {
  const same = before?.me.id === welcome.me.id ? before : undefined
  const logs = [...(same?.logs ?? [])].map(([id, log]) => [id, { ...log, loaded: false }] as const)
  return {
    me: welcome.me,
    people: welcome.people,
    guild: welcome.guild,
    bot: welcome.bot,
    commands: welcome.commands,
    notice: welcome.notice,
    channels: new Map(welcome.channels.map((channel) => [channel.id, channel])),
    logs: new Map(logs),
    typing: [],
    waiting: [],
    failed: [],
  }
}

export const logOf = (world: World, channel: string): Log => world.logs.get(channel) ?? EMPTY_LOG

export const changeLog = (world: World, channel: string, change: (log: Log) => Log): World => ({
  ...world,
  logs: new Map(world.logs).set(channel, change(logOf(world, channel))),
})

const without = <K, V>(map: ReadonlyMap<K, V>, key: K): Map<K, V> => {
  const copy = new Map(map)
  copy.delete(key)
  return copy
}

/** An answer ends the wait for it. Where the message does not name its interaction, it ends the longest wait. */
const answered = (world: World, message: APIMessage, ephemeral: boolean): readonly Waiting[] => {
  if (message.author.id !== world.bot.user.id) return world.waiting
  const named = message.interaction_metadata?.id
  const match = named
    ? world.waiting.find((waiting) => waiting.interaction === named)
    : world.waiting.find(
        (waiting) => waiting.channel === message.channel_id && waiting.ephemeral === ephemeral,
      )
  return match ? world.waiting.filter((waiting) => waiting !== match) : world.waiting
}

/** One event, applied. Pure: the page's whole knowledge is a fold over what the server said. */
export const apply = (world: World, event: PersonEvent, now: number): World => {
  switch (event.name) {
    case 'message': {
      const { message, ephemeral } = event
      const seen = changeLog(world, message.channel_id, (log) => upsert(log, { message, ephemeral }))
      return {
        ...seen,
        waiting: answered(world, message, ephemeral),
        typing: world.typing.filter(
          (typing) => typing.user !== message.author.id || typing.channel !== message.channel_id,
        ),
      }
    }
    case 'message_edited': {
      const { message, ephemeral } = event
      return changeLog(world, message.channel_id, (log) => replace(log, { message, ephemeral }))
    }
    case 'message_deleted':
      return changeLog(world, event.channel, (log) => remove(log, event.message))
    case 'channel':
      return { ...world, channels: new Map(world.channels).set(event.channel.id, event.channel) }
    case 'channel_deleted':
      return {
        ...world,
        channels: without(world.channels, event.channel),
        logs: without(world.logs, event.channel),
      }
    case 'typing': {
      const others = world.typing.filter((t) => t.user !== event.user || t.channel !== event.channel)
      const typing = { channel: event.channel, user: event.user, until: now + TYPING_MS }
      return { ...world, typing: [...others, typing] }
    }
    case 'thinking': {
      const { interaction, channel, ephemeral } = event
      return { ...world, waiting: [...world.waiting, { interaction, channel, ephemeral }] }
    }
    case 'interaction_failed': {
      const { interaction, channel } = event
      return {
        ...world,
        waiting: world.waiting.filter((waiting) => waiting.interaction !== interaction),
        failed: [...world.failed, { interaction, channel }],
      }
    }
    case 'commands':
      return { ...world, commands: event.commands }
    case 'bot':
      return {
        ...world,
        bot: { ...world.bot, online: event.online },
        waiting: event.online ? world.waiting : [],
      }
    case 'modal':
    case 'choices':
      return world
  }
}

/** A user whom the page has met: a person, the bot, or the author of a message that it has seen. */
export const userById = (world: World, id: string): APIUser | undefined => {
  const known = [world.me, ...world.people, world.bot.user].find((user) => user.id === id)
  if (known) return known
  for (const log of world.logs.values()) {
    for (const { message } of log.entries) {
      const met = [message.author, ...(message.mentions ?? [])].find((user) => user.id === id)
      if (met) return met
    }
  }
  return undefined
}

/** The name that people see. */
export const displayName = (user: Pick<APIUser, 'username' | 'global_name'>): string =>
  user.global_name || user.username
