import type { Command } from '../../src/discord/command.ts'
import { en } from '../../src/locales/en.ts'
import { NAME_LIMIT } from '../../src/story/cast.ts'
import { namedOption } from '../options.ts'
import { slash, subcommand } from '../slash.ts'
import { suggestCharacter } from './character.ts'
import { create, introduce } from './create.ts'
import { edit, more, saveFirst, saveMore } from './edit.ts'
import { evolution, evolutionPage } from './evolution.ts'
import { show } from './show.ts'

const name = (more: { readonly required?: boolean } = {}) =>
  namedOption('name', en.command.characterName, { max_length: NAME_LIMIT, ...more })

export const character: Command = {
  data: slash('character', en.command.character, [
    subcommand('create', en.command.characterCreate),
    subcommand('edit', en.command.characterEdit, [name({ required: true })]),
    subcommand('show', en.command.characterShow, [name()]),
    subcommand('evolution', en.evolution.about, [name({ required: true })]),
  ]),
  subcommands: { create, edit, show, evolution },
  autocomplete: { name: suggestCharacter },
  buttons: { 'character-more': more, evolution: evolutionPage },
  modals: { 'character-create': introduce, 'character-edit': saveFirst, 'character-more': saveMore },
}
