import {
  type APIApplicationCommandBooleanOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  InteractionContextType,
} from 'discord.js'
import type { Command } from '../../src/discord/command.ts'
import { suggestPlace } from '../../src/discord/names.ts'
import { en } from '../../src/locales/en.ts'
import { kindOption, namedOption, textOption } from '../options.ts'
import { add } from './add.ts'
import { edit } from './edit.ts'
import { list } from './list.ts'
import { remove } from './remove.ts'

const { option, ...words } = en.place

const yesOrNo = (name: 'moving' | 'public'): APIApplicationCommandBooleanOption => ({
  type: ApplicationCommandOptionType.Boolean,
  name,
  description: option[name],
})
const traits = [yesOrNo('moving'), yesOrNo('public'), kindOption('heard', option.heard, words.heard)]

export const place: Command = {
  data: {
    type: ApplicationCommandType.ChatInput,
    name: 'place',
    description: words.about,
    contexts: [InteractionContextType.Guild],
    options: [
      {
        type: ApplicationCommandOptionType.Subcommand,
        name: 'add',
        description: words.add,
        options: [
          textOption('name', option.name, { required: true }),
          textOption('type', option.type, { required: true }),
          namedOption('inside', option.inside),
          ...traits,
        ],
      },
      {
        type: ApplicationCommandOptionType.Subcommand,
        name: 'edit',
        description: words.edit,
        options: [
          namedOption('place', option.place, { required: true }),
          textOption('name', option.newName),
          textOption('type', option.type),
          namedOption('inside', option.newInside),
          ...traits,
        ],
      },
      {
        type: ApplicationCommandOptionType.Subcommand,
        name: 'remove',
        description: words.remove,
        options: [namedOption('place', option.place, { required: true })],
      },
      {
        type: ApplicationCommandOptionType.Subcommand,
        name: 'list',
        description: words.list,
        options: [namedOption('place', option.within)],
      },
    ],
  },
  subcommands: { add, edit, remove, list },
  autocomplete: { place: suggestPlace, inside: suggestPlace },
}
