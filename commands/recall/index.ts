import type { Command } from '../../src/discord/command.ts'
import { en } from '../../src/locales/en.ts'
import { suggestOwner } from '../memory/owner.ts'
import { namedOption, textOption } from '../options.ts'
import { slash } from '../slash.ts'
import { run } from './recall.ts'

const { option, about } = en.recall

/** As long as what a player says in a line. */
const WORDS_LIMIT = 500

export const recall: Command = {
  data: slash('recall', about, [
    namedOption('who', option.who, { required: true }),
    textOption('of', option.of, { required: true, max_length: WORDS_LIMIT }),
  ]),
  run,
  autocomplete: { who: suggestOwner },
}
