import {
  type APIModalInteractionResponseCallbackData,
  ComponentType,
  TextInputStyle,
} from 'discord-api-types/v10'
import { z } from 'zod'
import { notBuilt } from '../refusal.ts'
import { dense, flaw, list, readForm, text } from './form.ts'

const ownId = z.int().min(0).nullish()

const textInput = z.object({
  type: z.literal(ComponentType.TextInput),
  id: ownId,
  custom_id: text(1, 100),
  style: z.union([z.literal(TextInputStyle.Short), z.literal(TextInputStyle.Paragraph)]),
  label: text(1, 45).nullish(),
  min_length: z.int().min(0).max(4000).nullish(),
  max_length: z.int().min(1).max(4000).nullish(),
  required: z.boolean().nullish(),
  value: text(0, 4000).nullish(),
  placeholder: text(0, 100).nullish(),
})
export type TextInput = z.output<typeof textInput>

const row = z
  .object({ type: z.literal(ComponentType.ActionRow), id: ownId, components: list(textInput, 1, 1) })
  .superRefine(({ components: [input] }, context) => {
    if (input && !input.label) {
      context.addIssue({
        code: 'custom',
        path: ['components', 0, 'label'],
        ...flaw('BASE_TYPE_REQUIRED', 'This field is required'),
      })
    }
  })

const label = z
  .object({
    type: z.literal(ComponentType.Label),
    id: ownId,
    label: text(1, 45),
    description: text(1, 100).nullish(),
    component: textInput,
  })
  .superRefine(({ component }, context) => {
    if (component.label) {
      context.addIssue({
        code: 'custom',
        path: ['component', 'label'],
        ...flaw('COMPONENT_LABEL_NOT_ALLOWED', 'A text input in a label has no label of its own'),
      })
    }
  })

const words = z.object({ type: z.literal(ComponentType.TextDisplay), id: ownId, content: text(1, 4000) })

type Part = z.output<typeof row> | z.output<typeof label> | z.output<typeof words>

const inputIn = (part: Part): TextInput | undefined => {
  if (part.type === ComponentType.Label) return part.component
  return part.type === ComponentType.ActionRow ? part.components[0] : undefined
}

const Modal = z
  .object({
    custom_id: text(1, 100),
    title: text(1, 45),
    components: list(z.discriminatedUnion('type', [row, label, words]), 1, 5),
  })
  .superRefine(({ components }, context) => {
    const seen = new Set<string>()
    for (const [index, part] of components.entries()) {
      const input = inputIn(part)
      if (!input) continue
      const issue = (code: string, message: string) =>
        context.addIssue({ code: 'custom', path: ['components', index], ...flaw(code, message) })
      if (seen.has(input.custom_id)) {
        issue('COMPONENT_CUSTOM_ID_DUPLICATED', 'Component custom id cannot be duplicated')
      }
      if ((input.min_length ?? 0) > (input.max_length ?? 4000)) {
        issue('TEXT_INPUT_LENGTH_RANGE', 'The minimum length is larger than the maximum length')
      }
      if (input.value && input.value.length > (input.max_length ?? 4000)) {
        issue('BASE_TYPE_MAX_LENGTH', `Must be ${input.max_length} or fewer in length.`)
      }
      seen.add(input.custom_id)
    }
  })

const refuseUnbuiltInputs = (form: unknown): void => {
  if (!form || typeof form !== 'object' || !('components' in form) || !Array.isArray(form.components)) return
  for (const part of form.components as { component?: { type?: unknown } }[]) {
    const type = part?.component?.type
    if (typeof type === 'number' && type !== ComponentType.TextInput && type in ComponentType) {
      throw notBuilt(`modal inputs of type ${type}`)
    }
  }
}

/** Up to five parts: text inputs in a label or (the older form) in a row of their own, and plain words between. */
export const readModal = (form: unknown): APIModalInteractionResponseCallbackData => {
  refuseUnbuiltInputs(form)
  const modal = readForm(Modal, form)
  let next = 1
  const components = modal.components.map((part) => {
    const id = part.id || next++
    if (part.type === ComponentType.Label) {
      return dense({ ...part, id, component: dense({ ...part.component, id: part.component.id || next++ }) })
    }
    if (part.type === ComponentType.ActionRow) {
      return { ...part, id, components: part.components.map((input) => dense({ ...input, id: next++ })) }
    }
    return dense({ ...part, id })
  })
  return { ...modal, components } as unknown as APIModalInteractionResponseCallbackData
}

/** The text inputs of a modal, in their order. */
export const textInputsOf = (modal: APIModalInteractionResponseCallbackData): TextInput[] =>
  // A stored modal has passed `readModal`, so it still fits its own form.
  Modal.parse(modal).components.flatMap((part) => inputIn(part) ?? [])
