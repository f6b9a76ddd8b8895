import type { Command } from '../../src/discord/command.ts'
import { en } from '../../src/locales/en.ts'
import { kindOption, numberOption } from '../options.ts'
import { slash, subcommand } from '../slash.ts'
import { edit, save } from './edit.ts'
import { history, historyPage } from './history.ts'
import { reset } from './reset.ts'
import { show } from './show.ts'

const { option, ...words } = en.prompt

/** Nobody writes so many versions. */
const HIGHEST = 100_000

const name = { ...kindOption('name', option.name, words.name), required: true }

export const prompt: Command = {
  data: slash('prompt', words.about, [
    subcommand('show', words.show, [
      name,
      numberOption('version', option.version, { least: 1, most: HIGHEST }),
    ]),
    subcommand('edit', words.edit, [name]),
    subcommand('reset', words.reset, [name]),
    subcommand('history', words.history, [name]),
  ]),
  subcommands: { show, edit, reset, history },
  modals: { prompt: save },
  buttons: { 'prompt-history': historyPage },
}
