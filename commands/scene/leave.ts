import type { CommandHandler } from '../../src/discord/command.ts'
import { castIn, shownAs, someoneNamed } from '../../src/discord/names.ts'
import { leaveScene } from '../../src/story/edit/world.ts'
import type { Head } from '../../src/story/head.ts'
import { changes, changeWorld, worldHere } from '../change.ts'
import { whereabouts } from './scene.ts'

/** `/scene leave`. */
export const leave: CommandHandler = async (interaction, face) => {
  const { newId, texts } = face
  const head = await worldHere(interaction, face)
  const entity = someoneNamed(head, interaction.options.getString('who', true), texts)
  const told = (before: Head, after: Head) => {
    const [was, is] = [whereabouts(before, entity, texts), whereabouts(after, entity, texts)]
    const heading = texts.scene.left(shownAs(castIn(after, texts), entity))
    return changes(heading, [{ label: texts.scene.field.place, before: was, after: is }], texts)
  }
  await changeWorld(
    interaction,
    head,
    ({ state }) => leaveScene(state, interaction.user.id, { entity }, newId),
    told,
    face,
  )
}
