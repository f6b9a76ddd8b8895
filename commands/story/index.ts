import { ApplicationCommandOptionType, ApplicationCommandType, InteractionContextType } from 'discord.js'
import type { Command } from '../../src/discord/command.ts'
import { en } from '../../src/locales/en.ts'
import { archive, unarchive } from './archive.ts'
import { confirmRemoval, remove, restore } from './delete.ts'
import { exportStory } from './export.ts'
import { importStory } from './import.ts'
import { list, listPage } from './list.ts'
import { reopen } from './reopen.ts'
import { begin, start } from './start.ts'

const { stories: words } = en
const { Attachment: File, Subcommand } = ApplicationCommandOptionType

export const story: Command = {
  data: {
    type: ApplicationCommandType.ChatInput,
    name: 'story',
    description: en.command.story,
    contexts: [InteractionContextType.Guild],
    options: [
      { type: Subcommand, name: 'start', description: en.command.start },
      { type: Subcommand, name: 'list', description: en.command.list },
      { type: Subcommand, name: 'export', description: words.export },
      {
        ...{ type: Subcommand, name: 'import', description: words.import },
        options: [{ type: File, name: 'file', description: words.importFile, required: true }],
      },
      { type: Subcommand, name: 'archive', description: words.archive },
      { type: Subcommand, name: 'unarchive', description: words.unarchive },
      { type: Subcommand, name: 'delete', description: words.delete },
    ],
  },
  subcommands: {
    ...{ start, list, archive, unarchive, delete: remove },
    ...{ export: exportStory, import: importStory },
  },
  buttons: { stories: listPage, 'story-restore': restore },
  selects: { reopen },
  modals: { start: begin, 'story-delete': confirmRemoval },
}
