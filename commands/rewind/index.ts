import { ApplicationCommandType, InteractionContextType } from 'discord.js'
import type { Command, MessageCommand } from '../../src/discord/command.ts'
import { en } from '../../src/locales/en.ts'
import { namedOption } from '../options.ts'
import { slash } from '../slash.ts'
import { rewindTo, rewindToMessage } from './ask.ts'
import { cancel, confirm, undo } from './confirm.ts'
import { fresh } from './fresh.ts'
import { suggestTurn } from './turns.ts'

export const rewind: Command = {
  data: slash('rewind', en.command.rewind, [namedOption('turn', en.command.rewindTurn)]),
  run: rewindTo,
  autocomplete: { turn: suggestTurn },
  buttons: { rewind: confirm, stay: cancel, undo, fresh },
}

export const rewindToHere: MessageCommand = {
  data: {
    type: ApplicationCommandType.Message,
    name: en.command.rewindToHere,
    contexts: [InteractionContextType.Guild],
  },
  run: rewindToMessage,
}
