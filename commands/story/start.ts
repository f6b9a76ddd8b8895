import {
  type AnyThreadChannel,
  type APIModalInteractionResponseCallbackData,
  MessageFlags,
  type ModalSubmitInteraction,
} from 'discord.js'
import type { CommandHandler, Face, ModalHandler } from '../../src/discord/command.ts'
import { customId } from '../../src/discord/custom-id.ts'
import { formField, writtenIn } from '../../src/discord/form.ts'
import { subtext } from '../../src/discord/render.ts'
import { channelFor, openThread } from '../../src/discord/thread.ts'
import type { Texts } from '../../src/locales/en.ts'
import { readIntroduction } from '../../src/story/cast.ts'
import { START_LIMITS, StartIntent } from '../../src/story/intent.ts'
import { ROOT_BRANCH } from '../../src/story/ref.ts'

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
  const begun = texts.start.begun(thread.toString())
  await interaction.editReply(`${begun}\n${subtext(texts.kickoff.newcomer)}`)
}
