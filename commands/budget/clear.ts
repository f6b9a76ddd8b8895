import { MessageFlags } from 'discord.js'
import type { CommandHandler } from '../../src/discord/command.ts'
import { demandAdmin } from '../settings/admins.ts'
import { amountOf, limitChanged, limitSaid, whoseLimit } from './limit.ts'

/** `/budget clear`. */
export const clear: CommandHandler = async (interaction, face) => {
  const { ledger, texts } = face
  const { budget: words } = texts
  demandAdmin(interaction, face)
  const said = await limitSaid(interaction, face)

  await interaction.deferReply({ flags: MessageFlags.Ephemeral })
  const before = amountOf(await ledger.budgetsOf(said.guild), said)
  if (before === undefined) {
    await interaction.editReply(words.unchanged)
    return
  }
  await ledger.setBudget({ ...said, limit: null })
  const content = [
    limitChanged(await whoseLimit(said, face), said, before, undefined, texts),
    ...(said.subject === null ? [] : [words.fallsBack]),
  ]
  await interaction.editReply(content.join('\n'))
}
