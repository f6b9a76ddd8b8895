import { MessageFlags, type ModalSubmitInteraction } from 'discord.js'
import type { ButtonHandler, CommandHandler, Face, ModalHandler } from '../../src/discord/command.ts'
import { customId } from '../../src/discord/custom-id.ts'
import { inWords } from '../../src/discord/here.ts'
import { demandFreeName } from '../../src/discord/names.ts'
import { plain } from '../../src/discord/render.ts'
import { characterIn, NAME_LIMIT } from '../../src/story/cast.ts'
import type { Decision, Refusal } from '../../src/story/draft.ts'
import { reviseCharacter } from '../../src/story/edit/people.ts'
import type { Head } from '../../src/story/head.ts'
import type { EntityId } from '../../src/story/ref.ts'
import { type CharacterField, calledHere, castHere, knownHere, namedIn, wordIn } from './character.ts'
import {
  besideName,
  characterForm,
  FIRST,
  MORE,
  moreRow,
  prefill,
  readCharacter,
  type Written,
} from './form.ts'

/** `/character edit`: the first form, as it stands. */
export const edit: CommandHandler = async (interaction, face) => {
  const { texts } = face
  const head = await castHere(interaction, face)
  const character = calledHere(head, interaction.options.getString('name', true), texts)
  const title = texts.character.editHeading(wordIn(head, character, 'name'))
  const form = { id: customId('character-edit', character.character), title, fields: FIRST }
  await interaction.showModal(characterForm(form, prefill(head, character, FIRST), texts))
}

/** The button below a saved character: the second form, as it stands. */
export const more: ButtonHandler = async (interaction, [id = ''], face) => {
  const { texts } = face
  const head = await castHere(interaction, face)
  const character = knownHere(head, id, texts)
  const title = texts.character.moreHeading(wordIn(head, character, 'name'))
  const form = { id: customId('character-more', id), title, fields: MORE }
  await interaction.showModal(characterForm(form, prefill(head, character, MORE), texts))
}

// Only what differs from what the form shows of the newest head is written, so that the rest stays whole.
const revise = (
  head: Head,
  actor: string,
  character: EntityId,
  written: Written,
  { newId, texts }: Face,
): Decision | Refusal => {
  const known = characterIn(head.state.cast, character)
  const before = known ? prefill(head, known, [...FIRST, ...MORE]) : {}
  const changed = (field: CharacterField) => (written[field] === before[field] ? undefined : written[field])
  const cleared = (field: CharacterField) => (changed(field) === '' ? null : changed(field))
  const name = changed('name')
  if (name) demandFreeName(head, name, character, besideName(written, texts), texts)
  return reviseCharacter(
    head.state,
    actor,
    {
      character,
      name,
      persona: cleared('persona'),
      voice: cleared('voice'),
      traits: cleared('traits'),
      backstory: cleared('backstory'),
      relationship: cleared('relationship'),
      kickoff: cleared('kickoff'),
    },
    newId,
  )
}

const save = async (
  interaction: ModalSubmitInteraction<'cached'>,
  character: EntityId,
  fields: readonly CharacterField[],
  face: Face,
): Promise<void> => {
  const { engine, texts } = face
  const { ref } = await castHere(interaction, face)
  const written = readCharacter(interaction, fields)
  await interaction.deferReply({ flags: MessageFlags.Ephemeral })
  let name = plain(written.name ?? '', NAME_LIMIT)
  const outcome = await engine.edit(
    ref,
    (head) => {
      const known = characterIn(head.state.cast, character)
      if (known && written.name === undefined) name = namedIn(head, known)
      return revise(head, interaction.user.id, character, written, face)
    },
    interaction.id,
  )
  if (outcome === 'duplicate') return
  const isGone = typeof outcome === 'object' && outcome.refused === 'unknown_entity'
  await interaction.editReply({
    content: outcome === 'edited' ? texts.character.edited(name) : inWords(texts.character.refused, outcome),
    components: fields === FIRST && !isGone ? [moreRow(character, texts)] : [],
  })
}

/** The first form, filled. */
export const saveFirst: ModalHandler = (interaction, [character = ''], face) =>
  save(interaction, character, FIRST, face)

/** The second form, filled. */
export const saveMore: ModalHandler = (interaction, [character = ''], face) =>
  save(interaction, character, MORE, face)
