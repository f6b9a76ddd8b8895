import { ApplicationCommandType, InteractionContextType } from 'discord.js'
import { BRANCH_DESCRIPTION_LIMIT, BRANCH_NAME_LIMIT, suggestBranch } from '../../src/discord/branch-names.ts'
import type { Command, MessageCommand } from '../../src/discord/command.ts'
import { en } from '../../src/locales/en.ts'
import { namedOption, textOption, yesOrNoOption } from '../options.ts'
import { suggestTurn } from '../rewind/turns.ts'
import { slash, subcommand } from '../slash.ts'
import { answerAnew, askAnew } from './anew.ts'
import { begin, create, fork, forkFromMessage } from './create.ts'
import { confirmRemoval, remove, undoRemoval } from './delete.ts'
import { diff } from './diff.ts'
import { list, listPage } from './list.ts'
import { rename } from './rename.ts'
import { switchTo } from './switch.ts'
import { tree } from './tree.ts'

const { branch: words } = en
const required = { required: true }
const aName = { max_length: BRANCH_NAME_LIMIT, required: true }
const aDescription = { max_length: BRANCH_DESCRIPTION_LIMIT }

export const branch: Command = {
  data: slash('branch', words.about, [
    subcommand('create', words.create, [
      textOption('name', words.option.name, aName),
      textOption('description', words.option.description, aDescription),
      namedOption('turn', words.option.turn),
      yesOrNoOption('here', words.option.here),
    ]),
    subcommand('list', words.list),
    subcommand('tree', words.tree),
    subcommand('switch', words.switch, [
      namedOption('branch', words.option.which, required),
      yesOrNoOption('here', words.option.switchHere),
    ]),
    subcommand('rename', words.rename, [
      namedOption('branch', words.option.which, required),
      textOption('name', words.option.newName, aName),
      textOption('description', words.option.newDescription, aDescription),
    ]),
    subcommand('delete', words.delete, [namedOption('branch', words.option.which, required)]),
    subcommand('diff', words.diff, [
      namedOption('one', words.option.one),
      namedOption('other', words.option.other),
    ]),
  ]),
  subcommands: { create, list, tree, switch: switchTo, rename, delete: remove, diff },
  autocomplete: { branch: suggestBranch, one: suggestBranch, other: suggestBranch, turn: suggestTurn },
  buttons: {
    fork,
    'branch-edit': askAnew,
    branches: listPage,
    'branch-delete': confirmRemoval,
    'branch-restore': undoRemoval,
  },
  modals: { 'branch-form': begin, 'branch-anew': answerAnew },
}

export const branchFromHere: MessageCommand = {
  data: {
    type: ApplicationCommandType.Message,
    name: words.fromHere,
    contexts: [InteractionContextType.Guild],
  },
  run: forkFromMessage,
}
