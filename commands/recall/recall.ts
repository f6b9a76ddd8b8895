import { MessageFlags } from 'discord.js'
import type { CommandHandler } from '../../src/discord/command.ts'
import { storyHere } from '../../src/discord/here.ts'
import { castIn, shownAs, someoneNamed } from '../../src/discord/names.ts'
import { plain, subtext } from '../../src/discord/render.ts'
import type { Texts } from '../../src/locales/en.ts'
import type { Head } from '../../src/story/head.ts'
import { comesToMind, type InMind } from '../../src/turn/remembered.ts'
import { demandOpen, isOwn, nameIn } from '../memory/owner.ts'
import { type Entry, rowsOf } from '../memory/page.ts'

/** The most of what was asked that is said again. */
const ASKED_ROOM = 120

/** What comes to someone's mind: what they remember, with whom they have it from, and then what they know. */
const mindRows = (head: Head, { memories, facts }: InMind, texts: Texts): Entry[] => {
  const { memory: words, known } = texts
  const cast = castIn(head, texts)
  return [
    ...memories.map(({ body, toldBy }) => ({
      before: '- ',
      words: body,
      after: toldBy === null ? '' : ` (${words.toldBy(shownAs(cast, toldBy) || known.nameless)})`,
    })),
    ...facts.map(({ body }) => ({ before: '- ', words: body, after: '' })),
  ]
}

/** `/recall`. */
export const run: CommandHandler = async (interaction, face) => {
  const { texts } = face
  const { recall: words, memory } = texts
  const { options } = interaction
  const head = await storyHere(interaction, face)
  const owner = someoneNamed(head, options.getString('who', true), texts)
  demandOpen(interaction, head, owner, face)
  const asked = options.getString('of', true)
  const name = nameIn(head, owner, face)
  const about = plain(asked, ASKED_ROOM)
  const rows = mindRows(head, await comesToMind(face, head, owner, asked), texts)
  const footer = isOwn(interaction, head, owner) ? '' : subtext(memory.othersShown)
  await interaction.reply({
    content:
      rows.length === 0 ? words.nothing(name, about) : rowsOf(words.heading(name, about), rows, footer),
    flags: MessageFlags.Ephemeral,
  })
}
