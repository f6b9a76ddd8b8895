import type { CommandHandler } from '../../src/discord/command.ts'
import { placeNamed, placesIn, shownAs } from '../../src/discord/names.ts'
import { removePlace } from '../../src/story/edit/world.ts'
import type { Head } from '../../src/story/head.ts'
import { changes, changeWorld, fieldsOf, worldHere } from '../change.ts'
import { placeFields } from './place.ts'

/** `/place remove`. */
export const remove: CommandHandler = async (interaction, face) => {
  const { newId, texts } = face
  const head = await worldHere(interaction, face)
  const place = placeNamed(head, interaction.options.getString('place', true), texts)
  const told = (before: Head, after: Head) =>
    changes(
      texts.place.removed(shownAs(placesIn(before), place)),
      fieldsOf(texts.place.field, (at: Head) => placeFields(at, place, texts), before, after),
      texts,
    )
  await changeWorld(
    interaction,
    head,
    ({ state }) => removePlace(state, interaction.user.id, { place }, newId),
    told,
    face,
  )
}
