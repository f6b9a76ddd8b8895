import { MessageFlags } from 'discord.js'
import type { CommandHandler, Face } from '../../src/discord/command.ts'
import { demandTold, inWords, isInCharge, storyHere } from '../../src/discord/here.ts'
import { UserFacingError } from '../../src/kit/errors.ts'
import { Label } from '../../src/story/label.ts'
import { segment } from '../../src/story/segment.ts'
import { type AskedAgain, regenerating } from '../../src/turn/regenerate.ts'

/** In UTF-16 units. */
export const DIRECTION_LIMIT = 300
export const LINE_LIMIT = 2000

/** How long an answer can be asked to be, in tokens. */
export const LENGTHS = { least: 50, most: 4000 } as const

type Asked = Parameters<CommandHandler>[0]

const askedIn = ({ options, user }: Asked, { oocMarks }: Face): AskedAgain => {
  const text = options.getString('line')
  const model = Label.safeParse(options.getString('model'))
  return {
    player: user.id,
    direction: options.getString('direction'),
    options: {
      temperature: options.getNumber('temperature'),
      maxTokens: options.getInteger('length'),
      model: model.success ? model.data : null,
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
  await interaction.deferReply({ flags: MessageFlags.Ephemeral })
  const decide = regenerating(turn.id, askedIn(interaction, face), face)
  const outcome = await engine.ask(head.ref, decide, interaction.id)
  if (outcome === 'duplicate') return
  await interaction.editReply(
    typeof outcome === 'object'
      ? inWords(texts.again.refused, outcome)
      : outcome === 'answered'
        ? texts.again.done
        : texts.again.failed,
  )
}
