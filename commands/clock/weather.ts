import type { CommandHandler } from '../../src/discord/command.ts'
import { changeWeather } from '../../src/story/edit/world.ts'
import { changeWorld, worldHere } from '../change.ts'
import { orNone } from '../options.ts'
import { clockChanged } from './clock.ts'

/** `/clock weather`. */
export const weather: CommandHandler = async (interaction, face) => {
  const { newId, texts } = face
  const head = await worldHere(interaction, face)
  const said = orNone(interaction.options.getString('weather', true)) ?? null
  await changeWorld(
    interaction,
    head,
    ({ state }) => changeWeather(state, interaction.user.id, { weather: said }, newId),
    clockChanged(texts.clock.weatherChanged, texts),
    face,
  )
}
