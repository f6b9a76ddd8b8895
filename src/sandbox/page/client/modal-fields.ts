import {
  type APIModalInteractionResponseCallbackData,
  type APIStringSelectComponent,
  type APITextInputComponent,
  ComponentType,
  TextInputStyle,
} from 'discord-api-types/v10'

/** A field of a modal, whichever of Discord's two shapes it came in. */
export type Field = {
  readonly id: string
  readonly label: string
  readonly hint: string
  readonly kind: 'short' | 'paragraph' | 'select'
  readonly placeholder: string
  readonly required: boolean
  readonly minLength: number
  readonly maxLength: number
  readonly initial: string
  readonly choices: readonly { readonly value: string; readonly label: string }[]
}

/** What a modal shows, from top to bottom. */
export type Part = { readonly text: string } | { readonly field: Field } | { readonly unknown: ComponentType }

/** Discord's own limit of a text input. */
const MAX_LENGTH = 4_000

const textField = (input: APITextInputComponent, label: string, hint: string): Field => ({
  id: input.custom_id,
  label,
  hint,
  kind: input.style === TextInputStyle.Paragraph ? 'paragraph' : 'short',
  placeholder: input.placeholder ?? '',
  required: input.required ?? true,
  minLength: input.min_length ?? 0,
  maxLength: input.max_length ?? MAX_LENGTH,
  initial: input.value ?? '',
  choices: [],
})

const selectField = (select: APIStringSelectComponent, label: string, hint: string): Field => ({
  id: select.custom_id,
  label,
  hint,
  kind: 'select',
  placeholder: select.placeholder ?? 'Make a selection',
  required: select.required ?? true,
  minLength: 0,
  maxLength: MAX_LENGTH,
  initial: select.options.find((option) => option.default)?.value ?? '',
  choices: select.options.map(({ value, label: name }) => ({ value, label: name })),
})

type Component = APIModalInteractionResponseCallbackData['components'][number]

const partsOf = (component: Component): Part[] => {
  // Read before the cases below: a newer Discord may send a kind that the types do not have yet.
  const kind: ComponentType = component.type
  if (component.type === ComponentType.ActionRow) {
    return component.components.map((input) => ({ field: textField(input, input.label ?? '', '') }))
  }
  if (component.type === ComponentType.Label) {
    const { label, description = '', component: inner } = component
    if (inner.type === ComponentType.TextInput) return [{ field: textField(inner, label, description) }]
    if (inner.type === ComponentType.StringSelect) return [{ field: selectField(inner, label, description) }]
    return [{ unknown: inner.type }]
  }
  if (component.type === ComponentType.TextDisplay) return [{ text: component.content }]
  return [{ unknown: kind }]
}

export const modalParts = (modal: APIModalInteractionResponseCallbackData): Part[] =>
  modal.components.flatMap(partsOf)

export const modalFields = (modal: APIModalInteractionResponseCallbackData): Field[] =>
  modalParts(modal).flatMap((part) => ('field' in part ? [part.field] : []))

/** What is wrong with a field's text, in words for its owner. */
export const fieldError = (field: Field, text: string): string | undefined => {
  if (text === '') return field.required ? 'This field is required.' : undefined
  if (text.length < field.minLength) return `At least ${field.minLength} characters (now ${text.length}).`
  if (text.length > field.maxLength) return `At most ${field.maxLength} characters (now ${text.length}).`
  return undefined
}
