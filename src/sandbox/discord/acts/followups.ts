import { MessageFlags } from 'discord-api-types/v10'
import type { MessageCreate, MessageEdit } from '../forms/message.ts'
import { refuse } from '../refusal.ts'
import type { Interaction, StoredMessage } from '../world/entities.ts'
import { isLoading } from '../world/present.ts'
import type { World } from '../world/world.ts'
import { placeAnswer, stageOf } from './answers.ts'
import { compose } from './compose.ts'
import { isTyping, tokenIsValid, withToken } from './interactions.ts'
import { applyEdit, deleteStored } from './messages.ts'

/**
 * The interaction whose token a webhook route names. 50027 for a token that is wrong or older than 15 minutes;
 * 10015 while the interaction has had no first answer, as Discord has no webhook for it until then; typing never has
 * one.
 */
export const openInteraction = (world: World, webhook: string, token: string): Interaction => {
  if (webhook !== world.ids.bot) throw refuse(10015)
  const interaction = withToken(world, token)
  if (!interaction || !tokenIsValid(world, interaction)) throw refuse(50027)
  const hasMessages = interaction.state === 'thinking' || interaction.state === 'answered'
  if (!hasMessages || isTyping(interaction)) throw refuse(10015)
  return interaction
}

/** The message that a webhook route names: `@original`, or one that this interaction made. Else 10008. */
export const findAnswer = (world: World, interaction: Interaction, id: string): StoredMessage => {
  const own = id === '@original' ? interaction.original : id
  const stored = own ? world.messages.get(interaction.channel, own) : undefined
  const belongs = stored?.message.interaction_metadata?.id === interaction.id || own === interaction.original
  if (!stored || !belongs) throw refuse(10008)
  return stored
}

/** The deferred message gets its text: it appears now, so it does not count as edited. */
const fill = (
  world: World,
  interaction: Interaction,
  before: StoredMessage,
  form: MessageEdit,
): StoredMessage => {
  const channel = stageOf(world, interaction)
  const flags = ((before.message.flags ?? 0) & ~MessageFlags.Loading) | (form.flags ?? 0)
  const stored: StoredMessage = {
    ...before,
    message: { ...before.message, ...compose(world, world.ids.bot, channel, form), flags },
  }
  world.messages.put(channel.id, stored.message.id, stored)
  world.interactions.put(interaction.id, { ...interaction, state: 'answered' })
  world.emit({ name: 'message_edited', stored, before })
  return stored
}

/** A further message. The first one after a deferral takes the place of "is thinking…", ephemeral or not as that was. */
export const followUp = (world: World, interaction: Interaction, form: MessageCreate): StoredMessage => {
  if (interaction.state === 'thinking') {
    const { flags, ...words } = form
    const kept = (flags ?? 0) & ~MessageFlags.Ephemeral
    return fill(world, interaction, findAnswer(world, interaction, '@original'), { ...words, flags: kept })
  }
  return placeAnswer(world, interaction, form, form.flags ?? 0, false)
}

export const editAnswer = (
  world: World,
  interaction: Interaction,
  id: string,
  form: MessageEdit,
): StoredMessage => {
  const stored = findAnswer(world, interaction, id)
  if (isLoading(stored)) {
    const flags = (form.flags ?? 0) & (MessageFlags.SuppressEmbeds | MessageFlags.IsComponentsV2)
    return fill(world, interaction, stored, { ...form, flags })
  }
  return applyEdit(world, stageOf(world, interaction), stored, form)
}

export const deleteAnswer = (world: World, interaction: Interaction, id: string): void => {
  const stored = findAnswer(world, interaction, id)
  deleteStored(world, stageOf(world, interaction), stored)
  if (interaction.state === 'thinking') {
    world.interactions.put(interaction.id, { ...interaction, state: 'answered' })
  }
}
