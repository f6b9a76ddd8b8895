import { MessageFlags } from 'discord.js'
import type { CommandHandler } from '../../src/discord/command.ts'
import { someoneNamed } from '../../src/discord/names.ts'
import { UserFacingError } from '../../src/kit/errors.ts'
import type { Texts } from '../../src/locales/en.ts'
import { type Knowable, mayLookInto } from '../../src/safety/knowable.ts'
import { type EntityId, NARRATOR } from '../../src/story/ref.ts'
import { present } from '../../src/story/scene.ts'
import type { StoryState } from '../../src/story/state.ts'
import { knownHere, personaIn } from '../known.ts'
import { listing } from '../listing.ts'
import { feelingEntry } from './relation.ts'

const here = ({ cast, scene }: StoryState): EntityId[] =>
  present(cast, scene).filter((entity) => entity !== NARRATOR)

const whose = ({ head, reader, standing }: Knowable): EntityId[] => {
  if (standing === 'leading') return here(head.state)
  return reader.persona === undefined ? [] : [reader.persona]
}

// One who is elsewhere still knows what they feel about those whom they met.
const others = ({ head: { state }, standing }: Knowable, from: EntityId): EntityId[] =>
  standing === 'elsewhere'
    ? state.edges.filter((edge) => edge.from === from).map(({ to }) => to)
    : here(state).filter((entity) => entity !== from)

/**
 * How those who are present feel about each other; with `from`, how that one feels about the others. A player learns
 * what their own persona feels.
 */
export const relationSheet = (known: Knowable, from: EntityId | undefined, texts: Texts): string => {
  const { relation: words, change } = texts
  const rows = (from === undefined ? whose(known) : [from]).flatMap((one) =>
    others(known, one).map((to) => feelingEntry(known.head, { from: one, to }, texts)),
  )
  if (rows.length > 0) return listing('', rows, change.further)
  return known.standing === 'elsewhere' ? words.nobodyMet(personaIn(known, texts)) : words.nobody
}

/** `/relation show`. */
export const show: CommandHandler = async (interaction, face) => {
  const { texts } = face
  const known = await knownHere(interaction, face)
  if (known.standing === 'watching') throw new UserFacingError('not_playing', texts.seen.watching)
  const typed = interaction.options.getString('from')
  const from = typed === null ? undefined : someoneNamed(known.head, typed, texts)
  if (from !== undefined && !mayLookInto(known.reader, from))
    throw new UserFacingError('not_your_feelings', texts.relation.notYours(personaIn(known, texts)))
  await interaction.reply({ content: relationSheet(known, from, texts), flags: MessageFlags.Ephemeral })
}
