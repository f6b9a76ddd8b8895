import { ApplicationCommandOptionType } from 'discord.js'
import type { Command } from '../../src/discord/command.ts'
import { suggestVoice } from '../../src/discord/voices.ts'
import { en } from '../../src/locales/en.ts'
import { LABEL_LIMIT } from '../../src/story/label.ts'
import { ANSWER_LENGTHS } from '../../src/story/settings.ts'
import { suggestingLinks } from '../model/links.ts'
import { namedOption, numberOption, textOption } from '../options.ts'
import { slash } from '../slash.ts'
import { DIRECTION_LIMIT, LINE_LIMIT, run } from './run.ts'

export const regenerate: Command = {
  data: slash('regenerate', en.command.regenerate, [
    namedOption('speaker', en.turns.regenerateSpeaker),
    textOption('direction', en.command.regenerateDirection, { max_length: DIRECTION_LIMIT }),
    textOption('line', en.command.regenerateLine, { max_length: LINE_LIMIT }),
    numberOption('length', en.command.regenerateLength, ANSWER_LENGTHS),
    {
      type: ApplicationCommandOptionType.Number,
      name: 'temperature',
      description: en.command.regenerateTemperature,
      min_value: 0,
      max_value: 2,
    },
    namedOption('model', en.command.regenerateModel, { max_length: LABEL_LIMIT }),
  ]),
  run,
  autocomplete: { speaker: suggestVoice, model: suggestingLinks(LABEL_LIMIT) },
}
