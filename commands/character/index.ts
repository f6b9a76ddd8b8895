import {
  type APIApplicationCommandStringOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  InteractionContextType,
} from 'discord.js'
import type { Command } from '../../src/discord/command.ts'
import { en } from '../../src/locales/en.ts'
import { NAME_LIMIT } from '../../src/story/cast.ts'
import { suggestCharacter } from './character.ts'
import { create, introduce } from './create.ts'
import { edit, more, saveFirst, saveMore } from './edit.ts'
import { show } from './show.ts'

const name: APIApplicationCommandStringOption = {
  type: ApplicationCommandOptionType.String,
  name: 'name',
  description: en.command.characterName,
  max_length: NAME_LIMIT,
  autocomplete: true,
}

export const character: Command = {
  data: {
    type: ApplicationCommandType.ChatInput,
    name: 'character',
    description: en.command.character,
    contexts: [InteractionContextType.Guild],
    options: [
      {
        type: ApplicationCommandOptionType.Subcommand,
        name: 'create',
        description: en.command.characterCreate,
      },
      {
        type: ApplicationCommandOptionType.Subcommand,
        name: 'edit',
        description: en.command.characterEdit,
        options: [{ ...name, required: true }],
      },
      {
        type: ApplicationCommandOptionType.Subcommand,
        name: 'show',
        description: en.command.characterShow,
        options: [name],
      },
    ],
  },
  subcommands: { create, edit, show },
  autocomplete: { name: suggestCharacter },
  buttons: { 'character-more': more },
  modals: { 'character-create': introduce, 'character-edit': saveFirst, 'character-more': saveMore },
}
