import { ApplicationCommandOptionType, ApplicationCommandType, InteractionContextType } from 'discord.js'
import type { Command } from '../../src/discord/command.ts'
import { PERSONA_ASK } from '../../src/discord/introduce.ts'
import { en } from '../../src/locales/en.ts'
import { clear } from './clear.ts'
import { save, set, setByButton } from './set.ts'
import { show } from './show.ts'

export const persona: Command = {
  data: {
    type: ApplicationCommandType.ChatInput,
    name: 'persona',
    description: en.command.persona,
    contexts: [InteractionContextType.Guild],
    options: [
      { type: ApplicationCommandOptionType.Subcommand, name: 'set', description: en.command.personaSet },
      { type: ApplicationCommandOptionType.Subcommand, name: 'show', description: en.command.personaShow },
      { type: ApplicationCommandOptionType.Subcommand, name: 'clear', description: en.command.personaClear },
    ],
  },
  subcommands: { set, show, clear },
  buttons: { [PERSONA_ASK]: setByButton },
  modals: { persona: save },
}
