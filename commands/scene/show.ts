import { MessageFlags } from 'discord.js'
import type { CommandHandler } from '../../src/discord/command.ts'
import { storyHere } from '../../src/discord/here.ts'
import { castIn, placesIn, shownAs } from '../../src/discord/names.ts'
import { plain } from '../../src/discord/render.ts'
import type { Texts } from '../../src/locales/en.ts'
import type { Head } from '../../src/story/head.ts'
import { pathOf } from '../../src/story/place.ts'
import type { PlaceId } from '../../src/story/ref.ts'
import { listing } from '../listing.ts'

/** How much of the way to a place is shown. */
const PATH_ROOM = 300

const pathTo = ({ state: { places } }: Head, place: PlaceId | null): string =>
  place === null
    ? ''
    : plain(
        pathOf(places, place)
          .map(({ name }) => name)
          .join(' › '),
        PATH_ROOM,
      )

/** The open scene: its number, where it is, and who is present and where. */
export const sceneSheet = (head: Head, texts: Texts): string => {
  const { scene: words, change } = texts
  const { number, open } = head.state.scene
  if (!open) return words.closed(number)
  const cast = castIn(head, texts)
  const rows = open.participants.map(({ entity, place }) =>
    words.participant(shownAs(cast, entity), shownAs(placesIn(head), place)),
  )
  const heading = words.heading(number, pathTo(head, open.place))
  return listing(heading, rows.length > 0 ? rows : [words.nobody], change.further)
}

/** `/scene show`. */
export const show: CommandHandler = async (interaction, face) => {
  const head = await storyHere(interaction, face)
  await interaction.reply({ content: sceneSheet(head, face.texts), flags: MessageFlags.Ephemeral })
}
