import { MessageFlags } from 'discord.js'
import type { ButtonHandler, CommandHandler, Face } from '../../src/discord/command.ts'
import { customId } from '../../src/discord/custom-id.ts'
import { pageIn } from '../../src/discord/pager.ts'
import { plain, subtext } from '../../src/discord/render.ts'
import { zoneOf } from '../../src/discord/zone.ts'
import type { ListedPrice } from '../../src/ledger/price.ts'
import { monthAt } from '../../src/ledger/project.ts'
import { dayAt, periodOf } from '../../src/ledger/window.ts'
import type { Texts } from '../../src/locales/en.ts'
import type { Cost } from '../../src/turn/ports/ledger.ts'
import { type Page, pageOf, type Reader } from '../cost/page.ts'
import { MODEL_ROOM } from '../cost/sheet.ts'

/** What the calls on a server came to this month and the one before. */
export const recentCosts = async (
  guild: string,
  { ledger, settings, clock }: Pick<Face, 'ledger' | 'settings' | 'clock'>,
): Promise<Cost[]> => {
  const zone = zoneOf(await settings.ofServer(guild))
  const now = clock.now()
  const monthOf = (at: number) => periodOf(dayAt(at, zone), 'month')
  return [
    ...(await ledger.costOfMonth(guild, monthOf(now))),
    ...(await ledger.costOfMonth(guild, monthOf(monthAt(now, zone).from - 1))),
  ]
}

/** A model as it is called at a connection, or wherever it is. */
export const priceOwner = (
  { model, connection }: Pick<ListedPrice, 'model' | 'connection'>,
  { price: words }: Texts,
): string => words.where(plain(model, MODEL_ROOM), connection && plain(connection, MODEL_ROOM))

/** A price as it is told; whose it is, its reader need not know. */
type ShownPrice = Omit<ListedPrice, 'guild'>

/** The prices in force, and below them the models that were called though nobody has told their price. */
export const priceSheet = (
  prices: readonly ShownPrice[],
  recent: readonly Cost[],
  page: number,
  texts: Texts,
): Page => {
  const { price: words } = texts
  const called = new Set(recent.filter(({ unpriced }) => unpriced > 0).map(({ model }) => model))
  const unknown = [...called]
    .filter((model) => !prices.some((price) => price.model === model && price.connection === null))
    .sort()
  if (prices.length === 0 && unknown.length === 0) return { content: words.none, components: [] }
  return pageOf(
    {
      heading: words.heading,
      rows: [
        ...prices.map((price) => words.entry(priceOwner(price, texts), price)),
        ...unknown.map((model) =>
          prices.some((price) => price.model === model)
            ? words.unknownElsewhere(plain(model, MODEL_ROOM))
            : words.unknown(plain(model, MODEL_ROOM)),
        ),
      ],
      footer: unknown.length > 0 ? subtext(words.howTo) : '',
      ...{ page, idOf: (to) => customId('prices', to) },
    },
    texts,
  )
}

const pageFor = async ({ guildId }: Reader, page: number, face: Face): Promise<Page> => {
  const prices = await face.ledger.pricesAt(guildId, face.clock.now())
  return priceSheet(prices, await recentCosts(guildId, face), page, face.texts)
}

/** `/price list`. */
export const list: CommandHandler = async (interaction, face) => {
  await interaction.reply({ ...(await pageFor(interaction, 0, face)), flags: MessageFlags.Ephemeral })
}

/** The buttons under it. */
export const listPage: ButtonHandler = async (interaction, [page], face) => {
  await interaction.update(await pageFor(interaction, pageIn(page), face))
}
