import type { Command } from '../../src/discord/command.ts'
import { en } from '../../src/locales/en.ts'
import { slash, subcommand } from '../slash.ts'
import { month, monthPage } from './month.ts'
import { story, storyPage } from './story.ts'

const { cost: words } = en

export const cost: Command = {
  data: slash('cost', words.about, [subcommand('story', words.story), subcommand('month', words.month)]),
  subcommands: { story, month },
  buttons: { 'cost-story': storyPage, 'cost-month': monthPage },
}
