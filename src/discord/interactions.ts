import { type Interaction, MessageFlags, type RepliableInteraction } from 'discord.js'
import { UserFacingError } from '../kit/errors.ts'
import type { ButtonHandler, Command, Face, ModalHandler } from './command.ts'
import { answerButtons } from './controls.ts'
import { readCustomId } from './custom-id.ts'

const merged = <T>(records: readonly (Readonly<Record<string, T>> | undefined)[]): Map<string, T> =>
  new Map(records.flatMap((record) => Object.entries(record ?? {})))

const isAlreadyTaken = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 40_060 || error.code === 10_062)

/** The one place that tells a person that their command or button failed. */
const replyFailure = async (interaction: RepliableInteraction, error: unknown, face: Face): Promise<void> => {
  const incident = face.newId().slice(-8)
  const content = error instanceof UserFacingError ? error.message : face.texts.error(incident)
  if (!(error instanceof UserFacingError)) face.log.error({ err: error, incident }, 'an interaction failed')
  const reply = { content, flags: MessageFlags.Ephemeral } as const
  const sent =
    interaction.deferred || interaction.replied ? interaction.followUp(reply) : interaction.reply(reply)
  await sent.catch((failure: unknown) =>
    face.log.warn({ err: failure, incident }, 'no reply reached the person'),
  )
}

/** Sends each interaction to its handler by its command or by the name in its custom id. */
export const interactionRouter = (commands: readonly Command[], face: Face) => {
  const byName = new Map(commands.map((command) => [command.data.name, command]))
  const buttons = merged<ButtonHandler>([answerButtons, ...commands.map((command) => command.buttons)])
  const modals = merged<ModalHandler>(commands.map((command) => command.modals))

  const handle = async (interaction: Interaction<'cached'>): Promise<void> => {
    if (interaction.isChatInputCommand()) {
      const handler = byName.get(interaction.commandName)?.subcommands[interaction.options.getSubcommand()]
      if (!handler) throw new UserFacingError('unknown_command', face.texts.unknownControl)
      return handler(interaction, face)
    }
    if (interaction.isButton()) {
      const { name, args } = readCustomId(interaction.customId)
      const handler = buttons.get(name)
      if (!handler) throw new UserFacingError('unknown_button', face.texts.unknownControl)
      return handler(interaction, args, face)
    }
    if (interaction.isModalSubmit()) {
      const { name, args } = readCustomId(interaction.customId)
      const handler = modals.get(name)
      if (!handler) throw new UserFacingError('unknown_form', face.texts.unknownControl)
      return handler(interaction, args, face)
    }
  }

  return async (interaction: Interaction): Promise<void> => {
    if (!interaction.inCachedGuild()) return
    try {
      await handle(interaction)
    } catch (error) {
      // Discord may deliver an interaction twice; the second finds it acknowledged and changes nothing.
      if (isAlreadyTaken(error)) return face.log.debug({ interaction: interaction.id }, 'taken before')
      if (interaction.isRepliable()) await replyFailure(interaction, error, face)
    }
  }
}
