import type { Command } from '../../src/discord/command.ts'
import { en } from '../../src/locales/en.ts'
import { ANSWER_LENGTHS, RECALLED_MOST } from '../../src/story/settings.ts'
import { kindOption, namedOption, numberOption, yesOrNoOption } from '../options.ts'
import { slash, subcommand } from '../slash.ts'
import { server, suggestZone } from './server.ts'
import { show } from './show.ts'
import { story } from './story.ts'

const { option, ...words } = en.settings

export const settings: Command = {
  data: slash('settings', words.about, [
    subcommand('show', words.show),
    subcommand('server', words.server, [
      namedOption('zone', option.zone),
      yesOrNoOption('segmenter', option.segmenter),
    ]),
    subcommand('story', words.story, [
      kindOption('writing', option.writing, words.writing),
      numberOption('length', option.length, { least: 0, most: ANSWER_LENGTHS.most }),
      numberOption('recall', option.recalled, { least: -1, most: RECALLED_MOST }),
    ]),
  ]),
  subcommands: { show, server, story },
  autocomplete: { zone: suggestZone },
}
