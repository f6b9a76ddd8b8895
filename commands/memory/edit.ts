import type { APIModalInteractionResponseCallbackData, ModalSubmitInteraction } from 'discord.js'
import type { CommandHandler, Face, ModalHandler } from '../../src/discord/command.ts'
import { customId } from '../../src/discord/custom-id.ts'
import { formField, writtenIn } from '../../src/discord/form.ts'
import { isInCharge, storyHere } from '../../src/discord/here.ts'
import { castIn, labelOf } from '../../src/discord/names.ts'
import { shorten, subtext } from '../../src/discord/render.ts'
import { sheet } from '../../src/discord/sheet.ts'
import { UserFacingError } from '../../src/kit/errors.ts'
import type { Texts } from '../../src/locales/en.ts'
import { PROSE_LIMIT } from '../../src/story/edit/edit.ts'
import { supersedeMemory, UNFORGETTABLE } from '../../src/story/edit/memory.ts'
import type { Head } from '../../src/story/head.ts'
import type { PlayerId } from '../../src/story/ref.ts'
import type { Remembered } from '../../src/turn/ports/timeline.ts'
import type { Change } from '../change.ts'
import { TITLE_LIMIT } from '../limits.ts'
import { changeMemories } from './change.ts'
import { detailsOf, memoryAsked, memoryAt } from './memory.ts'
import { nameIn } from './owner.ts'

const percentOf = ({ reliability }: Remembered): number => Math.round(100 * reliability)

/**
 * A form with the words of a memory as they stand, and for those who lead the story with how much it matters and how
 * sure it is. `id`: the custom id that it carries.
 */
export const memoryForm = (
  head: Head,
  memory: Remembered,
  { id, isLeading }: { readonly id: string; readonly isLeading: boolean },
  texts: Texts,
): APIModalInteractionResponseCallbackData => {
  const { owner, body, significance } = memory
  const { heading, label, hint, matters, sure } = texts.memory.form
  const weight = [
    { id: 'matters', label: matters, hint: '1', limit: 1, value: String(significance) },
    { id: 'sure', label: sure, hint: '100', limit: 3, value: String(percentOf(memory)) },
  ]
  return {
    custom_id: id,
    title: shorten(heading(labelOf(castIn(head, texts), owner)), TITLE_LIMIT),
    components: [
      formField({ id: 'text', label, hint, limit: PROSE_LIMIT, value: body, isLong: true, isRequired: true }),
      ...(isLeading ? weight.map(formField) : []),
    ],
  }
}

/** What was written into a memory's form. `matters`, and `sure` in percent: undefined where they stay as they are. */
type Written = {
  readonly text: string
  readonly player: PlayerId
  readonly matters: number | undefined
  readonly sure: number | undefined
}

/** Reads a memory's form, filled. Refused, in words, where a number is none. */
export const writtenOf = (
  interaction: ModalSubmitInteraction<'cached'>,
  head: Head,
  { memory: words }: Texts,
): Written => {
  const numberIn = (id: string, most: number): number | undefined => {
    const isAsked = isInCharge(interaction, head) && interaction.fields.fields.has(id)
    const typed = isAsked ? writtenIn(interaction, id) : ''
    if (typed === '') return undefined
    if (!/^\d{1,3}$/u.test(typed) || Number(typed) > most)
      throw new UserFacingError('not_a_weight', words.notAWeight)
    return Number(typed)
  }
  return {
    text: writtenIn(interaction, 'text'),
    player: interaction.user.id,
    ...{ matters: numberIn('matters', UNFORGETTABLE), sure: numberIn('sure', 100) },
  }
}

/** Puts other words, or another weight, in the place of a memory's. */
export const rewording = (
  head: Head,
  memory: Remembered,
  { text, player, matters = memory.significance, sure = percentOf(memory) }: Written,
  face: Face,
): Change => {
  const { edited, field } = face.texts.memory
  const reliability = sure === percentOf(memory) ? memory.reliability : sure / 100
  const weighed = { ...memory, significance: matters, reliability }
  const isReworded = text !== memory.body
  const isWeighed = matters !== memory.significance || reliability !== memory.reliability
  const fields = [
    ...(isReworded ? [{ label: field.before, words: memory.body }] : []),
    { label: field.after, words: text },
  ]
  return {
    decision:
      isReworded || isWeighed
        ? supersedeMemory(head.state, player, { memory: weighed, text }, face.newId)
        : { refused: 'nothing_changed' },
    told: sheet(
      edited(nameIn(head, memory.owner, face)),
      fields,
      isWeighed ? subtext(detailsOf(head, weighed, face.texts)) : '',
    ),
  }
}

/** `/memory edit`. */
export const edit: CommandHandler = async (interaction, face) => {
  const { head, asked } = await memoryAsked(interaction, face)
  const form = { id: customId('memory-edit', asked.memory), isLeading: isInCharge(interaction, head) }
  await interaction.showModal(memoryForm(head, asked, form, face.texts))
}

/** The form, filled. */
export const saveEdit: ModalHandler = async (interaction, [id = ''], face) => {
  const seen = await storyHere(interaction, face)
  const said = writtenOf(interaction, seen, face.texts)
  await changeMemories(
    interaction,
    seen.ref,
    async (head) => rewording(head, await memoryAt(interaction, head, id, face), said, face),
    face,
  )
}
