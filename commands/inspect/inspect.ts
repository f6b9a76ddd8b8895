import { type Interaction, MessageFlags } from 'discord.js'
import { button, row } from '../../src/discord/buttons.ts'
import type { ButtonHandler, CommandHandler, Face, MessageCommand } from '../../src/discord/command.ts'
import { customId } from '../../src/discord/custom-id.ts'
import { storyHere } from '../../src/discord/here.ts'
import { castIn, shownAs } from '../../src/discord/names.ts'
import { pageIn } from '../../src/discord/pager.ts'
import { subtext } from '../../src/discord/render.ts'
import { UserFacingError } from '../../src/kit/errors.ts'
import type { Texts } from '../../src/locales/en.ts'
import { NARRATOR } from '../../src/story/ref.ts'
import { type Page, pageOf } from '../cost/page.ts'
import { turnNumber } from '../rewind/turns.ts'
import { recordFile } from './file.ts'
import { recordsOf } from './records.ts'
import { type Reading, recordRows } from './sheet.ts'
import { readerOf, type Target, turnNumbered, turnOfTarget, turnWithId } from './target.ts'

const readingOf = (interaction: Interaction<'cached'>, { head }: Target, texts: Texts): Reading => {
  const cast = castIn(head, texts)
  return {
    reader: readerOf(interaction, head),
    nameOf: (entity) =>
      entity === NARRATOR ? texts.inspect.narrator : shownAs(cast, entity) || texts.known.nameless,
  }
}

const headingOf = ({ told }: Target, { reader, nameOf }: Reading, { inspect: words }: Texts): string => {
  const { isInCharge, persona } = reader
  const sees = isInCharge ? words.seesAll : persona ? words.seesAs(nameOf(persona)) : words.seesOpen
  const heading = told
    ? words.heading(told.number, nameOf(told.speaker), told.alternate + 1)
    : words.takenBackHeading
  return `${heading}\n${subtext(sees)}`
}

const pageFor = async (
  interaction: Interaction<'cached'>,
  target: Target,
  page: number,
  face: Face,
): Promise<Page> => {
  const { texts } = face
  const records = await recordsOf(target, face)
  const reading = readingOf(interaction, target, texts)
  const { content, components } = pageOf(
    {
      heading: headingOf(target, reading, texts),
      rows: recordRows(records, reading, texts),
      ...{ page, idOf: (to) => customId('inspect', target.id, to) },
    },
    texts,
  )
  const file = row(button(texts.inspect.asFile, customId('inspect-file', target.id)))
  return { content, components: records.prompts.length > 0 ? [...components, file] : components }
}

/** `/inspect`: of a turn or, without one, of the newest. */
export const inspectTurn: CommandHandler = async (interaction, face) => {
  const head = await storyHere(interaction, face)
  const typed = interaction.options.getString('turn')
  const number = typed === null ? head.state.turn.number : turnNumber(typed)
  if (number === undefined) throw new UserFacingError('no_such_turn', face.texts.rewind.noTurn)
  const target = await turnNumbered(head, number, face)
  await interaction.deferReply({ flags: MessageFlags.Ephemeral })
  await interaction.editReply(await pageFor(interaction, target, 0, face))
}

/** *Inspect*, in the menu of a message. */
export const inspectMessage: MessageCommand['run'] = async (interaction, face) => {
  const head = await storyHere(interaction, face)
  const target = await turnOfTarget(interaction, head, interaction.targetId, face)
  await interaction.deferReply({ flags: MessageFlags.Ephemeral })
  await interaction.editReply(await pageFor(interaction, target, 0, face))
}

/** The buttons under it: who may read what is asked anew each time. */
export const inspectPage: ButtonHandler = async (interaction, [id = '', page], face) => {
  const target = await turnWithId(interaction, await storyHere(interaction, face), id, face)
  await interaction.deferUpdate()
  await interaction.editReply(await pageFor(interaction, target, pageIn(page), face))
}

/** *All of it as a file*. */
export const inspectFile: ButtonHandler = async (interaction, [id = ''], face) => {
  const { texts } = face
  const target = await turnWithId(interaction, await storyHere(interaction, face), id, face)
  await interaction.deferReply({ flags: MessageFlags.Ephemeral })
  const text = recordFile(await recordsOf(target, face), readingOf(interaction, target, texts), texts)
  await interaction.editReply({
    content: texts.inspect.here,
    files: [{ attachment: Buffer.from(text), name: texts.inspect.file(target.told?.number) }],
  })
}
