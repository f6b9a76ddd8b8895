import { type ChatInputCommandInteraction, MessageFlags } from 'discord.js'
import type { CommandHandler, Face, Suggest } from '../../src/discord/command.ts'
import { plain } from '../../src/discord/render.ts'
import { UserFacingError } from '../../src/kit/errors.ts'
import { readAmount } from '../../src/ledger/amount.ts'
import type { ListedPrice, Nanos, Price } from '../../src/ledger/price.ts'
import { LABEL_LIMIT } from '../../src/story/label.ts'
import { changes } from '../change.ts'
import { linksIn, partsOf, suggesting } from '../model/links.ts'
import { demandAdmin } from '../settings/admins.ts'
import { priceOwner, recentCosts } from './list.ts'

export const MODEL_LIMIT = 200

/** Suggests a model: those that were called, those that have a price, and those that can be called. */
export const suggestModel: Suggest = async ({ guildId }, typed, face) => {
  const { ledger, models, clock } = face
  const known = [
    ...(await recentCosts(guildId, face)).map(({ model }) => model),
    ...(await ledger.pricesAt(guildId, clock.now())).map(({ model }) => model),
    ...linksIn(models).map((link) => partsOf(link).model),
  ]
  return suggesting([...new Set(known)], typed)
}

const connectionNames = ({ models }: Pick<Face, 'models'>): string[] =>
  models.connections().map(({ name }) => name)

export const suggestConnection: Suggest = async (_interaction, typed, face) =>
  suggesting(connectionNames(face), typed)

type Interaction = ChatInputCommandInteraction<'cached'>

/** The amounts of a price, each by the option that says it. */
const optionOf = {
  input: 'input',
  cached: 'cached',
  cacheWrite: 'cache-write',
  output: 'output',
} as const satisfies Record<keyof Price, string>

type OptionName = (typeof optionOf)[keyof Price]

const amountSaid = (option: OptionName, typed: string, { texts }: Face): Nanos => {
  const amount = readAmount(typed)
  if (amount === undefined)
    throw new UserFacingError('not_an_amount', texts.price.notAnAmount(option, plain(typed, LABEL_LIMIT)))
  return amount
}

const priceSaid = ({ options }: Interaction, face: Face): Price => {
  const input = options.getString('input', true)
  const cacheWrite = options.getString('cache-write')
  return {
    input: amountSaid('input', input, face),
    cached: amountSaid('cached', options.getString('cached') ?? input, face),
    cacheWrite: cacheWrite === null ? null : amountSaid('cache-write', cacheWrite, face),
    output: amountSaid('output', options.getString('output', true), face),
  }
}

/** Whose price is set. Refused where nothing can be called so. */
const ownerSaid = ({ options }: Interaction, face: Face): Pick<ListedPrice, 'model' | 'connection'> => {
  const { price: words } = face.texts
  const model = options.getString('model', true).trim()
  if (model === '') throw new UserFacingError('no_model', words.noModel)
  const typed = options.getString('connection')?.trim()
  if (!typed) return { model, connection: null }
  const names = connectionNames(face)
  if (names.includes(typed)) return { model, connection: typed }
  throw new UserFacingError(
    'no_such_connection',
    words.unknownConnection(plain(typed, LABEL_LIMIT), plain(names.join(', '), 1000)),
  )
}

/** `/price set`. */
export const set: CommandHandler = async (interaction, face) => {
  const { ledger, clock, texts } = face
  const { price: words } = texts
  demandAdmin(interaction, face)
  const owner = ownerSaid(interaction, face)
  const price = priceSaid(interaction, face)

  await interaction.deferReply({ flags: MessageFlags.Ephemeral })
  const from = clock.now()
  const before = (await ledger.pricesAt(interaction.guildId, from)).find(
    ({ model, connection }) => model === owner.model && connection === owner.connection,
  )
  const shown = (amount: Nanos | null | undefined) => {
    if (amount === undefined) return words.unknownPrice
    return amount === null ? words.usual : words.amount(amount)
  }
  const keys = ['input', 'cached', 'cacheWrite', 'output'] as const
  // Few models have a price of their own for this: where none is and none was, it is not spoken of.
  const told = keys.filter((key) => (price[key] ?? before?.[key] ?? null) !== null)
  const fields = told.map((key) => ({
    label: words.field[key],
    before: shown(before?.[key]),
    after: shown(price[key]),
  }))
  if (fields.every((field) => field.before === field.after)) {
    await interaction.editReply(words.unchanged)
    return
  }
  await ledger.setPrice({ guild: interaction.guildId, ...owner, ...price, from })
  await interaction.editReply(changes(words.changed(priceOwner(owner, texts)), fields, texts))
}
