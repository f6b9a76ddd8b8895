import { ApplicationCommandOptionType, ApplicationCommandType, InteractionContextType } from 'discord.js'
import type { Command, Suggest } from '../../src/discord/command.ts'
import { suggestCast, suggestPlace, suggestSeveral } from '../../src/discord/names.ts'
import { en } from '../../src/locales/en.ts'
import { namedOption } from '../options.ts'
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
  data: {
    type: ApplicationCommandType.ChatInput,
    name: 'scene',
    description: words.about,
    contexts: [InteractionContextType.Guild],
    options: [
      { type: ApplicationCommandOptionType.Subcommand, name: 'show', description: words.show },
      {
        type: ApplicationCommandOptionType.Subcommand,
        name: 'open',
        description: words.open,
        options: [
          namedOption('place', option.place),
          namedOption('who', option.participants, { max_length: PARTICIPANTS_ROOM }),
        ],
      },
      {
        type: ApplicationCommandOptionType.Subcommand,
        name: 'close',
        description: words.close,
        options: [
          {
            type: ApplicationCommandOptionType.Integer,
            name: 'significance',
            description: option.significance,
            choices: words.significance.map((name, value) => ({ name, value })),
          },
        ],
      },
      {
        type: ApplicationCommandOptionType.Subcommand,
        name: 'join',
        description: words.join,
        options: [
          namedOption('who', option.joining, { required: true }),
          namedOption('place', option.joiningPlace),
        ],
      },
      {
        type: ApplicationCommandOptionType.Subcommand,
        name: 'leave',
        description: words.leave,
        options: [namedOption('who', option.leaving, { required: true })],
      },
    ],
  },
  subcommands: { show, open, close, join, leave },
  autocomplete: { place: suggestPlace, who: suggestWho },
}
