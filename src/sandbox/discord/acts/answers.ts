import {
  InteractionResponseType as Answer,
  type APIMessage,
  ApplicationCommandOptionType,
  InteractionType,
  MessageFlags,
  MessageReferenceType,
  MessageType,
} from 'discord-api-types/v10'
import { z } from 'zod'
import type { Upload } from '../forms/attachment.ts'
import { readChoices } from '../forms/choices.ts'
import { readForm } from '../forms/form.ts'
import { ANSWER_FLAGS, type MessageCreate, readMessageCreate, readMessageEdit } from '../forms/message.ts'
import { readModal } from '../forms/modal.ts'
import { may } from '../permissions.ts'
import { notBuilt, type Refusal, refuse, refuseForm } from '../refusal.ts'
import type { GuildChannel, Interaction, InteractionState, StoredMessage } from '../world/entities.ts'
import { guildChannelOf, isThread, type World } from '../world/world.ts'
import { compose } from './compose.ts'
import { failIfNeverFilled, isTyping, withToken } from './interactions.ts'
import { applyEdit } from './messages.ts'
import { BLANK, place } from './place.ts'

/** What the first answer to an interaction made. */
export type Answered = {
  readonly type: Answer
  readonly interaction: Interaction
  readonly message?: StoredMessage | undefined
}

const Callback = z.object({ type: z.int(), data: z.unknown().optional() })

const TYPES: readonly number[] = [
  Answer.ChannelMessageWithSource,
  Answer.DeferredChannelMessageWithSource,
  Answer.DeferredMessageUpdate,
  Answer.UpdateMessage,
  Answer.ApplicationCommandAutocompleteResult,
  Answer.Modal,
]

const settle = (
  world: World,
  interaction: Interaction,
  state: InteractionState,
  more: Partial<Interaction> = {},
) => world.interactions.put(interaction.id, { ...interaction, ...more, state })

/** The channel an interaction plays in, which may be gone or locked by the time of the answer. */
export const stageOf = (world: World, interaction: Interaction): GuildChannel => {
  const channel = guildChannelOf(world, interaction.channel)
  if (!channel) throw refuse(10003)
  if (isThread(channel) && channel.thread_metadata.archived && channel.thread_metadata.locked) {
    if (!may(world, world.ids.bot, channel, 'ManageThreads')) throw refuse(50083)
  }
  return channel
}

const targetOf = ({ metadata }: Interaction): string | undefined =>
  'target_message_id' in metadata ? metadata.target_message_id : undefined

/** The first answer shows where it comes from: a message whose component or command was used, or a slash command. */
const originOf = (
  interaction: Interaction,
  channel: GuildChannel,
): { type: MessageType } & Partial<APIMessage> => {
  const target = targetOf(interaction)
  const message_id = interaction.source ?? target
  if (!message_id) return { type: MessageType.ChatInputCommand }
  return {
    type: target ? MessageType.ContextMenuCommand : MessageType.Reply,
    message_reference: {
      type: MessageReferenceType.Default,
      channel_id: channel.id,
      message_id,
      guild_id: channel.guild_id,
    },
  }
}

/** Posts a message of the application for an interaction. It needs no permission to send in the channel. */
export const placeAnswer = (
  world: World,
  interaction: Interaction,
  form: MessageCreate | 'loading',
  flags: number,
  isFirst: boolean,
): StoredMessage => {
  const channel = stageOf(world, interaction)
  const { bot } = world.ids
  const { type, ...reference } = isFirst ? originOf(interaction, channel) : { type: MessageType.Default }
  return place(world, {
    author: bot,
    channel,
    written: form === 'loading' ? BLANK : compose(world, bot, channel, form),
    type,
    flags: form === 'loading' ? flags | MessageFlags.Loading : flags,
    tts: form === 'loading' ? false : (form.tts ?? false),
    ephemeralTo: flags & MessageFlags.Ephemeral ? interaction.user : undefined,
    extras: {
      webhook_id: bot,
      application_id: bot,
      interaction_metadata: interaction.metadata,
      ...reference,
    },
  })
}

const defer = (world: World, interaction: Interaction, data: unknown): Answered => {
  const { flags } = readForm(z.object({ flags: z.int().min(0).nullish() }), data)
  const ephemeral = ((flags ?? 0) & MessageFlags.Ephemeral) !== 0
  const message = placeAnswer(world, interaction, 'loading', ephemeral ? MessageFlags.Ephemeral : 0, true)
  const thinking = settle(world, interaction, 'thinking', { original: message.message.id })
  world.emit({ name: 'interaction_thinking', interaction: thinking, ephemeral })
  failIfNeverFilled(world, interaction.id)
  return { type: Answer.DeferredChannelMessageWithSource, interaction: thinking, message }
}

const wrongType = (message: string): Refusal =>
  refuseForm({ path: ['type'], code: 'INTERACTION_RESPONSE_TYPE_INVALID', message })

const sourceOf = (world: World, interaction: Interaction): StoredMessage => {
  if (!interaction.source) {
    throw wrongType('Only components can update the message they are on.')
  }
  const source = world.messages.get(interaction.channel, interaction.source)
  if (!source) throw refuse(10008)
  return source
}

/** A form stays open until its submission is answered, so that a person can try again when it is not. */
const closeForm = (world: World, { trigger }: Interaction): void => {
  const opener = trigger === undefined ? undefined : world.interactions.get(trigger)
  if (!opener) return
  const { modal: _, ...closed } = opener
  world.interactions.put(opener.id, closed)
}

const offer = (world: World, interaction: Interaction, data: unknown): Answered => {
  const choices = readChoices(data, interaction.focused ?? ApplicationCommandOptionType.String)
  const answered = settle(world, interaction, 'answered')
  world.emit({ name: 'choices_offered', interaction: answered, choices })
  return { type: Answer.ApplicationCommandAutocompleteResult, interaction: answered }
}

const respond = (
  world: World,
  interaction: Interaction,
  type: number,
  data: unknown,
  files: readonly Upload[],
): Answered => {
  switch (type) {
    case Answer.ChannelMessageWithSource: {
      const form = readMessageCreate(data, { flags: ANSWER_FLAGS, files })
      const message = placeAnswer(world, interaction, form, form.flags ?? 0, true)
      const answered = settle(world, interaction, 'answered', { original: message.message.id })
      return { type, interaction: answered, message }
    }
    case Answer.DeferredChannelMessageWithSource:
      return defer(world, interaction, data)
    case Answer.DeferredMessageUpdate: {
      const { message } = sourceOf(world, interaction)
      return { type, interaction: settle(world, interaction, 'answered', { original: message.id }) }
    }
    case Answer.UpdateMessage: {
      const source = sourceOf(world, interaction)
      const message = applyEdit(world, stageOf(world, interaction), source, readMessageEdit(data, files))
      const answered = settle(world, interaction, 'answered', { original: source.message.id })
      return { type, interaction: answered, message }
    }
    case Answer.ApplicationCommandAutocompleteResult:
      return offer(world, interaction, data)
    default: {
      if (interaction.type === InteractionType.ModalSubmit) {
        throw wrongType('A modal cannot be answered with a modal.')
      }
      const modal = readModal(data)
      const answered = settle(world, interaction, 'answered', { modal })
      world.emit({ name: 'modal_opened', interaction: answered, modal })
      return { type: Answer.Modal, interaction: answered }
    }
  }
}

/**
 * The first answer to an interaction, once (40060) and within 3 seconds (10062): a message, a deferral, an update
 * of the component's message, or a modal; for typing, choices.
 */
export const answerInteraction = (
  world: World,
  id: string,
  token: string,
  body: unknown,
  files: readonly Upload[],
): Answered => {
  const { type, data } = readForm(Callback, body)
  const interaction = withToken(world, token)
  if (!interaction || interaction.id !== id || interaction.state === 'failed') throw refuse(10062)
  if (interaction.state !== 'waiting') throw refuse(40060)
  if (!TYPES.includes(type)) {
    if (type in Answer) throw notBuilt(`interaction answers of type ${type}`)
    throw refuseForm({
      path: ['type'],
      code: 'BASE_TYPE_CHOICES',
      message: `Value must be one of {${TYPES}}.`,
    })
  }
  if (isTyping(interaction) !== (type === Answer.ApplicationCommandAutocompleteResult)) {
    throw wrongType('Choices are the answer to typing, and to nothing else.')
  }
  const answered = respond(world, interaction, type, data, files)
  closeForm(world, interaction)
  return answered
}
