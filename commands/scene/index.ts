import type { Command, Suggest } from '../../src/discord/command.ts'
import { suggestCast, suggestPlace, suggestSeveral } from '../../src/discord/names.ts'
import { en } from '../../src/locales/en.ts'
import { namedOption, significanceOption } from '../options.ts'
import { slash, subcommand } from '../slash.ts'
import { close } from './close.ts'
import { join } from './join.ts'
import { leave } from './leave.ts'
import { open } from './open.ts'
import { show } from './show.ts'

const { option, ...words } = en.scene

/** Room for the names of a whole cast. */
const PARTICIPANTS_ROOM = 1000

// Only a scene is opened with several.
const suggestWho: Suggest = (interaction, typed, face) =>
  (interaction.options.getSubcommand() === 'open' ? suggestSeveral : suggestCast)(interaction, typed, face)

export const scene: Command = {
  data: slash('scene', words.about, [
    subcommand('show', words.show),
    subcommand('open', words.open, [
      namedOption('place', option.place),
      namedOption('who', option.participants, { max_length: PARTICIPANTS_ROOM }),
    ]),
    subcommand('close', words.close, [significanceOption(option.significance)]),
    subcommand('join', words.join, [
      namedOption('who', option.joining, { required: true }),
      namedOption('place', option.joiningPlace),
    ]),
    subcommand('leave', words.leave, [namedOption('who', option.leaving, { required: true })]),
  ]),
  subcommands: { show, open, close, join, leave },
  autocomplete: { place: suggestPlace, who: suggestWho },
}
