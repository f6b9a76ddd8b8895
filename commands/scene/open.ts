import type { CommandHandler } from '../../src/discord/command.ts'
import { placeNamed, severalNamed } from '../../src/discord/names.ts'
import { openScene } from '../../src/story/edit/world.ts'
import type { Head } from '../../src/story/head.ts'
import { changes, changeWorld, fieldsOf, worldHere } from '../change.ts'
import { sceneFields } from './scene.ts'

/** `/scene open`: with nobody named, everybody takes part. */
export const open: CommandHandler = async (interaction, face) => {
  const { newId, texts } = face
  const { options, user } = interaction
  const head = await worldHere(interaction, face)
  const [place, who] = [options.getString('place'), options.getString('who')]
  const scene = {
    place: place === null ? null : placeNamed(head, place, texts),
    participants: who === null ? undefined : severalNamed(head, who, texts),
  }
  const told = (before: Head, after: Head) =>
    changes(
      texts.scene.opened(after.state.scene.number),
      fieldsOf(texts.scene.field, (at: Head) => sceneFields(at, texts), before, after),
      texts,
    )
  await changeWorld(interaction, head, ({ state }) => openScene(state, user.id, scene, newId), told, face)
}
