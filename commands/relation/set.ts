import type { CommandHandler } from '../../src/discord/command.ts'
import { someoneNamed } from '../../src/discord/names.ts'
import { setEdge } from '../../src/story/edit/people.ts'
import { changeWorld, worldHere } from '../change.ts'
import { feelingsChanged } from './relation.ts'

/** `/relation set`: what is left out stays as it is. */
export const set: CommandHandler = async (interaction, face) => {
  const { newId, texts } = face
  const { options, user } = interaction
  const head = await worldHere(interaction, face)
  const ends = {
    from: someoneNamed(head, options.getString('from', true), texts),
    to: someoneNamed(head, options.getString('to', true), texts),
  }
  const feelings = {
    affinity: options.getInteger('affinity') ?? undefined,
    trust: options.getInteger('trust') ?? undefined,
  }
  await changeWorld(
    interaction,
    head,
    ({ state }) => setEdge(state, user.id, { ...ends, ...feelings }, newId),
    feelingsChanged(ends, texts),
    face,
  )
}
