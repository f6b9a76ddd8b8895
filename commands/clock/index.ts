import { ApplicationCommandOptionType, ApplicationCommandType, InteractionContextType } from 'discord.js'
import type { Command } from '../../src/discord/command.ts'
import { en } from '../../src/locales/en.ts'
import { LAST_MINUTE, timeOf } from '../../src/story/clock.ts'
import { textOption } from '../options.ts'
import { advance } from './advance.ts'
import { set } from './set.ts'
import { show } from './show.ts'
import { weather } from './weather.ts'

const { option, ...words } = en.clock

/** The last day that a story has from midnight to midnight. */
const LAST_DAY = timeOf(LAST_MINUTE).day - 1

const ANCHOR_LIMIT = 300

export const clock: Command = {
  data: {
    type: ApplicationCommandType.ChatInput,
    name: 'clock',
    description: words.about,
    contexts: [InteractionContextType.Guild],
    options: [
      { type: ApplicationCommandOptionType.Subcommand, name: 'show', description: words.show },
      {
        type: ApplicationCommandOptionType.Subcommand,
        name: 'set',
        description: words.set,
        options: [
          {
            type: ApplicationCommandOptionType.Integer,
            name: 'day',
            description: option.day,
            min_value: 1,
            max_value: LAST_DAY,
          },
          textOption('time', option.time),
          textOption('anchor', option.anchor, { max_length: ANCHOR_LIMIT }),
        ],
      },
      {
        type: ApplicationCommandOptionType.Subcommand,
        name: 'advance',
        description: words.advance,
        options: [textOption('by', option.by, { required: true })],
      },
      {
        type: ApplicationCommandOptionType.Subcommand,
        name: 'weather',
        description: words.weather,
        options: [textOption('weather', option.weather, { required: true })],
      },
    ],
  },
  subcommands: { show, set, advance, weather },
}
