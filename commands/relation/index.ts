import {
  type APIApplicationCommandIntegerOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  InteractionContextType,
} from 'discord.js'
import type { Command } from '../../src/discord/command.ts'
import { suggestCast } from '../../src/discord/names.ts'
import { en } from '../../src/locales/en.ts'
import { namedOption } from '../options.ts'
import { set } from './set.ts'
import { show } from './show.ts'

const { option, ...words } = en.relation

const feeling = (name: 'affinity' | 'trust'): APIApplicationCommandIntegerOption => ({
  type: ApplicationCommandOptionType.Integer,
  name,
  description: option[name],
  min_value: 0,
  max_value: 100,
})

export const relation: Command = {
  data: {
    type: ApplicationCommandType.ChatInput,
    name: 'relation',
    description: words.about,
    contexts: [InteractionContextType.Guild],
    options: [
      {
        type: ApplicationCommandOptionType.Subcommand,
        name: 'show',
        description: words.show,
        options: [namedOption('from', option.from)],
      },
      {
        type: ApplicationCommandOptionType.Subcommand,
        name: 'set',
        description: words.set,
        options: [
          namedOption('from', option.from, { required: true }),
          namedOption('to', option.to, { required: true }),
          feeling('affinity'),
          feeling('trust'),
        ],
      },
    ],
  },
  subcommands: { show, set },
  autocomplete: { from: suggestCast, to: suggestCast },
}
