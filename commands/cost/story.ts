import { MessageFlags } from 'discord.js'
import { titleOf } from '../../src/discord/branch-thread.ts'
import type { ButtonHandler, CommandHandler, Face } from '../../src/discord/command.ts'
import { customId } from '../../src/discord/custom-id.ts'
import { storyHere } from '../../src/discord/here.ts'
import { pageIn } from '../../src/discord/pager.ts'
import { plain } from '../../src/discord/render.ts'
import type { Texts } from '../../src/locales/en.ts'
import { LABEL_LIMIT } from '../../src/story/label.ts'
import type { Cost } from '../../src/turn/ports/ledger.ts'
import { type Page, pageOf, type Reader } from './page.ts'
import { caveats, costRows, sumOf } from './sheet.ts'

/** What a story has cost, by role and model. */
export const storyCost = (title: string, costs: readonly Cost[], page: number, texts: Texts): Page =>
  costs.length === 0
    ? { content: texts.cost.noCalls(title), components: [] }
    : pageOf(
        {
          heading: texts.cost.ofStory(title, sumOf(costs)),
          rows: costRows(costs, texts),
          footer: caveats(costs, texts),
          ...{ page, idOf: (to) => customId('cost-story', to) },
        },
        texts,
      )

const pageFor = async (reader: Reader, page: number, face: Face): Promise<Page> => {
  const head = await storyHere(reader, face)
  const costs = await face.ledger.costOf(head.ref.story)
  return storyCost(plain(titleOf(head, face.texts), LABEL_LIMIT), costs, page, face.texts)
}

/** `/cost story`. */
export const story: CommandHandler = async (interaction, face) => {
  await interaction.reply({ ...(await pageFor(interaction, 0, face)), flags: MessageFlags.Ephemeral })
}

/** The buttons under it. */
export const storyPage: ButtonHandler = async (interaction, [page], face) => {
  await interaction.update(await pageFor(interaction, pageIn(page), face))
}
