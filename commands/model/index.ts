import type { Command } from '../../src/discord/command.ts'
import { en } from '../../src/locales/en.ts'
import { kindOption, namedOption } from '../options.ts'
import { slash, subcommand } from '../slash.ts'
import { suggestLink } from './links.ts'
import { list, listPage } from './list.ts'
import { set } from './set.ts'
import { test } from './test.ts'

const { option, ...words } = en.model

/** The most that the settings hold for a link. */
const LINK_LIMIT = 200

export const model: Command = {
  data: slash('model', words.about, [
    subcommand('list', words.list),
    subcommand('set', words.set, [
      { ...kindOption('role', option.role, words.role), required: true },
      namedOption('model', option.model, { max_length: LINK_LIMIT }),
      kindOption('where', option.where, words.where),
    ]),
    subcommand('test', words.test, [
      namedOption('model', option.tested, { required: true, max_length: LINK_LIMIT }),
    ]),
  ]),
  subcommands: { list, set, test },
  autocomplete: { model: suggestLink },
  buttons: { models: listPage },
}
