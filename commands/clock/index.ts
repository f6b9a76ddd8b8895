import type { Command } from '../../src/discord/command.ts'
import { en } from '../../src/locales/en.ts'
import { numberOption, textOption } from '../options.ts'
import { slash, subcommand } from '../slash.ts'
import { advance } from './advance.ts'
import { ANCHOR_LIMIT, LAST_DAY } from './clock.ts'
import { set } from './set.ts'
import { show } from './show.ts'
import { weather } from './weather.ts'

const { option, ...words } = en.clock

export const clock: Command = {
  data: slash('clock', words.about, [
    subcommand('show', words.show),
    subcommand('set', words.set, [
      numberOption('day', option.day, { least: 1, most: LAST_DAY }),
      textOption('time', option.time),
      textOption('anchor', option.anchor, { max_length: ANCHOR_LIMIT }),
    ]),
    subcommand('advance', words.advance, [textOption('by', option.by, { required: true })]),
    subcommand('weather', words.weather, [textOption('weather', option.weather, { required: true })]),
  ]),
  subcommands: { show, set, advance, weather },
}
