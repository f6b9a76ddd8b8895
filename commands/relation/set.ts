import type { CommandHandler } from '../../src/discord/command.ts'
import { castIn, shownAs, someoneNamed } from '../../src/discord/names.ts'
import { edgeBetween } from '../../src/story/edge.ts'
import { setEdge } from '../../src/story/edit/people.ts'
import type { Head } from '../../src/story/head.ts'
import { changes, changeWorld, fieldsOf, worldHere } from '../change.ts'

/** `/relation set`: what is left out stays as it is. */
export const set: CommandHandler = async (interaction, face) => {
  const { newId, texts } = face
  const { options, user } = interaction
  const head = await worldHere(interaction, face)
  const from = someoneNamed(head, options.getString('from', true), texts)
  const to = someoneNamed(head, options.getString('to', true), texts)
  const feelings = {
    affinity: options.getInteger('affinity') ?? undefined,
    trust: options.getInteger('trust') ?? undefined,
  }
  const read = ({ state }: Head) => {
    const { affinity, trust } = edgeBetween(state.edges, from, to)
    return { affinity: String(affinity), trust: String(trust) }
  }
  const told = (before: Head, after: Head) => {
    const known = castIn(after, texts)
    const pair = texts.relation.pair(shownAs(known, from), shownAs(known, to))
    return changes(texts.relation.changed(pair), fieldsOf(texts.relation.field, read, before, after), texts)
  }
  await changeWorld(
    interaction,
    head,
    ({ state }) => setEdge(state, user.id, { from, to, ...feelings }, newId),
    told,
    face,
  )
}
