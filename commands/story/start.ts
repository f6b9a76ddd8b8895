import {
  type AnyThreadChannel,
  type APIModalInteractionResponseCallbackData,
  ChannelType,
  type ChatInputCommandInteraction,
  DiscordAPIError,
  MessageFlags,
  type ModalSubmitInteraction,
  type TextChannel,
  ThreadAutoArchiveDuration,
} from 'discord.js'
import { NEEDED_PERMISSIONS } from '../../src/discord/client.ts'
import type { CommandHandler, Face, ModalHandler } from '../../src/discord/command.ts'
import { customId } from '../../src/discord/custom-id.ts'
import { formField, writtenIn } from '../../src/discord/form.ts'
import { shorten, subtext } from '../../src/discord/render.ts'
import { UserFacingError } from '../../src/kit/errors.ts'
import type { Texts } from '../../src/locales/en.ts'
import { readIntroduction } from '../../src/story/cast.ts'
import { START_LIMITS, StartIntent } from '../../src/story/intent.ts'
import { ROOT_BRANCH } from '../../src/story/ref.ts'

/** Discord's limit for a thread's name. */
const THREAD_NAME_LIMIT = 100

const form = ({ start: words }: Texts): APIModalInteractionResponseCallbackData => {
  const field = (id: keyof typeof START_LIMITS, label: string, hint: string) => ({
    id,
    label,
    hint,
    limit: START_LIMITS[id],
  })
  return {
    custom_id: customId('start'),
    title: words.heading,
    components: [
      formField({ ...field('title', words.title, words.titleHint), isRequired: true }),
      formField({ ...field('premise', words.premise, words.premiseHint), isLong: true }),
      formField(field('name', words.characterName, words.characterNameHint)),
      formField({ ...field('persona', words.characterPersona, words.characterPersonaHint), isLong: true }),
      formField(field('you', words.you, words.youHint)),
    ],
  }
}

type Place = ChatInputCommandInteraction<'cached'> | ModalSubmitInteraction<'cached'>

/** The text channel to open the thread in: this one, or the one that this thread belongs to. */
const channelFor = ({ channel, appPermissions }: Place, texts: Texts): TextChannel => {
  const missing = Object.entries(NEEDED_PERMISSIONS).filter(([, bit]) => !appPermissions.has(bit))
  if (missing.length > 0)
    throw new UserFacingError(
      'missing_permissions',
      texts.start.missingPermissions(missing.map(([name]) => name)),
    )
  const place = channel?.isThread() ? channel.parent : channel
  if (place?.type !== ChannelType.GuildText)
    throw new UserFacingError('wrong_channel', texts.start.wrongChannel)
  return place
}

/** `/story start`: checks that a story can be told here, and asks what it is about. */
export const start: CommandHandler = async (interaction, { texts }) => {
  channelFor(interaction, texts)
  await interaction.showModal(form(texts))
}

const read = (interaction: ModalSubmitInteraction<'cached'>, { start: words }: Texts): StartIntent => {
  const field = (id: keyof typeof START_LIMITS) => writtenIn(interaction, id) || undefined
  const persona = field('persona')
  const name = field('name') ?? (persona && readIntroduction(persona, words.nameless).name)
  return StartIntent.parse({
    player: { id: interaction.user.id, displayName: interaction.member.displayName },
    title: field('title') ?? words.untitled,
    premise: field('premise'),
    ...(name ? { character: { name, persona } } : {}),
    you: field('you'),
  })
}

/** Discord's code for a server that has all the active threads it may have. */
const TOO_MANY_THREADS = 160_006

const openThread = async (channel: TextChannel, title: string, player: string, texts: Texts) => {
  const options = {
    name: shorten(title, THREAD_NAME_LIMIT),
    type: ChannelType.PublicThread,
    autoArchiveDuration: ThreadAutoArchiveDuration.OneWeek,
  } as const
  const thread = await channel.threads.create(options).catch((error: unknown) => {
    if (!(error instanceof DiscordAPIError) || error.code !== TOO_MANY_THREADS) throw error
    throw new UserFacingError('too_many_threads', texts.start.noRoom, {}, error)
  })
  await thread.members.add(player).catch(() => {})
  return thread
}

/** An opening that could not be told is the one failure that nobody waits for: the thread itself tells of it. */
const tellFailure = (opened: Promise<void>, thread: AnyThreadChannel, { log, newId, texts }: Face): void => {
  opened.catch(async (error: unknown) => {
    const incident = newId().slice(-8)
    log.error({ err: error, incident }, 'an opening failed')
    await thread.send(texts.error(incident)).catch(() => {})
  })
}

/** The filled form: opens the thread, saves the story, and lets the opening be told. */
export const begin: ModalHandler = async (interaction, _args, face) => {
  const { engine, texts, newId, oocMarks } = face
  await interaction.deferReply({ flags: MessageFlags.Ephemeral })
  const intent = read(interaction, texts)
  const channel = channelFor(interaction, texts)
  const thread = await openThread(channel, intent.title, interaction.user.id, texts)
  await thread.send(subtext(texts.start.howTo(oocMarks))).catch(() => {})
  const story = {
    ref: { story: newId(), branch: ROOT_BRANCH },
    guild: interaction.guildId,
    thread: thread.id,
    parent: channel.id,
  }
  const started = await engine.start(story, intent, interaction.id).catch(async (error: unknown) => {
    await thread.delete().catch(() => {})
    throw error
  })
  if (started === 'duplicate') return
  tellFailure(started.opened, thread, face)
  await interaction.editReply(texts.start.begun(thread.toString()))
}
