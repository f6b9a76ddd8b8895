import type { Command } from '../../src/discord/command.ts'
import { GO } from '../../src/discord/waiting.ts'
import { en } from '../../src/locales/en.ts'
import { kindOption, numberOption } from '../options.ts'
import { slash, subcommand } from '../slash.ts'
import { go, goPressed } from './go.ts'
import { mode } from './mode.ts'
import { show } from './show.ts'

const { option, ...words } = en.turns

/** The bounds of how long a round waits, in minutes. */
const MINUTES = { least: 1, most: 24 * 60 } as const

export const turn: Command = {
  data: slash('turn', words.about, [
    subcommand('mode', words.modeAbout, [
      { ...kindOption('mode', option.mode, words.mode), required: true },
      numberOption('minutes', option.minutes, MINUTES),
    ]),
    subcommand('show', words.showAbout),
    subcommand('go', words.goAbout),
  ]),
  subcommands: { mode, show, go },
  buttons: { [GO]: goPressed },
}
