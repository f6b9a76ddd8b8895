import { MessageFlags } from 'discord.js'
import type { CommandHandler } from '../../src/discord/command.ts'
import { plain, subtext } from '../../src/discord/render.ts'
import { UserFacingError } from '../../src/kit/errors.ts'
import { readAmount } from '../../src/ledger/amount.ts'
import { LABEL_LIMIT } from '../../src/story/label.ts'
import { demandAdmin } from '../settings/admins.ts'
import { amountOf, limitChanged, limitSaid, whoseLimit } from './limit.ts'

/** `/budget set`. */
export const set: CommandHandler = async (interaction, face) => {
  const { ledger, texts } = face
  const { budget: words } = texts
  demandAdmin(interaction, face)
  const typed = interaction.options.getString('amount', true)
  const limit = readAmount(typed)
  if (limit === undefined)
    throw new UserFacingError('not_an_amount', words.notAnAmount(plain(typed, LABEL_LIMIT)))
  const said = await limitSaid(interaction, face)

  await interaction.deferReply({ flags: MessageFlags.Ephemeral })
  const before = amountOf(await ledger.budgetsOf(said.guild), said)
  if (before === limit) {
    await interaction.editReply(words.unchanged)
    return
  }
  await ledger.setBudget({ ...said, limit })
  const content = [
    limitChanged(await whoseLimit(said, face), said, before, limit, texts),
    words.counts(said.window),
    ...(limit === 0 ? [words.nothing] : []),
    subtext(words.unpriced),
  ]
  await interaction.editReply(content.join('\n'))
}
