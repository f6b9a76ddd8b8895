import { MessageFlags } from 'discord.js'
import type { CommandHandler } from '../../src/discord/command.ts'
import { customId } from '../../src/discord/custom-id.ts'
import { pager } from '../../src/discord/pager.ts'
import { subtext } from '../../src/discord/render.ts'
import { sheet } from '../../src/discord/sheet.ts'
import { UserFacingError } from '../../src/kit/errors.ts'
import { learnFact } from '../../src/story/edit/memory.ts'
import { changeMemories } from './change.ts'
import { demandOpen, isOwn, nameIn, ownerSaid } from './owner.ts'
import { leafing, PAGE, type PageFor, rowsOf } from './page.ts'

/** `/memory fact add`. */
export const addFact: CommandHandler = async (interaction, face) => {
  const { newId, texts } = face
  const { head: asked, owner } = await ownerSaid(interaction, face)
  const text = interaction.options.getString('text', true)
  await changeMemories(
    interaction,
    asked.ref,
    async (head) => {
      demandOpen(interaction, head, owner, face)
      return {
        decision: learnFact(head.state, interaction.user.id, { owner, text }, newId),
        told: sheet(texts.fact.added(nameIn(head, owner, face)), [{ label: texts.fact.field, words: text }]),
      }
    },
    face,
  )
}

const pageFor: PageFor = async (interaction, head, owner, page, face) => {
  const { memories, texts } = face
  const { fact: words, memory } = texts
  const name = nameIn(head, owner, face)
  const known = (await memories.factsOf(head, owner)).toReversed()
  const shown = known.slice(page * PAGE, (page + 1) * PAGE)
  if (shown.length === 0 && page > 0) throw new UserFacingError('no_such_page', words.noPage(page + 1))
  if (shown.length === 0) return { content: words.none(name), components: [] }
  const rows = shown.map(({ body }) => ({ before: '- ', words: body, after: '' }))
  const footer = isOwn(interaction, head, owner) ? '' : subtext(memory.othersShown)
  return {
    content: rowsOf(words.heading(name, known.length), rows, footer),
    components: pager(page, known.length > (page + 1) * PAGE, (to) => customId('facts', owner, to), texts),
  }
}

/** `/memory fact list`. */
export const listFacts: CommandHandler = async (interaction, face) => {
  const { head, owner } = await ownerSaid(interaction, face)
  const shown = await pageFor(interaction, head, owner, 0, face)
  await interaction.reply({ ...shown, flags: MessageFlags.Ephemeral })
}

/** The buttons under the list. */
export const factPage = leafing(pageFor)
