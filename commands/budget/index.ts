import { ApplicationCommandOptionType } from 'discord.js'
import type { Command } from '../../src/discord/command.ts'
import { en } from '../../src/locales/en.ts'
import { kindOption, textOption } from '../options.ts'
import { slash, subcommand } from '../slash.ts'
import { clear } from './clear.ts'
import { set } from './set.ts'
import { budgetPage, show } from './show.ts'

const { option, ...words } = en.budget

const limitedTo = { ...kindOption('for', option.for, words.limitedTo), required: true }
const window = { ...kindOption('each', option.each, words.each), required: true }
const user = { type: ApplicationCommandOptionType.User as const, name: 'user', description: option.user }

export const budget: Command = {
  data: slash('budget', words.about, [
    subcommand('show', words.show),
    subcommand('set', words.set, [
      limitedTo,
      window,
      textOption('amount', option.amount, { required: true }),
      user,
    ]),
    subcommand('clear', words.clear, [limitedTo, window, user]),
  ]),
  subcommands: { show, set, clear },
  buttons: { budgets: budgetPage },
}
