import type { CommandHandler } from '../../src/discord/command.ts'
import { placesIn, shownAs } from '../../src/discord/names.ts'
import { addPlace } from '../../src/story/edit/world.ts'
import type { Head } from '../../src/story/head.ts'
import { changes, changeWorld, fieldsOf, worldHere } from '../change.ts'
import { placeFields, traitsSaid } from './place.ts'

/** `/place add`. */
export const add: CommandHandler = async (interaction, face) => {
  const { newId, texts } = face
  const head = await worldHere(interaction, face)
  const { name = '', type = '', ...traits } = traitsSaid(interaction, head, texts)
  const told = (before: Head, after: Head) => {
    const id = after.state.places.at(-1)?.place ?? ''
    const heading = texts.place.added(shownAs(placesIn(after), id))
    const fields = fieldsOf(texts.place.field, (at: Head) => placeFields(at, id, texts), before, after)
    return changes(heading, fields, texts)
  }
  await changeWorld(
    interaction,
    head,
    ({ state }) => addPlace(state, interaction.user.id, { ...traits, name, type }, newId),
    told,
    face,
  )
}
