import { MessageFlags } from 'discord.js'
import type { CommandHandler } from '../../src/discord/command.ts'
import { castIn, placesIn, shownAs } from '../../src/discord/names.ts'
import type { Texts } from '../../src/locales/en.ts'
import type { Knowable } from '../../src/safety/knowable.ts'
import { knownHere, whySoLittle, withReason } from '../known.ts'
import { listing } from '../listing.ts'
import { pathTo } from './scene.ts'

/** The open scene: its number and, for those who may know it, where it is, and who is present and where. */
export const sceneSheet = (known: Knowable, texts: Texts): string => {
  const { scene: words, change } = texts
  const { head } = known
  const { number, open } = head.state.scene
  if (!open) return words.closed(number)
  const heading = words.heading(number, pathTo(head, open.place))
  if (whySoLittle(known, texts)) return withReason(heading, known, texts)
  const cast = castIn(head, texts)
  const rows = open.participants.map(({ entity, place }) =>
    words.participant(shownAs(cast, entity), shownAs(placesIn(head), place)),
  )
  return listing(heading, rows.length > 0 ? rows : [words.nobody], change.further)
}

/** `/scene show`. */
export const show: CommandHandler = async (interaction, face) => {
  const known = await knownHere(interaction, face)
  await interaction.reply({ content: sceneSheet(known, face.texts), flags: MessageFlags.Ephemeral })
}
