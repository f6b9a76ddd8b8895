import type { CommandHandler } from '../../src/discord/command.ts'
import { castIn, placeNamed, shownAs, someoneNamed } from '../../src/discord/names.ts'
import { joinScene } from '../../src/story/edit/world.ts'
import type { Head } from '../../src/story/head.ts'
import { changes, changeWorld, worldHere } from '../change.ts'
import { whereabouts } from './scene.ts'

/** `/scene join`: whoever is in the scene goes to another place in it. */
export const join: CommandHandler = async (interaction, face) => {
  const { newId, texts } = face
  const { options, user } = interaction
  const head = await worldHere(interaction, face)
  const entity = someoneNamed(head, options.getString('who', true), texts)
  const where = options.getString('place')
  const place = where === null ? null : placeNamed(head, where, texts)
  const told = (before: Head, after: Head) => {
    const [was, is] = [whereabouts(before, entity, texts), whereabouts(after, entity, texts)]
    const heading = texts.scene.joined(shownAs(castIn(after, texts), entity))
    return changes(heading, [{ label: texts.scene.field.place, before: was, after: is }], texts)
  }
  await changeWorld(
    interaction,
    head,
    ({ state }) => joinScene(state, user.id, { entity, place }, newId),
    told,
    face,
  )
}
