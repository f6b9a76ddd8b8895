import { ApplicationCommandOptionType, ApplicationCommandType, InteractionContextType } from 'discord.js'
import type { Command } from '../../src/discord/command.ts'
import { en } from '../../src/locales/en.ts'
import { LABEL_LIMIT } from '../../src/story/label.ts'
import { DIRECTION_LIMIT, LENGTHS, LINE_LIMIT, run } from './run.ts'

export const regenerate: Command = {
  data: {
    type: ApplicationCommandType.ChatInput,
    name: 'regenerate',
    description: en.command.regenerate,
    contexts: [InteractionContextType.Guild],
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'direction',
        description: en.command.regenerateDirection,
        max_length: DIRECTION_LIMIT,
      },
      {
        type: ApplicationCommandOptionType.String,
        name: 'line',
        description: en.command.regenerateLine,
        max_length: LINE_LIMIT,
      },
      {
        type: ApplicationCommandOptionType.Integer,
        name: 'length',
        description: en.command.regenerateLength,
        min_value: LENGTHS.least,
        max_value: LENGTHS.most,
      },
      {
        type: ApplicationCommandOptionType.Number,
        name: 'temperature',
        description: en.command.regenerateTemperature,
        min_value: 0,
        max_value: 2,
      },
      {
        type: ApplicationCommandOptionType.String,
        name: 'model',
        description: en.command.regenerateModel,
        max_length: LABEL_LIMIT,
      },
    ],
  },
  run,
}
