import type { Command } from '../../src/discord/command.ts'
import { en } from '../../src/locales/en.ts'
import { kindOption, namedOption, textOption } from '../options.ts'
import { slash, subcommand } from '../slash.ts'
import { adding } from './add.ts'
import { remove, suggestBoundary } from './remove.ts'
import { show, showPage } from './show.ts'

const { option, ...words } = en.boundaries

/** Room for as many other words as one can have. */
const WORDS_LIMIT = 2000

const where = kindOption('where', option.where, words.where)
const named = [
  textOption('label', option.label, { required: true }),
  textOption('words', option.words, { max_length: WORDS_LIMIT }),
  where,
]

export const boundaries: Command = {
  data: slash('boundaries', words.about, [
    subcommand('show', words.show),
    subcommand('line', words.line, named),
    subcommand('veil', words.veil, named),
    subcommand('remove', words.remove, [namedOption('label', option.removed, { required: true }), where]),
  ]),
  subcommands: { show, line: adding('lines'), veil: adding('veils'), remove },
  autocomplete: { label: suggestBoundary },
  buttons: { boundaries: showPage },
}
