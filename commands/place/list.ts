import { MessageFlags } from 'discord.js'
import type { CommandHandler } from '../../src/discord/command.ts'
import { storyHere } from '../../src/discord/here.ts'
import { placeNamed, placesIn, shownAs } from '../../src/discord/names.ts'
import { plain } from '../../src/discord/render.ts'
import type { Texts } from '../../src/locales/en.ts'
import type { Head } from '../../src/story/head.ts'
import { LABEL_LIMIT } from '../../src/story/label.ts'
import { type Place, placeIn } from '../../src/story/place.ts'
import type { PlaceId } from '../../src/story/ref.ts'
import { listing } from '../listing.ts'

/** Discord shows lists within lists no deeper than this. */
const DEEPEST = 10

type Standing = { readonly place: Place; readonly depth: number }

const around = (head: Head, inside: PlaceId | null, depth = 0): Standing[] =>
  head.state.places
    .filter(({ parent }) => parent === inside)
    .flatMap((place) => [{ place, depth }, ...around(head, place.place, depth + 1)])

const traits = ({ type, moving, public: isPublic, audible }: Place, { place: { mark } }: Texts): string[] => [
  plain(type, LABEL_LIMIT),
  ...(moving ? [mark.moving] : []),
  ...(isPublic ? [] : [mark.closed]),
  ...(audible === 'near' ? [] : [mark[audible]]),
]

/** The places of a story, each below the one around it; with `inside`, that place and those within it. */
export const placeTree = (head: Head, inside: PlaceId | undefined, texts: Texts): string => {
  const known = placesIn(head)
  if (known.length === 0) return texts.known.noPlaces
  const root = inside === undefined ? undefined : placeIn(head.state.places, inside)
  const tree = root ? [{ place: root, depth: 0 }, ...around(head, root.place, 1)] : around(head, null)
  const rows = tree.map(({ place, depth }) => {
    const words = texts.place.entry(shownAs(known, place.place), traits(place, texts))
    return `${'  '.repeat(Math.min(depth, DEEPEST))}- ${words}`
  })
  return listing(texts.place.heading(tree.length), rows, texts.place.further)
}

/** `/place list`: all of them, or one with what is in it. */
export const list: CommandHandler = async (interaction, face) => {
  const { texts } = face
  const head = await storyHere(interaction, face)
  const typed = interaction.options.getString('place')
  const inside = typed === null ? undefined : placeNamed(head, typed, texts)
  await interaction.reply({ content: placeTree(head, inside, texts), flags: MessageFlags.Ephemeral })
}
