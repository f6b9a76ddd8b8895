import { ApplicationCommandOptionType } from 'discord.js'
import type { Command } from '../../src/discord/command.ts'
import { en } from '../../src/locales/en.ts'
import { slash, subcommand } from '../slash.ts'
import { archive, unarchive } from './archive.ts'
import { confirmRemoval, remove, restore } from './delete.ts'
import { exportStory } from './export.ts'
import { importStory } from './import.ts'
import { kickoff, propose } from './kickoff.ts'
import { begin as beginScene, choosePart, discard, savePart, showPage } from './kickoff-controls.ts'
import { list, listPage } from './list.ts'
import { reopen } from './reopen.ts'
import { begin, start } from './start.ts'

const { stories: words } = en

export const story: Command = {
  data: slash('story', en.command.story, [
    subcommand('start', en.command.start),
    subcommand('list', en.command.list),
    subcommand('kickoff', en.kickoff.about),
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
    ...{ start, kickoff, list, archive, unarchive, delete: remove },
    ...{ export: exportStory, import: importStory },
  },
  buttons: {
    ...{ stories: listPage, 'story-restore': restore },
    ...{ 'kickoff-begin': beginScene, 'kickoff-discard': discard, 'kickoff-page': showPage },
  },
  selects: { reopen, 'kickoff-part': choosePart },
  modals: {
    ...{ start: begin, 'story-delete': confirmRemoval },
    ...{ kickoff: propose, 'kickoff-part': savePart },
  },
}
