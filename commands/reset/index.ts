import type { Command } from '../../src/discord/command.ts'
import { en } from '../../src/locales/en.ts'
import { namedOption } from '../options.ts'
import { slash } from '../slash.ts'
import { ask, confirm, suggestWhat } from './reset.ts'

export const reset: Command = {
  data: slash('reset', en.reset.about, [namedOption('what', en.reset.what, { required: true })]),
  run: ask,
  autocomplete: { what: suggestWhat },
  modals: { reset: confirm },
}
