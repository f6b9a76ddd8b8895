import { ApplicationCommandType, InteractionContextType } from 'discord.js'
import type { MessageCommand } from '../../src/discord/command.ts'
import { en } from '../../src/locales/en.ts'
import { RETRACT, retractShown, retractWhisper } from './retract.ts'

export const retract: MessageCommand = {
  data: {
    type: ApplicationCommandType.Message,
    name: en.retract.onMessage,
    contexts: [InteractionContextType.Guild],
  },
  run: retractShown,
  buttons: { [RETRACT]: retractWhisper },
}
