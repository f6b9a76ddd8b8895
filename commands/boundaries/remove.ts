import { MessageFlags } from 'discord.js'
import type { CommandHandler, Suggest } from '../../src/discord/command.ts'
import { ledHere } from '../../src/discord/here.ts'
import { suggestions } from '../../src/discord/names.ts'
import { plain } from '../../src/discord/render.ts'
import { LABEL_LIMIT } from '../../src/story/label.ts'
import { kindIn } from '../options.ts'
import { type Bounds, isCalled, without } from './bounds.ts'
import { placeSaid } from './place.ts'
import { boundsHere } from './show.ts'

/** How much room a refusal gives to the names that there are. */
const NAMES_ROOM = 1000

const all = ({ lines, veils }: Bounds) => [...lines, ...veils]

/** `/boundaries remove`: for those who lead the story, for nobody keeps who added what. */
export const remove: CommandHandler = async (interaction, face) => {
  const { boundaries: words } = face.texts
  const label = interaction.options.getString('label', true)
  const place = await placeSaid(interaction, (asked, of) => ledHere(asked, of, words.notYours), face)

  await interaction.deferReply({ flags: MessageFlags.Ephemeral })
  let names = ''
  const after = await place.change((before) => {
    names = all(before)
      .map((one) => one.label)
      .join(', ')
    return all(before).some(isCalled(label)) ? without(before, label) : 'unknown'
  })
  const shown = plain(label, LABEL_LIMIT)
  await interaction.editReply(
    after === 'unknown'
      ? words.unknown(shown, place.where, plain(names, NAMES_ROOM))
      : words.removed(shown, place.where),
  )
}

/** Suggests what can be removed, from where the command is to remove it. */
export const suggestBoundary: Suggest = async (interaction, typed, face) => {
  const where = kindIn(face.texts.boundaries.where, interaction.options.getString('where')) ?? 'story'
  const bounds = (await boundsHere(interaction, face))[where]
  const known = bounds ? all(bounds).map(({ label }) => ({ id: label, label })) : []
  return suggestions(known, typed)
}
