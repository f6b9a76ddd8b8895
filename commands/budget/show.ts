import { MessageFlags } from 'discord.js'
import type { ButtonHandler, CommandHandler, Face } from '../../src/discord/command.ts'
import { customId } from '../../src/discord/custom-id.ts'
import { pageIn } from '../../src/discord/pager.ts'
import { zoneOf } from '../../src/discord/zone.ts'
import type { Budget, Standing } from '../../src/ledger/budget.ts'
import { whenResets } from '../../src/ledger/window.ts'
import type { Texts } from '../../src/locales/en.ts'
import type { Now } from '../cost/month.ts'
import { type Page, pageOf, type Reader } from '../cost/page.ts'
import { isAdmin } from '../settings/admins.ts'
import { whoseLimit } from './limit.ts'

/** One row for each limit that holds for what someone spends here, with what is used of it. */
export const ownLimits = (
  { at, zone }: Now,
  standings: readonly Standing[],
  { budget: words }: Texts,
): string[] =>
  standings.map(({ scope, spent, limit, window }) =>
    words.entry(words.own[scope], spent, limit, window, whenResets(window, at, zone)),
  )

const allLimits = async (budgets: readonly Budget[], face: Face): Promise<string[]> => {
  const rows: string[] = []
  for (const budget of budgets)
    rows.push(face.texts.budget.allEntry(await whoseLimit(budget, face), budget.limit, budget.window))
  return rows
}

const pageFor = async (reader: Reader, page: number, face: Face): Promise<Page> => {
  const { ledger, settings, threads, clock, texts } = face
  const { guildId: guild, channelId, user } = reader
  const { budget: words } = texts
  const now = { at: clock.now(), zone: zoneOf(await settings.ofServer(guild)) }
  const ref = await threads.storyIn(channelId)
  const budgets = await ledger.budgetsOf(guild)
  const payer = { guild, player: user.id, story: ref?.story ?? null }
  const own = ownLimits(now, await ledger.standings(payer, now.zone), texts)
  // What others may spend is for those who decide it.
  const isForAll = isAdmin(reader) && budgets.length > 0
  return pageOf(
    {
      heading: [
        words.heading,
        ...(own.length > 0 ? own : [words.unlimited]),
        ...(isForAll ? [words.all] : []),
      ].join('\n'),
      rows: isForAll ? await allLimits(budgets, face) : [],
      ...{ page, idOf: (to) => customId('budgets', to) },
    },
    texts,
  )
}

/** `/budget show`. */
export const show: CommandHandler = async (interaction, face) => {
  await interaction.deferReply({ flags: MessageFlags.Ephemeral })
  await interaction.editReply(await pageFor(interaction, 0, face))
}

/** The buttons under it. */
export const budgetPage: ButtonHandler = async (interaction, [page], face) => {
  await interaction.deferUpdate()
  await interaction.editReply(await pageFor(interaction, pageIn(page), face))
}
