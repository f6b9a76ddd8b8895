import type { Interaction } from 'discord.js'
import type { ButtonHandler, Face, ModalHandler, SelectHandler } from '../../src/discord/command.ts'
import { customId } from '../../src/discord/custom-id.ts'
import { writtenIn } from '../../src/discord/form.ts'
import { isInCharge, storyHere } from '../../src/discord/here.ts'
import { sheet } from '../../src/discord/sheet.ts'
import { UserFacingError } from '../../src/kit/errors.ts'
import type { Decision } from '../../src/story/draft.ts'
import { mergeMemories } from '../../src/story/edit/memory.ts'
import type { Head } from '../../src/story/head.ts'
import type { MemoryId } from '../../src/story/ref.ts'
import type { Remembered } from '../../src/turn/ports/timeline.ts'
import type { Change } from '../change.ts'
import { memoryForm, rewording, writtenOf } from '../memory/edit.ts'
import { forgetting } from '../memory/forget.ts'
import { demandOpen, nameIn } from '../memory/owner.ts'
import { pinning, unpinning } from '../memory/pin.ts'
import { changeInPanel } from './change.ts'
import { mergeForm } from './forms.ts'
import { beginningOf, type View } from './view.ts'

/** A memory as a head has it, for those who may change it there. */
const memoryIn = async (
  interaction: Interaction<'cached'>,
  head: Head,
  id: MemoryId,
  face: Face,
): Promise<Remembered> => {
  const found = await face.memories.memory(head, id)
  if (!found) throw new UserFacingError('memory_gone', face.texts.state.memoryGone)
  demandOpen(interaction, head, found.owner, face)
  return found
}

/** Where another memory stands in the place of one that was shown, that one is shown. */
const nextTo =
  (shown: MemoryId) =>
  (made: Decision | undefined): View => {
    const superseded = made?.events.find(({ type }) => type === 'memory.superseded')
    const by = superseded?.type === 'memory.superseded' ? superseded.data.by : shown
    return by === null ? beginningOf('memories') : { page: 'memory', memory: by, asks: false }
  }

type Act = (head: Head, memory: Remembered, player: string, face: Face) => Change | Promise<Change>

/** Does something to a memory, and shows what became of it. */
const acting =
  (act: Act): ButtonHandler =>
  async (interaction, [id = ''], face) => {
    const { ref } = await storyHere(interaction, face)
    await changeInPanel(
      interaction,
      {
        ref,
        change: async (head) =>
          act(head, await memoryIn(interaction, head, id, face), interaction.user.id, face),
        next: nextTo(id),
        refused: face.texts.memory.refused,
      },
      face,
    )
  }

export const pinHere = acting(pinning)
export const unpinHere = acting(unpinning)
export const forgetHere = acting(forgetting)

/** *Edit*: a form with the words as they stand. */
export const askWords: ButtonHandler = async (interaction, [id = ''], face) => {
  const head = await storyHere(interaction, face)
  const memory = await memoryIn(interaction, head, id, face)
  const form = { id: customId('state-words', id), isLeading: isInCharge(interaction, head) }
  await interaction.showModal(memoryForm(head, memory, form, face.texts))
}

/** The form, filled. */
export const saveWords: ModalHandler = async (interaction, [id = ''], face) => {
  const seen = await storyHere(interaction, face)
  const said = writtenOf(interaction, seen, face.texts)
  await changeInPanel(
    interaction,
    {
      ref: seen.ref,
      change: async (head) => rewording(head, await memoryIn(interaction, head, id, face), said, face),
      next: nextTo(id),
      refused: face.texts.memory.refused,
    },
    face,
  )
}

/** Memories to be made into one were chosen: a form with the words of all of them. */
export const askMerge: SelectHandler = async (interaction, _args, face) => {
  const head = await storyHere(interaction, face)
  const { values } = interaction
  const chosen = await Promise.all(values.map((id) => memoryIn(interaction, head, id, face)))
  await interaction.showModal(mergeForm(chosen, customId('state-merged', ...values), face.texts))
}

/** The form, filled: what is written stands in the place of all of them. */
export const saveMerge: ModalHandler = async (interaction, ids, face) => {
  const { newId, texts } = face
  const { ref } = await storyHere(interaction, face)
  const text = writtenIn(interaction, 'text')
  const merging = async (head: Head): Promise<Change> => {
    const memories = await Promise.all(ids.map((id) => memoryIn(interaction, head, id, face)))
    const name = nameIn(head, memories[0]?.owner ?? '', face)
    return {
      decision: mergeMemories(head.state, interaction.user.id, { memories, text }, newId),
      told: sheet(texts.state.merged(name, memories.length), [
        { label: texts.memory.field.after, words: text },
      ]),
    }
  }
  const next = nextTo(ids[0] ?? '')
  await changeInPanel(interaction, { ref, change: merging, next, refused: texts.memory.refused }, face)
}
