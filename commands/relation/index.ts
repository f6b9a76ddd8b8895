import type { Command } from '../../src/discord/command.ts'
import { suggestCast } from '../../src/discord/names.ts'
import { en } from '../../src/locales/en.ts'
import { namedOption, numberOption } from '../options.ts'
import { slash, subcommand } from '../slash.ts'
import { set } from './set.ts'
import { show } from './show.ts'

const { option, ...words } = en.relation

const feeling = (name: 'affinity' | 'trust') => numberOption(name, option[name], { least: 0, most: 100 })

export const relation: Command = {
  data: slash('relation', words.about, [
    subcommand('show', words.show, [namedOption('from', option.from)]),
    subcommand('set', words.set, [
      namedOption('from', option.from, { required: true }),
      namedOption('to', option.to, { required: true }),
      feeling('affinity'),
      feeling('trust'),
    ]),
  ]),
  subcommands: { show, set },
  autocomplete: { from: suggestCast, to: suggestCast },
}
