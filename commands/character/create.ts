import { MessageFlags } from 'discord.js'
import type { CommandHandler, ModalHandler } from '../../src/discord/command.ts'
import { customId } from '../../src/discord/custom-id.ts'
import { inWords } from '../../src/discord/here.ts'
import { demandFreeName } from '../../src/discord/names.ts'
import { plain } from '../../src/discord/render.ts'
import { NAME_LIMIT } from '../../src/story/cast.ts'
import { isRefusal } from '../../src/story/draft.ts'
import { createCharacter } from '../../src/story/edit/people.ts'
import { castHere } from './character.ts'
import { besideName, characterForm, FIRST, moreRow, readCharacter } from './form.ts'

/** `/character create`: asks who it is. */
export const create: CommandHandler = async (interaction, face) => {
  await castHere(interaction, face)
  const { texts } = face
  const form = { id: customId('character-create'), title: texts.character.createHeading, fields: FIRST }
  await interaction.showModal(characterForm(form, {}, texts))
}

/** The filled form: the character comes into the story. */
export const introduce: ModalHandler = async (interaction, _args, face) => {
  const { engine, newId, texts } = face
  const { ref } = await castHere(interaction, face)
  const written = readCharacter(interaction, FIRST)
  const { name = '', persona, voice, traits, backstory } = written
  await interaction.deferReply({ flags: MessageFlags.Ephemeral })
  const words = {
    name,
    persona: persona || null,
    voice: voice || null,
    traits: traits || null,
    backstory: backstory || null,
  }
  let created = ''
  const outcome = await engine.edit(
    ref,
    (head) => {
      demandFreeName(head, name, undefined, besideName(written, texts), texts)
      const decision = createCharacter(head.state, interaction.user.id, words, newId)
      if (!isRefusal(decision)) created = decision.state.cast.characters.at(-1)?.character ?? ''
      return decision
    },
    interaction.id,
  )
  if (outcome === 'duplicate') return
  await interaction.editReply(
    outcome === 'edited'
      ? {
          content: texts.character.created(plain(name, NAME_LIMIT)),
          components: [moreRow(created, texts)],
        }
      : { content: inWords(texts.character.refused, outcome) },
  )
}
