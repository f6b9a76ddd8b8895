import type { CommandHandler } from '../../src/discord/command.ts'
import { plain } from '../../src/discord/render.ts'
import { UserFacingError } from '../../src/kit/errors.ts'
import { minutesAt, timeOf } from '../../src/story/clock.ts'
import { readTimeOfDay } from '../../src/story/duration.ts'
import { setClock } from '../../src/story/edit/world.ts'
import type { Head } from '../../src/story/head.ts'
import { LABEL_LIMIT } from '../../src/story/label.ts'
import { changes, changeWorld, fieldsOf, worldHere } from '../change.ts'
import { orNone } from '../options.ts'
import { clockFields } from './clock.ts'

/** `/clock set`: what is left out stays as it is. */
export const set: CommandHandler = async (interaction, face) => {
  const { newId, texts } = face
  const { options, user } = interaction
  const head = await worldHere(interaction, face)
  const day = options.getInteger('day')
  const typed = options.getString('time')
  const time = typed === null ? undefined : readTimeOfDay(typed)
  if (typed !== null && !time)
    throw new UserFacingError('not_a_time', texts.clock.notATime(plain(typed, LABEL_LIMIT)))
  const anchor = orNone(options.getString('anchor'))
  const told = (before: Head, after: Head) =>
    changes(
      texts.clock.changed,
      fieldsOf(texts.clock.field, (at: Head) => clockFields(at, texts), before, after),
      texts,
    )
  await changeWorld(
    interaction,
    head,
    ({ state }) => {
      const now = timeOf(state.clock.minutes)
      const minutes = minutesAt({ ...now, ...time, day: day ?? now.day })
      return setClock(state, user.id, { minutes, anchor }, newId)
    },
    told,
    face,
  )
}
