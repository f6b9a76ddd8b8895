import type { CommandHandler } from '../../src/discord/command.ts'
import { setClock } from '../../src/story/edit/world.ts'
import { changeWorld, worldHere } from '../change.ts'
import { orNone } from '../options.ts'
import { clockChanged, minutesFor } from './clock.ts'

/** `/clock set`: what is left out stays as it is. */
export const set: CommandHandler = async (interaction, face) => {
  const { newId, texts } = face
  const { options, user } = interaction
  const head = await worldHere(interaction, face)
  const minutes = minutesFor({ day: options.getInteger('day'), time: options.getString('time') }, texts)
  const anchor = orNone(options.getString('anchor'))
  await changeWorld(
    interaction,
    head,
    (newest) => setClock(newest.state, user.id, { minutes: minutes(newest), anchor }, newId),
    clockChanged(texts.clock.changed, texts),
    face,
  )
}
