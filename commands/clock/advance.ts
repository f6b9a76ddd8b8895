import type { CommandHandler } from '../../src/discord/command.ts'
import { plain } from '../../src/discord/render.ts'
import { UserFacingError } from '../../src/kit/errors.ts'
import { readDuration } from '../../src/story/duration.ts'
import { advanceClock } from '../../src/story/edit/world.ts'
import type { Head } from '../../src/story/head.ts'
import { LABEL_LIMIT } from '../../src/story/label.ts'
import { changes, changeWorld, fieldsOf, worldHere } from '../change.ts'
import { clockFields } from './clock.ts'

/** `/clock advance`. */
export const advance: CommandHandler = async (interaction, face) => {
  const { newId, texts } = face
  const head = await worldHere(interaction, face)
  const typed = interaction.options.getString('by', true)
  const minutes = readDuration(typed)
  if (minutes === undefined)
    throw new UserFacingError('not_a_span', texts.clock.notASpan(plain(typed, LABEL_LIMIT)))
  const told = (before: Head, after: Head) =>
    changes(
      texts.clock.passed(minutes),
      fieldsOf(texts.clock.field, (at: Head) => clockFields(at, texts), before, after),
      texts,
    )
  await changeWorld(
    interaction,
    head,
    ({ state }) => advanceClock(state, interaction.user.id, { minutes }, newId),
    told,
    face,
  )
}
