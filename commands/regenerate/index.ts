import { ApplicationCommandOptionType } from 'discord.js'
import type { Command } from '../../src/discord/command.ts'
import { suggestVoice } from '../../src/discord/voices.ts'
import { en } from '../../src/locales/en.ts'
import { namedOption, numberOption, textOption } from '../options.ts'
import { slash } from '../slash.ts'
import { DIRECTION_LIMIT, LENGTHS, LINE_LIMIT, run } from './run.ts'

export const regenerate: Command = {
  data: slash('regenerate', en.command.regenerate, [
    namedOption('speaker', en.turns.regenerateSpeaker),
    textOption('direction', en.command.regenerateDirection, { max_length: DIRECTION_LIMIT }),
    textOption('line', en.command.regenerateLine, { max_length: LINE_LIMIT }),
    numberOption('length', en.command.regenerateLength, LENGTHS),
    {
      type: ApplicationCommandOptionType.Number,
      name: 'temperature',
      description: en.command.regenerateTemperature,
      min_value: 0,
      max_value: 2,
    },
    textOption('model', en.command.regenerateModel),
  ]),
  run,
  autocomplete: { speaker: suggestVoice },
}
