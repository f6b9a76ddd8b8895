import type { APIModalInteractionResponseCallbackData, Interaction } from 'discord.js'
import { BRANCH_DESCRIPTION_LIMIT, BRANCH_NAME_LIMIT } from '../../src/discord/branch-names.ts'
import type {
  ButtonHandler,
  CommandHandler,
  Face,
  MessageCommand,
  ModalHandler,
} from '../../src/discord/command.ts'
import { turnIn } from '../../src/discord/controls.ts'
import { customId } from '../../src/discord/custom-id.ts'
import { formField, writtenIn } from '../../src/discord/form.ts'
import { UserFacingError } from '../../src/kit/errors.ts'
import type { Texts } from '../../src/locales/en.ts'
import type { Head } from '../../src/story/head.ts'
import { turnOfMessage } from '../rewind/ask.ts'
import { turnNumber } from '../rewind/turns.ts'
import { beginBranch, playedHere } from './branch.ts'

/** `/branch create`. */
export const create: CommandHandler = async (interaction, face) => {
  const { options } = interaction
  const head = await playedHere(interaction, face)
  const typed = options.getString('turn')
  const turn = typed === null ? undefined : turnNumber(typed)
  if (typed !== null && turn === undefined)
    throw new UserFacingError('no_such_turn', face.texts.rewind.noTurn)
  const beginning = {
    ...{ head, turn },
    name: options.getString('name', true),
    description: options.getString('description')?.trim() ?? '',
    isHere: options.getBoolean('here') ?? false,
  }
  await beginBranch(interaction, beginning, face)
}

/** After which turn a branch begins that is asked for at a turn, by its id, or at a message. */
const turnAt = async (head: Head, at: string, face: Face): Promise<number> =>
  (await face.past.numberOf(head, at)) ?? turnOfMessage(head, at, face)

/** Asks what a branch is called that begins after a turn. */
export const branchForm = (id: string, turn: number, { branch: { form: words } }: Texts) =>
  ({
    custom_id: id,
    title: words.heading(turn),
    components: [
      formField({
        ...{ id: 'name', label: words.name, hint: words.nameHint },
        ...{ limit: BRANCH_NAME_LIMIT, isRequired: true },
      }),
      formField({
        ...{ id: 'description', label: words.description, hint: words.descriptionHint },
        ...{ limit: BRANCH_DESCRIPTION_LIMIT, isLong: true },
      }),
    ],
  }) satisfies APIModalInteractionResponseCallbackData

const formFor = async (interaction: Interaction<'cached'>, at: string, face: Face) => {
  const head = await playedHere(interaction, face)
  return branchForm(customId('branch-form', at), await turnAt(head, at, face), face.texts)
}

/** *Branch* under the newest answer. */
export const fork: ButtonHandler = async (interaction, args, face) => {
  await interaction.showModal(await formFor(interaction, turnIn(args).turn, face))
}

/** *Branch from here*, in the menu of a message. */
export const forkFromMessage: MessageCommand['run'] = async (interaction, face) => {
  await interaction.showModal(await formFor(interaction, interaction.targetId, face))
}

/** The filled form. */
export const begin: ModalHandler = async (interaction, [at = ''], face) => {
  const head = await playedHere(interaction, face)
  const beginning = {
    head,
    turn: await turnAt(head, at, face),
    name: writtenIn(interaction, 'name'),
    description: writtenIn(interaction, 'description'),
    isHere: false,
  }
  await beginBranch(interaction, beginning, face)
}
