import type { CommandHandler } from '../../src/discord/command.ts'
import { placeNamed, placesIn, shownAs } from '../../src/discord/names.ts'
import { changePlace } from '../../src/story/edit/world.ts'
import type { Head } from '../../src/story/head.ts'
import { changes, changeWorld, fieldsOf, worldHere } from '../change.ts'
import { placeFields, traitsSaid } from './place.ts'

/** `/place edit`: what is left out stays as it is. */
export const edit: CommandHandler = async (interaction, face) => {
  const { newId, texts } = face
  const head = await worldHere(interaction, face)
  const place = placeNamed(head, interaction.options.getString('place', true), texts)
  const traits = traitsSaid(interaction, head, texts)
  const told = (before: Head, after: Head) =>
    changes(
      texts.place.changed(shownAs(placesIn(before), place)),
      fieldsOf(texts.place.field, (at: Head) => placeFields(at, place, texts), before, after),
      texts,
    )
  await changeWorld(
    interaction,
    head,
    ({ state }) => changePlace(state, interaction.user.id, { ...traits, place }, newId),
    told,
    face,
  )
}
