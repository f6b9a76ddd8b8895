import type { CommandHandler } from '../../src/discord/command.ts'
import { plain } from '../../src/discord/render.ts'
import { UserFacingError } from '../../src/kit/errors.ts'
import { readDuration } from '../../src/story/duration.ts'
import { advanceClock } from '../../src/story/edit/world.ts'
import { LABEL_LIMIT } from '../../src/story/label.ts'
import { changeWorld, worldHere } from '../change.ts'
import { clockChanged } from './clock.ts'

/** `/clock advance`. */
export const advance: CommandHandler = async (interaction, face) => {
  const { newId, texts } = face
  const head = await worldHere(interaction, face)
  const typed = interaction.options.getString('by', true)
  const minutes = readDuration(typed)
  if (minutes === undefined)
    throw new UserFacingError('not_a_span', texts.clock.notASpan(plain(typed, LABEL_LIMIT)))
  await changeWorld(
    interaction,
    head,
    ({ state }) => advanceClock(state, interaction.user.id, { minutes }, newId),
    clockChanged(texts.clock.passed(minutes), texts),
    face,
  )
}
