import { MessageFlags } from 'discord.js'
import type { CommandHandler, Face } from '../../src/discord/command.ts'
import { subtext } from '../../src/discord/render.ts'
import type { Head } from '../../src/story/head.ts'
import { pinOf } from '../../src/story/memory.ts'
import type { EntityId } from '../../src/story/ref.ts'
import type { Recollection } from '../../src/turn/ports/recall.ts'
import { queryAt } from '../../src/turn/remembered.ts'
import { detailsOf } from './memory.ts'
import { isOwn, nameIn, ownerSaid } from './owner.ts'
import { PAGE, rowsOf } from './page.ts'

/** What some words bring up in an owner, as an answer would recall it: the best first. */
export const broughtUpBy = (
  head: Head,
  owner: EntityId,
  words: string,
  { recollections }: Pick<Face, 'recollections'>,
  limit = PAGE,
): Promise<Recollection[]> =>
  recollections.recall(head, owner, queryAt(head, [{ text: words, weight: 1 }]), limit)

/** `/memory search`. */
export const search: CommandHandler = async (interaction, face) => {
  const { texts } = face
  const { memory: words } = texts
  const { head, owner } = await ownerSaid(interaction, face)
  const typed = interaction.options.getString('words', true)
  const name = nameIn(head, owner, face)
  const found = await broughtUpBy(head, owner, typed, face)
  const rows = found.map((memory) => ({
    before: pinOf(head.state.pins, owner, memory.memory) ? '📌 ' : '',
    words: memory.body,
    after: `\n${subtext(detailsOf(head, memory, texts))}`,
  }))
  const footer = isOwn(interaction, head, owner) ? '' : subtext(words.othersShown)
  const content =
    rows.length === 0 ? words.nothingFound(name) : rowsOf(words.foundHeading(name), rows, footer)
  await interaction.reply({ content, flags: MessageFlags.Ephemeral })
}
