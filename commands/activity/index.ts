import type { Command } from '../../src/discord/command.ts'
import { suggestCast } from '../../src/discord/names.ts'
import { en } from '../../src/locales/en.ts'
import { LABEL_LIMIT } from '../../src/story/label.ts'
import { kindOption, namedOption, numberOption, textOption } from '../options.ts'
import { slash, subcommand } from '../slash.ts'
import { HOLDING_ROOM } from './patch.ts'
import { clear, set } from './set.ts'
import { show } from './show.ts'

const { option, ...words } = en.activity

/** As many minutes as an action may be expected to take: a year. */
const LONGEST_ACTION = 366 * 24 * 60

export const activity: Command = {
  data: slash('activity', words.about, [
    subcommand('show', words.show, [namedOption('who', option.who)]),
    subcommand('set', words.set, [
      namedOption('who', option.who, { required: true }),
      textOption('posture', option.posture),
      textOption('doing', option.doing),
      numberOption('minutes', option.minutes, { least: 1, most: LONGEST_ACTION }),
      kindOption('interrupted-by', option.interrupted, words.interrupted),
      kindOption('takes', option.takes, words.takes),
      textOption('where', option.where),
      textOption('holding', option.holding, { max_length: HOLDING_ROOM }),
      textOption('status', option.status),
      namedOption('attends-to', option.attendsTo, { max_length: LABEL_LIMIT }),
    ]),
    subcommand('clear', words.clear, [namedOption('who', option.who, { required: true })]),
  ]),
  subcommands: { show, set, clear },
  autocomplete: { who: suggestCast, 'attends-to': suggestCast },
}
