import type { CommandHandler } from '../../src/discord/command.ts'
import { closeScene } from '../../src/story/edit/world.ts'
import type { Head } from '../../src/story/head.ts'
import { changes, changeWorld, fieldsOf, worldHere } from '../change.ts'
import { sceneFields } from './scene.ts'

/** What a scene matters of which nothing is said. */
const USUAL = 1

/** `/scene close`. */
export const close: CommandHandler = async (interaction, face) => {
  const { newId, texts } = face
  const { options, user } = interaction
  const head = await worldHere(interaction, face)
  const significance = options.getInteger('significance') ?? USUAL
  const told = (before: Head, after: Head) =>
    changes(
      texts.scene.justClosed(after.state.scene.number, texts.scene.significance[significance] ?? ''),
      fieldsOf(texts.scene.field, (at: Head) => sceneFields(at, texts), before, after),
      texts,
    )
  await changeWorld(
    interaction,
    head,
    ({ state }) => closeScene(state, user.id, { significance }, newId),
    told,
    face,
  )
}
