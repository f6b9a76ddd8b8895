import type { Command } from '../../src/discord/command.ts'
import { suggestPlace } from '../../src/discord/names.ts'
import { en } from '../../src/locales/en.ts'
import { kindOption, namedOption, textOption, yesOrNoOption } from '../options.ts'
import { slash, subcommand } from '../slash.ts'
import { add } from './add.ts'
import { edit } from './edit.ts'
import { list } from './list.ts'
import { remove } from './remove.ts'

const { option, ...words } = en.place

const traits = [
  yesOrNoOption('moving', option.moving),
  yesOrNoOption('public', option.public),
  kindOption('heard', option.heard, words.heard),
]

export const place: Command = {
  data: slash('place', words.about, [
    subcommand('add', words.add, [
      textOption('name', option.name, { required: true }),
      textOption('type', option.type, { required: true }),
      namedOption('inside', option.inside),
      ...traits,
    ]),
    subcommand('edit', words.edit, [
      namedOption('place', option.place, { required: true }),
      textOption('name', option.newName),
      textOption('type', option.type),
      namedOption('inside', option.newInside),
      ...traits,
    ]),
    subcommand('remove', words.remove, [namedOption('place', option.place, { required: true })]),
    subcommand('list', words.list, [namedOption('place', option.within)]),
  ]),
  subcommands: { add, edit, remove, list },
  autocomplete: { place: suggestPlace, inside: suggestPlace },
}
