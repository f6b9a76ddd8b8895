import { randomBytes } from 'node:crypto'
import {
  type APIInteraction,
  type APIMessageInteractionMetadata,
  ApplicationIntegrationType,
  InteractionContextType,
  InteractionType,
  Locale,
} from 'discord-api-types/v10'
import { permissionsIn } from '../permissions.ts'
import { madeAt } from '../snowflake.ts'
import type { GuildChannel, Interaction, StoredMessage } from '../world/entities.ts'
import { partialChannel, presentMessage } from '../world/present.ts'
import { userOf, type World } from '../world/world.ts'

/** An application has 3 seconds for its first answer, and its token then works for 15 minutes. */
const FIRST_ANSWER_MS = 3_000
const TOKEN_MS = 15 * 60_000

export type Invocation = {
  readonly user: string
  readonly channel: GuildChannel
  readonly type:
    | InteractionType.ApplicationCommand
    | InteractionType.ApplicationCommandAutocomplete
    | InteractionType.MessageComponent
    | InteractionType.ModalSubmit
  /** The interaction's `data`, in Discord's shape. */
  readonly data: Readonly<Record<string, unknown>>
  /** The message whose component was used, here or before the modal. */
  readonly source?: StoredMessage | undefined
  /** For a message command: the message that it was used on. */
  readonly target?: StoredMessage | undefined
  /** For typing: the type of the option that asks for choices. */
  readonly focused?: number | undefined
  /** The interaction that opened the modal. */
  readonly trigger?: Interaction | undefined
}

// As Discord's, a token holds the id of its interaction, so that no index of tokens is needed.
const tokenFor = (id: string): string =>
  Buffer.from(`interaction:${id}:${randomBytes(48).toString('base64url')}`).toString('base64url')

const idIn = (token: string): string | undefined => Buffer.from(token, 'base64url').toString().split(':')[1]

/** The interaction that this token was made for, however old. */
export const withToken = (world: World, token: string): Interaction | undefined => {
  const interaction = world.interactions.get(idIn(token) ?? '')
  return interaction?.token === token ? interaction : undefined
}

export const tokenIsValid = (world: World, interaction: Interaction): boolean =>
  world.clock.now() < madeAt(interaction.id) + TOKEN_MS

const owners = (world: World) => ({ [ApplicationIntegrationType.GuildInstall]: world.ids.guild })

const metadataOf = (world: World, id: string, invocation: Invocation): APIMessageInteractionMetadata => {
  const common = {
    id,
    user: userOf(world, invocation.user),
    authorizing_integration_owners: owners(world),
  }
  const { type, source, target, trigger } = invocation
  if (type === InteractionType.MessageComponent) {
    return { ...common, type, interacted_message_id: source?.message.id ?? id }
  }
  if (type === InteractionType.ModalSubmit && trigger && 'user' in trigger.metadata) {
    const triggering = trigger.metadata
    if (triggering.type !== InteractionType.ModalSubmit) {
      return { ...common, type, triggering_interaction_metadata: triggering }
    }
  }
  return {
    ...common,
    type: InteractionType.ApplicationCommand,
    ...(target ? { target_message_id: target.message.id } : {}),
  }
}

const payloadOf = (world: World, interaction: Interaction, invocation: Invocation): APIInteraction => {
  const { channel, source, user } = invocation
  const { guild, bot } = world.ids
  const member = world.members.get(user)
  const payload = {
    id: interaction.id,
    application_id: bot,
    type: interaction.type,
    token: interaction.token,
    version: 1,
    guild_id: guild,
    guild: { id: guild, locale: Locale.EnglishUS, features: [] },
    guild_locale: Locale.EnglishUS,
    locale: Locale.EnglishUS,
    channel_id: channel.id,
    channel: {
      ...partialChannel(channel),
      permissions: permissionsIn(world, user, channel).toString(),
    },
    member: { ...member, permissions: permissionsIn(world, user, channel).toString() },
    app_permissions: permissionsIn(world, bot, channel).toString(),
    entitlements: [],
    authorizing_integration_owners: owners(world),
    context: InteractionContextType.Guild,
    attachment_size_limit: 10_485_760,
    data: invocation.data,
    ...(source ? { message: presentMessage(world, source, bot) } : {}),
  }
  return payload as unknown as APIInteraction
}

/** Whether it asks for choices while someone types. Its one answer is a list; it has no messages. */
export const isTyping = ({ type }: Interaction): boolean =>
  type === InteractionType.ApplicationCommandAutocomplete

/** Ends what waited too long: 3 seconds for the first answer, 15 minutes for the message of a deferred one. */
const failAfter = async (world: World, id: string, ms: number, state: Interaction['state']) => {
  await world.clock.sleep(ms, world.ending)
  const interaction = world.interactions.get(id)
  if (world.ending.aborted || interaction?.state !== state) return
  const failed = world.interactions.put(id, { ...interaction, state: 'failed' })
  // Of typing that nobody answered, people see no error: there is just nothing to choose from.
  if (isTyping(failed)) world.emit({ name: 'choices_offered', interaction: failed, choices: [] })
  else world.emit({ name: 'interaction_failed', interaction: failed })
}

export const failIfNeverFilled = (world: World, id: string): void => {
  void failAfter(world, id, TOKEN_MS - FIRST_ANSWER_MS, 'thinking')
}

const forgetOld = (world: World): void => {
  world.files.endLoans(world.clock.now() - TOKEN_MS)
  for (const interaction of world.interactions.all()) {
    // A form may be filled in at leisure: an interaction with an open one is kept past its token.
    if (!interaction.modal && !tokenIsValid(world, interaction)) world.interactions.delete(interaction.id)
  }
}

/** Makes an interaction and gives it to the application. */
export const invoke = (world: World, invocation: Invocation): Interaction => {
  forgetOld(world)
  const id = world.newId()
  const interaction = world.interactions.put(id, {
    id,
    token: tokenFor(id),
    type: invocation.type,
    user: invocation.user,
    channel: invocation.channel.id,
    state: 'waiting',
    metadata: metadataOf(world, id, invocation),
    ...(invocation.source ? { source: invocation.source.message.id } : {}),
    ...(invocation.focused === undefined ? {} : { focused: invocation.focused }),
    ...(invocation.trigger ? { trigger: invocation.trigger.id } : {}),
  })
  world.emit({ name: 'interaction_created', payload: payloadOf(world, interaction, invocation) })
  void failAfter(world, id, FIRST_ANSWER_MS, 'waiting')
  return interaction
}

/** After a restart nobody waits any more for first answers that were due before it. */
export const failForgottenInteractions = (world: World): void => {
  forgetOld(world)
  for (const interaction of world.interactions.all()) {
    if (interaction.state === 'waiting')
      world.interactions.put(interaction.id, { ...interaction, state: 'failed' })
  }
}
