import { ApplicationCommandType, InteractionContextType } from 'discord.js'
import type { Command } from '../../src/discord/command.ts'
import { en } from '../../src/locales/en.ts'
import { namedOption } from '../options.ts'
import { ask, confirm, suggestWhat } from './reset.ts'

export const reset: Command = {
  data: {
    type: ApplicationCommandType.ChatInput,
    name: 'reset',
    description: en.reset.about,
    contexts: [InteractionContextType.Guild],
    options: [namedOption('what', en.reset.what, { required: true })],
  },
  run: ask,
  autocomplete: { what: suggestWhat },
  modals: { reset: confirm },
}
