import { MessageFlags } from 'discord.js'
import type { CommandHandler } from '../../src/discord/command.ts'
import { subtext } from '../../src/discord/render.ts'
import { knowableMemories } from '../../src/safety/knowable.ts'
import { pinOf } from '../../src/story/memory.ts'
import { broughtUpBy } from '../../src/turn/remembered.ts'
import { readerOf } from '../known.ts'
import { detailsOf } from './memory.ts'
import { isOwn, nameIn, ownerSaid } from './owner.ts'
import { PAGE, rowsOf } from './page.ts'

/** `/memory search`. */
export const search: CommandHandler = async (interaction, face) => {
  const { texts } = face
  const { memory: words } = texts
  const { head, owner } = await ownerSaid(interaction, face)
  const typed = interaction.options.getString('words', true)
  const name = nameIn(head, owner, face)
  const found = await broughtUpBy(face, head, owner, typed, PAGE)
  const rows = knowableMemories(readerOf(interaction, head), found).map((memory) => ({
    before: pinOf(head.state.pins, owner, memory.memory) ? '📌 ' : '',
    words: memory.body,
    after: `\n${subtext(detailsOf(head, memory, texts))}`,
  }))
  const footer = isOwn(interaction, head, owner) ? '' : subtext(words.othersShown)
  const content =
    rows.length === 0 ? words.nothingFound(name) : rowsOf(words.foundHeading(name), rows, footer)
  await interaction.reply({ content, flags: MessageFlags.Ephemeral })
}
