import type { CommandHandler } from '../../src/discord/command.ts'
import { placeNamed, someoneNamed } from '../../src/discord/names.ts'
import { joinScene } from '../../src/story/edit/world.ts'
import { changeWorld, worldHere } from '../change.ts'
import { moved } from './scene.ts'

/** `/scene join`: whoever is in the scene goes to another place in it. */
export const join: CommandHandler = async (interaction, face) => {
  const { newId, texts } = face
  const { options, user } = interaction
  const head = await worldHere(interaction, face)
  const entity = someoneNamed(head, options.getString('who', true), texts)
  const where = options.getString('place')
  const place = where === null ? null : placeNamed(head, where, texts)
  await changeWorld(
    interaction,
    head,
    ({ state }) => joinScene(state, user.id, { entity, place }, newId),
    moved(entity, texts.scene.joined, texts),
    face,
  )
}
