import { MessageFlags } from 'discord.js'
import type { ButtonHandler, CommandHandler, Face } from '../../src/discord/command.ts'
import { customId } from '../../src/discord/custom-id.ts'
import { pageIn } from '../../src/discord/pager.ts'
import { zoneOf } from '../../src/discord/zone.ts'
import type { Standing } from '../../src/ledger/budget.ts'
import { monthAt, projected } from '../../src/ledger/project.ts'
import { dayAt, periodOf, whenResets } from '../../src/ledger/window.ts'
import type { Texts } from '../../src/locales/en.ts'
import type { Cost } from '../../src/turn/ports/ledger.ts'
import { demandAdmin } from '../settings/admins.ts'
import { type Page, pageOf, type Reader } from './page.ts'
import { caveats, costRows, sumOf } from './sheet.ts'

/** A moment where a server is. */
export type Now = { readonly at: number; readonly zone: string }

/** What a server has cost this month, what that comes to at its end, and how much of its limits that is. */
export const monthCost = (
  { at, zone }: Now,
  costs: readonly Cost[],
  standings: readonly Standing[],
  page: number,
  texts: Texts,
): Page => {
  const { cost: words } = texts
  const month = periodOf(dayAt(at, zone), 'month')
  const span = monthAt(at, zone)
  const sum = sumOf(costs)
  const limits = standings
    .filter(({ scope }) => scope === 'server')
    .map(({ spent, limit, window }) => words.used(spent, limit, window, whenResets(window, at, zone)))
  const told = costs.length === 0 ? words.noCallsInMonth(month) : words.ofMonth(month, sum)
  const ahead = sum.price > 0 ? [words.projected(projected(sum.price, span, at), span.to)] : []
  return pageOf(
    {
      heading: [told, ...ahead, ...limits].join('\n'),
      rows: costRows(costs, texts),
      footer: caveats(costs, texts),
      ...{ page, idOf: (to) => customId('cost-month', to) },
    },
    texts,
  )
}

const pageFor = async (reader: Reader, page: number, face: Face): Promise<Page> => {
  demandAdmin(reader, face)
  const { ledger, settings, clock, texts } = face
  const { guildId } = reader
  const now = { at: clock.now(), zone: zoneOf(await settings.ofServer(guildId)) }
  const month = periodOf(dayAt(now.at, now.zone), 'month')
  const costs = await ledger.costOfMonth(guildId, month)
  const standings = await ledger.standings({ guild: guildId, player: null, story: null }, now.zone)
  return monthCost(now, costs, standings, page, texts)
}

/** `/cost month`. */
export const month: CommandHandler = async (interaction, face) => {
  await interaction.reply({ ...(await pageFor(interaction, 0, face)), flags: MessageFlags.Ephemeral })
}

/** The buttons under it. */
export const monthPage: ButtonHandler = async (interaction, [page], face) => {
  await interaction.update(await pageFor(interaction, pageIn(page), face))
}
