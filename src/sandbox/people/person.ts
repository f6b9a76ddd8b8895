import {
  type APIApplicationCommand,
  type APIMessage,
  ApplicationCommandType,
  InteractionType,
} from 'discord-api-types/v10'
import { invoke } from '../discord/acts/interactions.ts'
import {
  deleteMessage,
  demandSending,
  editMessage,
  listMessages,
  sendMessage,
} from '../discord/acts/messages.ts'
import { readMessageCreate, readMessageEdit } from '../discord/forms/message.ts'
import { demand, enter, enterGuildChannel } from '../discord/permissions.ts'
import type { GuildChannel, Resident, StoredMessage } from '../discord/world/entities.ts'
import { isLoading } from '../discord/world/present.ts'
import { isThread, userOf, type World } from '../discord/world/world.ts'
import { commandData, type OptionFiles, type OptionValues } from './command-options.ts'
import { componentData, submissionData } from './components.ts'
import type { PersonEvent } from './protocol.ts'
import { decline, inWords } from './refusals.ts'
import { commandsFor, eventsFor, messageFor, seesMessage } from './sight.ts'
import { messageCommandData, suggestionData } from './uses.ts'

const HISTORY = 50

/**
 * Someone who uses Discord by hand. What Discord's client or server would not let them do throws a UserFacingError
 * in plain English. Commands, clicks and forms give the id of the interaction they made.
 */
export type Person = {
  readonly user: Resident
  send(channel: string, content: string, options?: { readonly replyTo?: string | undefined }): APIMessage
  edit(channel: string, message: string, content: string): APIMessage
  delete(channel: string, message: string): void
  typing(channel: string): void
  /** Has the bot's direct messages refused, or takes them again. */
  block(blocked: boolean): void
  /** Up to 50 messages, oldest first. */
  history(channel: string, before?: string): APIMessage[]
  command(channel: string, path: readonly string[], options?: OptionValues, files?: OptionFiles): string
  /** Uses a command of a message's menu. */
  messageCommand(channel: string, message: string, name: string): string
  /** Asks what may be chosen for the option `focused`. The choices come as an event that names the interaction. */
  suggest(channel: string, path: readonly string[], options: OptionValues, focused: string): string
  click(channel: string, message: string, customId: string, values?: readonly string[]): string
  /** `interaction` is the one that opened the form. */
  submit(interaction: string, values: Readonly<Record<string, string>>): string
  /** What happens where this person can see it, from now on; the function given back ends it. */
  on(listener: (event: PersonEvent) => void): () => void
}

/** Nobody reads direct messages: the bot has no intent for them. */
const demandReader = (world: World, channel: string): void => {
  if (!world.directChannels.get(channel)) return
  const { username } = userOf(world, world.ids.bot)
  throw decline(`${username} does not read direct messages. Write to it in a story’s thread.`)
}

const enterToCommand = (world: World, user: string, id: string): GuildChannel => {
  const channel = enterGuildChannel(world, user, id)
  demand(world, user, channel, 'UseApplicationCommands')
  if (isThread(channel) && channel.thread_metadata.locked) demandSending(world, user, channel)
  return channel
}

const slashCommand = (world: World, user: string, name: string | undefined): APIApplicationCommand => {
  const command = commandsFor(world, user).find(
    (one) => one.type === ApplicationCommandType.ChatInput && one.name === name,
  )
  if (!command) throw decline(`There is no command /${name}.`)
  return command
}

const messageSeen = (world: World, user: string, channel: GuildChannel, id: string): StoredMessage => {
  const stored = world.messages.get(channel.id, id)
  if (!stored || isLoading(stored) || !seesMessage(world, user, stored)) {
    throw decline('That message no longer exists.')
  }
  return stored
}

/** The person with this user id. Throws when the world has none. */
export const personOf = (world: World, id: string): Person => {
  const user = world.people.get(id)
  if (!user) throw decline('There is no such person here.')
  const shown = (stored: StoredMessage) => messageFor(world, id, stored)
  return {
    user,
    send: (channel, content, { replyTo } = {}) =>
      inWords(() => {
        demandReader(world, channel)
        const reference = replyTo === undefined ? {} : { message_reference: { message_id: replyTo } }
        return shown(sendMessage(world, id, channel, readMessageCreate({ content, ...reference })))
      }),
    edit: (channel, message, content) =>
      inWords(() => shown(editMessage(world, id, channel, message, readMessageEdit({ content })))),
    delete: (channel, message) =>
      inWords(() => {
        const stored = world.messages.get(channel, message)
        // To dismiss an ephemeral message changes only what its reader sees, and no one is told.
        if (stored?.ephemeralTo === id) return
        deleteMessage(world, id, channel, message)
      }),
    typing: (channelId) =>
      inWords(() => {
        demandReader(world, channelId)
        const channel = enter(world, id, channelId)
        demandSending(world, id, channel)
        world.emit({ name: 'typing_started', channel, user: id, at: world.clock.now() })
      }),
    block: (blocked) => {
      world.people.put(id, { ...(world.people.get(id) ?? user), blocksBot: blocked })
    },
    history: (channel, before) =>
      inWords(() =>
        listMessages(world, id, channel, { before, limit: HISTORY })
          .filter((stored) => !isLoading(stored))
          .reverse()
          .map(shown),
      ),
    command: (channelId, path, values = {}, files = {}) =>
      inWords(() => {
        const channel = enterToCommand(world, id, channelId)
        const [name, ...rest] = path
        const command = slashCommand(world, id, name)
        const data = commandData(world, id, command, rest, { channel, values, files })
        return invoke(world, { user: id, channel, type: InteractionType.ApplicationCommand, data }).id
      }),
    messageCommand: (channelId, message, name) =>
      inWords(() => {
        const channel = enterToCommand(world, id, channelId)
        const target = messageSeen(world, id, channel, message)
        const data = messageCommandData(world, id, name, target)
        return invoke(world, { user: id, channel, type: InteractionType.ApplicationCommand, data, target }).id
      }),
    suggest: (channelId, path, values, focused) =>
      inWords(() => {
        const channel = enterToCommand(world, id, channelId)
        const [name, ...rest] = path
        const { data, kind } = suggestionData(slashCommand(world, id, name), rest, values, focused)
        const type = InteractionType.ApplicationCommandAutocomplete
        return invoke(world, { user: id, channel, type, data, focused: kind }).id
      }),
    click: (channelId, message, customId, values) =>
      inWords(() => {
        const channel = enterGuildChannel(world, id, channelId)
        const source = messageSeen(world, id, channel, message)
        if (source.message.author.id !== world.ids.bot) throw decline('That message has no buttons.')
        const data = componentData(source.message, customId, values)
        return invoke(world, { user: id, channel, type: InteractionType.MessageComponent, data, source }).id
      }),
    submit: (interactionId, values) =>
      inWords(() => {
        const trigger = world.interactions.get(interactionId)
        if (!trigger?.modal || trigger.user !== id) throw decline('This form is no longer open.')
        const channel = enterGuildChannel(world, id, trigger.channel)
        const data = submissionData(trigger.modal, values)
        const source = trigger.source ? world.messages.get(channel.id, trigger.source) : undefined
        return invoke(world, { user: id, channel, type: InteractionType.ModalSubmit, data, source, trigger })
          .id
      }),
    on: (listener) =>
      world.on((event) => {
        for (const seen of eventsFor(world, id, event)) listener(seen)
      }),
  }
}
