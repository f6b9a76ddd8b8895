import type { Command } from '../../src/discord/command.ts'
import { MESSAGE_LIMIT } from '../../src/discord/split.ts'
import { suggestCharacter } from '../../src/discord/voices.ts'
import { en } from '../../src/locales/en.ts'
import { namedOption, textOption } from '../options.ts'
import { slash } from '../slash.ts'
import { run } from './whisper.ts'

export const whisper: Command = {
  data: slash('whisper', en.whisper.about, [
    namedOption('to', en.whisper.to, { required: true }),
    textOption('text', en.whisper.text, { required: true, max_length: MESSAGE_LIMIT }),
  ]),
  run,
  autocomplete: { to: suggestCharacter },
}
