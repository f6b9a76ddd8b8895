import { MessageFlags } from 'discord.js'
import type { CommandHandler } from '../../src/discord/command.ts'
import { customId } from '../../src/discord/custom-id.ts'
import { pager } from '../../src/discord/pager.ts'
import { subtext } from '../../src/discord/render.ts'
import { UserFacingError } from '../../src/kit/errors.ts'
import type { Texts } from '../../src/locales/en.ts'
import { knowableMemories, type OwnMemory } from '../../src/safety/knowable.ts'
import type { Head } from '../../src/story/head.ts'
import type { MemoryId } from '../../src/story/ref.ts'
import type { Remembered } from '../../src/turn/ports/timeline.ts'
import { pinnedBy } from '../../src/turn/remembered.ts'
import { readerOf } from '../known.ts'
import { detailsOf } from './memory.ts'
import { isOwn, nameIn, ownerSaid } from './owner.ts'
import { leafing, PAGE, type PageFor, rowsOf } from './page.ts'

/** A page of what someone remembers. `pinned`: all that they have pinned, on whichever page it is. */
export type MemoryPage = {
  readonly name: string
  readonly memories: readonly OwnMemory<Remembered>[]
  readonly pinned: ReadonlySet<MemoryId>
  /** Counts from 0. */
  readonly page: number
  readonly hasMore: boolean
  readonly isOthers: boolean
}

/** The memories of a page, each with where it comes from, in one message. */
export const memoryRows = (head: Head, shown: MemoryPage, texts: Texts): string => {
  const { memory: words } = texts
  const { name, memories, pinned, page, hasMore, isOthers } = shown
  const rows = memories.map((memory) => ({
    before: pinned.has(memory.memory) ? '📌 ' : '',
    words: memory.body,
    after: `\n${subtext(detailsOf(head, memory, texts))}`,
  }))
  const footer = [
    ...(page > 0 || hasMore ? [words.page(page + 1)] : []),
    ...(isOthers ? [words.othersShown] : []),
  ].join(' · ')
  return rowsOf(words.heading(name, pinned.size), rows, subtext(footer))
}

const pageFor: PageFor = async (interaction, head, owner, page, face) => {
  const { memories, texts } = face
  const name = nameIn(head, owner, face)
  const found = await memories.memoriesOf(head, owner, page * PAGE, PAGE + 1)
  if (found.length === 0 && page > 0) throw new UserFacingError('no_such_page', texts.memory.noPage(page + 1))
  if (found.length === 0) return { content: texts.memory.none(name), components: [] }
  const pinned = await pinnedBy(face, head, owner)
  const hasMore = found.length > PAGE
  const shown = {
    ...{ name, page, hasMore, isOthers: !isOwn(interaction, head, owner) },
    memories: knowableMemories(readerOf(interaction, head), found.slice(0, PAGE)),
    pinned: new Set(pinned.map(({ memory }) => memory)),
  }
  return {
    content: memoryRows(head, shown, texts),
    components: pager(page, hasMore, (to) => customId('memories', owner, to), texts),
  }
}

/** `/memory list`. */
export const list: CommandHandler = async (interaction, face) => {
  const { head, owner } = await ownerSaid(interaction, face)
  const page = (interaction.options.getInteger('page') ?? 1) - 1
  const shown = await pageFor(interaction, head, owner, page, face)
  await interaction.reply({ ...shown, flags: MessageFlags.Ephemeral })
}

/** The buttons under the list. */
export const listPage = leafing(pageFor)
