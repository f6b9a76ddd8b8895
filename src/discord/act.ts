import { type ChatInputCommandInteraction, type Message, MessageFlags } from 'discord.js'
import { SkeinError, UserFacingError } from '../kit/errors.ts'
import type { Texts } from '../locales/en.ts'
import { NAME_LIMIT, nameOf, personaOf } from '../story/cast.ts'
import type { Head } from '../story/head.ts'
import type { Message as PlayerMessage, SayOutcome } from '../turn/engine.ts'
import { wordsIn } from './called.ts'
import type { Face } from './command.ts'
import { demandTold, storyHere } from './here.ts'
import { isMarked, mark, unmark } from './hourglass.ts'
import { askForPersona } from './introduce.ts'
import { plain } from './render.ts'
import { MESSAGE_LIMIT } from './split.ts'

type Acting = ChatInputCommandInteraction<'cached'>

/** What someone typed as their words, as people read it, and whether they call the bot in it. */
export const wordsTyped = ({ options, channel, client, guild }: Acting) => {
  const typed = options.getString('text', true)
  return channel ? wordsIn(typed, { client, guild, channel }) : { text: typed, calls: false }
}

/** The player as the story knows them. */
export const playerOf = ({ user, member }: Acting) => ({ id: user.id, displayName: member.displayName })

/** The name that someone plays under, or would, as it may stand in a message. */
export const nameHere = ({ user, member }: Acting, { state, words }: Head): string => {
  const persona = personaOf(state.cast, user.id)?.persona
  const name = persona && words.get(nameOf(state.cast, persona) ?? '')
  return plain(name ?? member.displayName, NAME_LIMIT)
}

// The marks stand around it, so none may stand in it: a quotation within a quotation has other ones.
const bare = {
  say: (words: string): string =>
    words
      .replace(/^["“„«]([^"“”„«»]*)["”“»]$/u, '$1')
      .replace(/(?<=^|[\s(])["“„«]/gu, '‘')
      .replace(/["“”„«»]/gu, '’'),
  do: (words: string): string => words.replace(/^_(.*)_$/u, '$1').replaceAll('*', ''),
}
const MARKS = { say: ['“', '”'], do: ['*', '*'] } as const

/** What someone says or does, in the marks of the story. Refused where that is nothing. */
export const markedWords = (words: string, how: keyof typeof MARKS, { acted }: Texts): string => {
  const said = bare[how](words).replace(/\s+/gu, ' ').trim()
  if (said === '') throw new UserFacingError('blank', acted.blank)
  return MARKS[how].join(said)
}

// A link that says that it leads elsewhere would do so in the bot's name.
const withoutLinks = (words: string): string => words.replace(/\](?=\()/gu, '\\]')

/** What is shown of it for all. Refused where Discord has no room for it. */
export const shownLine = (name: string, words: string, { acted }: Texts): string => {
  const line = `**${name}** ${withoutLinks(words)}`
  if (line.length > MESSAGE_LIMIT)
    throw new UserFacingError('too_long', acted.tooLong(line.length - MESSAGE_LIMIT))
  return line
}

/** Takes in what is shown in a thread as a player's message, in whichever story is told there by then. */
const takeIn = async (
  interaction: Acting,
  message: Message<true>,
  words: Pick<PlayerMessage, 'text' | 'calls'>,
  { engine, threads }: Face,
): Promise<SayOutcome> => {
  for (;;) {
    const ref = await threads.storyIn(message.channelId)
    if (!ref) return 'elsewhere'
    const marking = engine.isBusy(ref) ? mark(message) : undefined
    const said = { id: message.id, sentAt: message.createdTimestamp, player: playerOf(interaction) }
    const outcome = await engine.say(ref, message.channelId, { ...said, ...words })
    await marking
    if (isMarked(message)) await unmark(message)
    if (outcome !== 'elsewhere') return outcome
  }
}

/** Why something is not part of the story; undefined where it is. */
const whyNot = (outcome: SayOutcome, { acted, pause, noStoryHere }: Texts): string | undefined => {
  if (typeof outcome === 'object') return acted.blank
  if (outcome === 'paused') return pause.isPaused
  if (outcome === 'elsewhere') return noStoryHere
  return outcome === 'postponed' ? acted.closing : undefined
}

/**
 * Shows what someone says or does in the thread for all, and takes it into the story as their message. What does not
 * come in does not stay there.
 */
export const act = async (interaction: Acting, how: 'say' | 'do', face: Face): Promise<void> => {
  const { texts, log } = face
  const head = await storyHere(interaction, face)
  await demandTold(head.ref, face)
  const { text: typed, calls } = wordsTyped(interaction)
  const text = markedWords(typed, how, texts)
  const content = shownLine(nameHere(interaction, head), text, texts)
  const { resource } = await interaction.reply({ content, withResponse: true })
  const message = resource?.message
  if (!message?.inGuild()) throw new SkeinError('reply_missing', 'a reply has no message')
  await face.caughtUp(message.channelId)
  const outcome = await takeIn(interaction, message, { text, calls }, face).catch(async (error: unknown) => {
    await interaction.deleteReply().catch(() => {})
    throw error
  })
  const name = interaction.member.displayName
  if (outcome === 'introduced')
    await askForPersona(message, name, texts).catch((error: unknown) =>
      log.warn({ err: error, message: message.id }, 'a newcomer was not asked who they play'),
    )
  const why = whyNot(outcome, texts)
  if (why === undefined) return
  await interaction.deleteReply().catch(() => {})
  await interaction.followUp({ content: why, flags: MessageFlags.Ephemeral })
}
