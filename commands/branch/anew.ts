import type { Interaction, Message } from 'discord.js'
import { readable } from '../../src/discord/called.ts'
import type { ButtonHandler, Face, ModalHandler } from '../../src/discord/command.ts'
import { customId } from '../../src/discord/custom-id.ts'
import { writtenIn } from '../../src/discord/form.ts'
import { isInCharge } from '../../src/discord/here.ts'
import { isFromPerson } from '../../src/discord/messages.ts'
import { subtext } from '../../src/discord/render.ts'
import { UserFacingError } from '../../src/kit/errors.ts'
import type { Head } from '../../src/story/head.ts'
import { turnOfMessage } from '../rewind/ask.ts'
import { beginBranch, playedHere } from './branch.ts'
import { branchForm } from './create.ts'

type Line = { readonly head: Head; readonly turn: number; readonly said: Message<true> }

/** What a player wrote in a message, for that player and for those who lead the story. `turn`: of which it is part. */
const lineIn = async (interaction: Interaction<'cached'>, id: string, face: Face): Promise<Line> => {
  const { texts } = face
  const head = await playedHere(interaction, face)
  const turn = await turnOfMessage(head, id, face)
  const said = await interaction.channel?.messages.fetch(id).catch(() => undefined)
  if (!said || !isFromPerson(said)) throw new UserFacingError('not_in_story', texts.rewind.notInStory)
  if (said.author.id !== interaction.user.id && !isInCharge(interaction, head))
    throw new UserFacingError('not_yours', texts.again.notYours)
  return { head, turn, said }
}

/** *Branch from there*, under a line that was edited far back: asks what the branch is called that answers it. */
export const askAnew: ButtonHandler = async (interaction, [, , message = ''], face) => {
  const { turn } = await lineIn(interaction, message, face)
  await interaction.showModal(branchForm(customId('branch-anew', message), turn - 1, face.texts))
}

/** The filled form: the branch begins before the line's turn, and the line as it is now is said there. */
export const answerAnew: ModalHandler = async (interaction, [message = ''], face) => {
  const { head, turn, said } = await lineIn(interaction, message, face)
  const beginning = {
    ...{ head, turn: turn - 1, isHere: false },
    name: writtenIn(interaction, 'name'),
    description: writtenIn(interaction, 'description'),
  }
  const begun = await beginBranch(interaction, beginning, face)
  if (!begun) return
  const { ref, thread } = begun
  const text = readable(said)
  // A link, not the words: whoever deletes the message takes them back everywhere.
  const line = await thread.send(subtext(face.texts.branch.saidAnew(said.url)))
  await face.engine.say(ref, thread.id, {
    ...{ id: line.id, source: said.id, sentAt: line.createdTimestamp, text },
    player: { id: said.author.id, displayName: said.member?.displayName ?? said.author.displayName },
  })
}
