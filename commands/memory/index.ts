import { ApplicationCommandOptionType } from 'discord.js'
import type { Command } from '../../src/discord/command.ts'
import { suggestCast } from '../../src/discord/names.ts'
import { en } from '../../src/locales/en.ts'
import { PROSE_LIMIT } from '../../src/story/edit/edit.ts'
import { kindOption, namedOption, numberOption, significanceOption, textOption } from '../options.ts'
import { slash, subcommand } from '../slash.ts'
import { add } from './add.ts'
import { edit, saveEdit } from './edit.ts'
import { addFact, factPage, listFacts } from './fact.ts'
import { confirmForget, forget } from './forget.ts'
import { list, listPage } from './list.ts'
import { suggestMemory } from './memory.ts'
import { suggestOwner } from './owner.ts'
import { pin, unpin } from './pin.ts'
import { search } from './search.ts'

const { option, ...words } = en.memory

/** Further than anybody leafs. */
const LAST_PAGE = 100_000

/** As long as what a player says in a line. */
const SEARCH_LIMIT = 500

const owner = (description: string) => namedOption('owner', description, { required: true })
const text = (description: string) =>
  textOption('text', description, { required: true, max_length: PROSE_LIMIT })
const chosen = [owner(option.owner), namedOption('memory', option.memory, { required: true })]

export const memory: Command = {
  data: slash('memory', words.about, [
    subcommand('add', words.add, [
      owner(option.owner),
      text(option.text),
      significanceOption(option.significance),
      kindOption('source', option.source, words.source),
      namedOption('told-by', option.toldBy),
    ]),
    subcommand('list', words.list, [
      owner(option.owner),
      numberOption('page', option.page, { least: 1, most: LAST_PAGE }),
    ]),
    subcommand('search', words.search, [
      owner(option.owner),
      textOption('words', option.words, { required: true, max_length: SEARCH_LIMIT }),
    ]),
    subcommand('edit', words.edit, chosen),
    subcommand('forget', words.forget, chosen),
    subcommand('pin', words.pin, chosen),
    subcommand('unpin', words.unpin, chosen),
    // What someone knows is kept beside what they remember, and is open to the same people.
    {
      type: ApplicationCommandOptionType.SubcommandGroup,
      name: 'fact',
      description: en.fact.about,
      options: [
        subcommand('add', en.fact.add, [owner(en.fact.option.owner), text(en.fact.option.text)]),
        subcommand('list', en.fact.list, [owner(en.fact.option.owner)]),
      ],
    },
  ]),
  subcommands: { add, list, search, edit, forget, pin, unpin, 'fact add': addFact, 'fact list': listFacts },
  autocomplete: { owner: suggestOwner, 'told-by': suggestCast, memory: suggestMemory },
  buttons: { memories: listPage, facts: factPage, 'memory-forget': confirmForget },
  modals: { 'memory-edit': saveEdit },
}
