import type { CommandHandler } from '../../src/discord/command.ts'
import { changeWeather } from '../../src/story/edit/world.ts'
import type { Head } from '../../src/story/head.ts'
import { changes, changeWorld, fieldsOf, worldHere } from '../change.ts'
import { orNone } from '../options.ts'
import { clockFields } from './clock.ts'

/** `/clock weather`. */
export const weather: CommandHandler = async (interaction, face) => {
  const { newId, texts } = face
  const head = await worldHere(interaction, face)
  const said = orNone(interaction.options.getString('weather', true)) ?? null
  const told = (before: Head, after: Head) =>
    changes(
      texts.clock.weatherChanged,
      fieldsOf(texts.clock.field, (at: Head) => clockFields(at, texts), before, after),
      texts,
    )
  await changeWorld(
    interaction,
    head,
    ({ state }) => changeWeather(state, interaction.user.id, { weather: said }, newId),
    told,
    face,
  )
}
