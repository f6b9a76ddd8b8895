import { MessageFlags } from 'discord.js'
import type { CommandHandler } from '../../src/discord/command.ts'
import { isInCharge, storyHere } from '../../src/discord/here.ts'
import { plain, subtext } from '../../src/discord/render.ts'
import { sheet } from '../../src/discord/sheet.ts'
import type { Texts } from '../../src/locales/en.ts'
import type { Character } from '../../src/story/cast.ts'
import type { Head } from '../../src/story/head.ts'
import { type CharacterField, calledHere, namedIn, wordIn } from './character.ts'

/** Twelve rows of a name and this much stay below Discord's 2,000. */
const LISTED = 12
const WHO_LIMIT = 80

/** What every player may know, and what is for those who lead the story. */
const PUBLIC: readonly CharacterField[] = ['persona']
const ALL: readonly CharacterField[] = ['persona', 'voice', 'traits', 'backstory', 'relationship', 'kickoff']

/** All characters, one row each. */
export const characterList = (head: Head, { character: words }: Texts): string => {
  const { characters } = head.state.cast
  if (characters.length === 0) return words.none
  const rows = characters
    .slice(0, LISTED)
    .map((one) => words.entry(namedIn(head, one), plain(wordIn(head, one, 'persona'), WHO_LIMIT)))
  const further = characters.length - rows.length
  return [words.heading(characters.length), ...rows, further > 0 ? words.further(further) : '']
    .filter(Boolean)
    .join('\n')
}

/** One character: all of it for those who lead the story, who it is for everyone. */
export const characterSheet = (
  head: Head,
  character: Character,
  seesAll: boolean,
  { character: words }: Texts,
): string => {
  const fields = (seesAll ? ALL : PUBLIC).map((field) => ({
    label: words.field[field],
    words: wordIn(head, character, field),
  }))
  const isBare = fields.every((field) => field.words === '')
  return sheet(
    `### ${namedIn(head, character)}`,
    fields,
    isBare ? words.nothingKnown : seesAll ? subtext(words.allShown) : '',
  )
}

/** `/character show`: one by name, or all. */
export const show: CommandHandler = async (interaction, face) => {
  const { texts } = face
  const head = await storyHere(interaction, face)
  const name = interaction.options.getString('name')
  const content =
    name === null
      ? characterList(head, texts)
      : characterSheet(head, calledHere(head, name, texts), isInCharge(interaction, head), texts)
  await interaction.reply({ content, flags: MessageFlags.Ephemeral })
}
