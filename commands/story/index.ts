import { ApplicationCommandOptionType } from 'discord.js'
import type { Command } from '../../src/discord/command.ts'
import { en } from '../../src/locales/en.ts'
import { slash, subcommand } from '../slash.ts'
import { archive, unarchive } from './archive.ts'
import { confirmRemoval, remove, restore } from './delete.ts'
import { exportStory } from './export.ts'
import { importStory } from './import.ts'
import { list, listPage } from './list.ts'
import { reopen } from './reopen.ts'
import { begin, start } from './start.ts'

const { stories: words } = en

export const story: Command = {
  data: slash('story', en.command.story, [
    subcommand('start', en.command.start),
    subcommand('list', en.command.list),
    subcommand('export', words.export),
    subcommand('import', words.import, [
      {
        type: ApplicationCommandOptionType.Attachment,
        name: 'file',
        description: words.importFile,
        required: true,
      },
    ]),
    subcommand('archive', words.archive),
    subcommand('unarchive', words.unarchive),
    subcommand('delete', words.delete),
  ]),
  subcommands: {
    ...{ start, list, archive, unarchive, delete: remove },
    ...{ export: exportStory, import: importStory },
  },
  buttons: { stories: listPage, 'story-restore': restore },
  selects: { reopen },
  modals: { start: begin, 'story-delete': confirmRemoval },
}
