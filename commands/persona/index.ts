import type { Command } from '../../src/discord/command.ts'
import { PERSONA_ASK } from '../../src/discord/introduce.ts'
import { en } from '../../src/locales/en.ts'
import { slash, subcommand } from '../slash.ts'
import { clear } from './clear.ts'
import { save, set, setByButton } from './set.ts'
import { show } from './show.ts'

export const persona: Command = {
  data: slash('persona', en.command.persona, [
    subcommand('set', en.command.personaSet),
    subcommand('show', en.command.personaShow),
    subcommand('clear', en.command.personaClear),
  ]),
  subcommands: { set, show, clear },
  buttons: { [PERSONA_ASK]: setByButton },
  modals: { persona: save },
}
