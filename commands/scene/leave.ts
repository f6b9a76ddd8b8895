import type { CommandHandler } from '../../src/discord/command.ts'
import { someoneNamed } from '../../src/discord/names.ts'
import { leaveScene } from '../../src/story/edit/world.ts'
import { changeWorld, worldHere } from '../change.ts'
import { moved } from './scene.ts'

/** `/scene leave`. */
export const leave: CommandHandler = async (interaction, face) => {
  const { newId, texts } = face
  const head = await worldHere(interaction, face)
  const entity = someoneNamed(head, interaction.options.getString('who', true), texts)
  await changeWorld(
    interaction,
    head,
    ({ state }) => leaveScene(state, interaction.user.id, { entity }, newId),
    moved(entity, texts.scene.left, texts),
    face,
  )
}
