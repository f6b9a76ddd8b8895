import type { Command } from '../../src/discord/command.ts'
import { en } from '../../src/locales/en.ts'
import { namedOption, textOption } from '../options.ts'
import { slash, subcommand } from '../slash.ts'
import { list, listPage } from './list.ts'
import { MODEL_LIMIT, set, suggestConnection, suggestModel } from './set.ts'

const { option, ...words } = en.price

export const price: Command = {
  data: slash('price', words.about, [
    subcommand('list', words.list),
    subcommand('set', words.set, [
      namedOption('model', option.model, { required: true, max_length: MODEL_LIMIT }),
      textOption('input', option.input, { required: true }),
      textOption('output', option.output, { required: true }),
      textOption('cached', option.cached),
      textOption('cache-write', option.cacheWrite),
      namedOption('connection', option.connection),
    ]),
  ]),
  subcommands: { list, set },
  autocomplete: { model: suggestModel, connection: suggestConnection },
  buttons: { prices: listPage },
}
