import type { Command } from '../../src/discord/command.ts'
import { en } from '../../src/locales/en.ts'
import { askBack } from '../rewind/ask.ts'
import { slash } from '../slash.ts'
import { goOn, pauseStory } from './pause.ts'

export const pause: Command = {
  data: slash('pause', en.pause.about),
  run: pauseStory,
  buttons: { 'pause-rewind': askBack, unpause: goOn },
}
