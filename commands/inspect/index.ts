import { ApplicationCommandType, InteractionContextType } from 'discord.js'
import type { Command, MessageCommand } from '../../src/discord/command.ts'
import { en } from '../../src/locales/en.ts'
import { namedOption } from '../options.ts'
import { suggestTurn } from '../rewind/turns.ts'
import { slash } from '../slash.ts'
import { inspectFile, inspectMessage, inspectPage, inspectTurn } from './inspect.ts'

export const inspect: Command = {
  data: slash('inspect', en.inspect.about, [namedOption('turn', en.inspect.turn)]),
  run: inspectTurn,
  autocomplete: { turn: suggestTurn },
  buttons: { inspect: inspectPage, 'inspect-file': inspectFile },
}

export const inspectThis: MessageCommand = {
  data: {
    type: ApplicationCommandType.Message,
    name: en.inspect.onMessage,
    contexts: [InteractionContextType.Guild],
  },
  run: inspectMessage,
}
