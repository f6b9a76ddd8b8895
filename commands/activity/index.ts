import { ApplicationCommandOptionType, ApplicationCommandType, InteractionContextType } from 'discord.js'
import type { Command } from '../../src/discord/command.ts'
import { suggestCast } from '../../src/discord/names.ts'
import { en } from '../../src/locales/en.ts'
import { LABEL_LIMIT } from '../../src/story/label.ts'
import { kindOption, namedOption, textOption } from '../options.ts'
import { clear, set } from './set.ts'
import { show } from './show.ts'

const { option, ...words } = en.activity

/** As many minutes as an action may be expected to take: a year. */
const LONGEST_ACTION = 366 * 24 * 60

/** Twelve things of eighty characters, with commas. */
const HOLDING_ROOM = 1000

export const activity: Command = {
  data: {
    type: ApplicationCommandType.ChatInput,
    name: 'activity',
    description: words.about,
    contexts: [InteractionContextType.Guild],
    options: [
      {
        type: ApplicationCommandOptionType.Subcommand,
        name: 'show',
        description: words.show,
        options: [namedOption('who', option.who)],
      },
      {
        type: ApplicationCommandOptionType.Subcommand,
        name: 'set',
        description: words.set,
        options: [
          namedOption('who', option.who, { required: true }),
          textOption('posture', option.posture),
          textOption('doing', option.doing),
          {
            type: ApplicationCommandOptionType.Integer,
            name: 'minutes',
            description: option.minutes,
            min_value: 1,
            max_value: LONGEST_ACTION,
          },
          kindOption('interrupted-by', option.interrupted, words.interrupted),
          kindOption('takes', option.takes, words.takes),
          textOption('where', option.where),
          textOption('holding', option.holding, { max_length: HOLDING_ROOM }),
          textOption('status', option.status),
          namedOption('attends-to', option.attendsTo, { max_length: LABEL_LIMIT }),
        ],
      },
      {
        type: ApplicationCommandOptionType.Subcommand,
        name: 'clear',
        description: words.clear,
        options: [namedOption('who', option.who, { required: true })],
      },
    ],
  },
  subcommands: { show, set, clear },
  autocomplete: { who: suggestCast, 'attends-to': suggestCast },
}
