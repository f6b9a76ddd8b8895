import { act } from '../../src/discord/act.ts'
import type { Command } from '../../src/discord/command.ts'
import { MESSAGE_LIMIT } from '../../src/discord/split.ts'
import { en } from '../../src/locales/en.ts'
import { textOption } from '../options.ts'
import { slash } from '../slash.ts'

export const say: Command = {
  data: slash('say', en.acted.sayAbout, [
    textOption('text', en.acted.sayText, { required: true, max_length: MESSAGE_LIMIT }),
  ]),
  run: (interaction, face) => act(interaction, 'say', face),
}
