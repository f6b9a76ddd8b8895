import {
  type APILabelComponent,
  ComponentType,
  type ModalSubmitInteraction,
  TextInputStyle,
} from 'discord.js'
import { shorten } from './render.ts'

/** One input of a form. `value`: what stands in it when it opens. */
export type FormField = {
  readonly id: string
  readonly label: string
  readonly hint: string
  readonly limit: number
  readonly value?: string
  readonly isLong?: boolean
  readonly isRequired?: boolean
}

/** What a form shows of words that may be longer than it takes. */
export const shownInForm = (words: string, limit: number): string => shorten(words, limit)

export const formField = ({
  id,
  label,
  hint,
  limit,
  value = '',
  isLong = false,
  isRequired = false,
}: FormField): APILabelComponent => ({
  type: ComponentType.Label,
  label,
  component: {
    type: ComponentType.TextInput,
    custom_id: id,
    style: isLong ? TextInputStyle.Paragraph : TextInputStyle.Short,
    placeholder: hint,
    required: isRequired,
    max_length: limit,
    ...(value ? { value: shownInForm(value, limit) } : {}),
  },
})

/** What was written into a form's input; empty where it was left blank. */
export const writtenIn = ({ fields }: ModalSubmitInteraction<'cached'>, id: string): string =>
  fields.getTextInputValue(id).trim()
