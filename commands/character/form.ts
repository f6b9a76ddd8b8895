import type { APIModalInteractionResponseCallbackData, ModalSubmitInteraction } from 'discord.js'
import { type ButtonRow, button, row } from '../../src/discord/buttons.ts'
import { customId } from '../../src/discord/custom-id.ts'
import { formField, shownInForm, writtenIn } from '../../src/discord/form.ts'
import { shorten } from '../../src/discord/render.ts'
import type { SheetField } from '../../src/discord/sheet.ts'
import type { Texts } from '../../src/locales/en.ts'
import type { Character } from '../../src/story/cast.ts'
import { CHARACTER_LIMITS } from '../../src/story/edit/people.ts'
import type { Head } from '../../src/story/head.ts'
import type { EntityId } from '../../src/story/ref.ts'
import { TITLE_LIMIT } from '../limits.ts'
import { type CharacterField, wordIn } from './character.ts'

/** The two forms: Discord takes five inputs in one, and opens no form from another. */
export const FIRST: readonly CharacterField[] = ['name', 'persona', 'voice', 'traits', 'backstory']
export const MORE: readonly CharacterField[] = ['relationship', 'kickoff']

export type Written = Readonly<Partial<Record<CharacterField, string>>>

/** What the form's inputs hold when it opens on a character. */
export const prefill = (head: Head, character: Character, fields: readonly CharacterField[]): Written =>
  Object.fromEntries(
    fields.map((field) => [field, shownInForm(wordIn(head, character, field), CHARACTER_LIMITS[field])]),
  )

export const characterForm = (
  form: { readonly id: string; readonly title: string; readonly fields: readonly CharacterField[] },
  values: Written,
  { character: words }: Texts,
): APIModalInteractionResponseCallbackData => ({
  custom_id: form.id,
  title: shorten(form.title, TITLE_LIMIT),
  components: form.fields.map((id) =>
    formField({
      id,
      label: words.field[id],
      hint: words.hint[id],
      limit: CHARACTER_LIMITS[id],
      value: values[id] ?? '',
      isLong: id !== 'name',
      isRequired: id === 'name',
    }),
  ),
})

export const readCharacter = (
  interaction: ModalSubmitInteraction<'cached'>,
  fields: readonly CharacterField[],
): Written => Object.fromEntries(fields.map((field) => [field, writtenIn(interaction, field)]))

/** What was written beside the name, as a reply gives it back. */
export const besideName = (written: Written, { character: words }: Texts): SheetField[] =>
  [...FIRST, ...MORE]
    .filter((field) => field !== 'name')
    .map((field) => ({ label: words.field[field], words: written[field] ?? '' }))

/** The button that opens the second form. */
export const moreRow = (character: EntityId, texts: Texts): ButtonRow =>
  row(button(texts.character.more, customId('character-more', character)))
