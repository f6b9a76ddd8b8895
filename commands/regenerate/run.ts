import { MessageFlags } from 'discord.js'
import type { CommandHandler, Face } from '../../src/discord/command.ts'
import { againRefused } from '../../src/discord/gathering.ts'
import { demandTold, isInCharge, storyHere } from '../../src/discord/here.ts'
import { voiceNamed } from '../../src/discord/voices.ts'
import { UserFacingError } from '../../src/kit/errors.ts'
import type { Head } from '../../src/story/head.ts'
import { Label } from '../../src/story/label.ts'
import { segment } from '../../src/story/segment.ts'
import { type AskedAgain, regenerating } from '../../src/turn/regenerate.ts'
import { linkSaid } from '../model/set.ts'

/** In UTF-16 units. */
export const DIRECTION_LIMIT = 300
export const LINE_LIMIT = 2000

type Asked = Parameters<CommandHandler>[0]

/** The model that was typed, if any. What models cost, and where they run, is for those to say who lead the story. */
const modelIn = (interaction: Asked, head: Head, face: Face): Label | null => {
  const typed = interaction.options.getString('model')
  if (typed === null) return null
  if (!isInCharge(interaction, head))
    throw new UserFacingError('not_in_charge', face.texts.again.modelNotYours)
  return Label.parse(linkSaid(typed, face))
}

const askedIn = (interaction: Asked, head: Head, face: Face): AskedAgain => {
  const { oocMarks, texts } = face
  const { options, user } = interaction
  const text = options.getString('line')
  return {
    player: user.id,
    speaker: voiceNamed(head, options.getString('speaker'), texts),
    direction: options.getString('direction'),
    options: {
      temperature: options.getNumber('temperature'),
      maxTokens: options.getInteger('length'),
      model: modelIn(interaction, head, face),
    },
    ...(text === null ? {} : { line: { text, segments: segment(text, oocMarks) } }),
  }
}

/** `/regenerate`: another answer to the newest turn, as it was or as its options say. */
export const run: CommandHandler = async (interaction, face) => {
  const { engine, texts } = face
  const head = await storyHere(interaction, face)
  await demandTold(head.ref, face)
  const { turn } = head.state
  if (interaction.user.id !== turn.player && !isInCharge(interaction, head))
    throw new UserFacingError('not_yours', texts.again.notYours)
  const decide = regenerating(turn.id, askedIn(interaction, head, face), face)
  await interaction.deferReply({ flags: MessageFlags.Ephemeral })
  const outcome = await engine.ask(head.ref, decide, interaction.id)
  if (outcome === 'duplicate') return
  await interaction.editReply(
    typeof outcome === 'object'
      ? await againRefused(head.ref, outcome, face)
      : outcome === 'answered'
        ? texts.again.done
        : texts.again.failed,
  )
}
