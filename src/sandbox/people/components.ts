import {
  type APIMessage,
  type APIModalInteractionResponseCallbackData,
  ButtonStyle,
  ComponentType,
} from 'discord-api-types/v10'
import { textInputsOf } from '../discord/forms/modal.ts'
import { type Control, controlsOf } from './reading.ts'
import { decline } from './refusals.ts'

const componentIn = (message: APIMessage, customId: string): Control => {
  const component = controlsOf(message).find((one) => 'custom_id' in one && one.custom_id === customId)
  if (!component) throw decline('That button is no longer there.')
  if (component.disabled) throw decline('That button is disabled.')
  return component
}

/** The `data` of a click on a button, or of a choice in a select. */
export const componentData = (
  message: APIMessage,
  customId: string,
  values: readonly string[] | undefined,
) => {
  const component = componentIn(message, customId)
  const data = { custom_id: customId, component_type: component.type, id: component.id }
  if (component.type === ComponentType.Button) {
    if (component.style === ButtonStyle.Link) throw decline('That button is a link.')
    return data
  }
  if (component.type !== ComponentType.StringSelect) throw decline('That select is not built yet.')
  const chosen = values ?? []
  const { min_values: min = 1, max_values: max = 1 } = component
  if (chosen.length < min || chosen.length > max) throw decline(`Choose ${min} to ${max}.`)
  if (chosen.some((value) => !component.options.some((option) => option.value === value))) {
    throw decline('That is not one of the choices.')
  }
  return { ...data, values: chosen }
}

/** The `data` of a filled-in form, checked against its inputs as Discord's client checks them. */
export const submissionData = (
  modal: APIModalInteractionResponseCallbackData,
  values: Readonly<Record<string, string>>,
) => {
  const labels = new Map(
    modal.components.flatMap((part): [string, string][] => {
      if (part.type === ComponentType.Label && 'custom_id' in part.component) {
        return [[part.component.custom_id, part.label]]
      }
      return part.type === ComponentType.ActionRow
        ? part.components.map(({ custom_id, label }) => [custom_id, label ?? custom_id])
        : []
    }),
  )
  const unknown = Object.keys(values).find((customId) => !labels.has(customId))
  if (unknown !== undefined) throw decline(`This form has no field “${unknown}”.`)
  for (const { custom_id: customId, required, min_length, max_length } of textInputsOf(modal)) {
    const label = labels.get(customId) ?? customId
    const length = values[customId]?.length ?? 0
    const min = min_length ?? 0
    const max = max_length ?? 4000
    if (length === 0 && required !== false) throw decline(`“${label}” is required.`)
    if (length > 0 && length < min) throw decline(`“${label}” must have at least ${min} characters.`)
    if (length > max) throw decline(`“${label}” must have at most ${max} characters.`)
  }
  const filled = (input: { type: number; id?: number; custom_id: string }) => ({
    type: input.type,
    id: input.id,
    custom_id: input.custom_id,
    value: values[input.custom_id] ?? '',
  })
  const components = modal.components.map((part) => {
    const { type, id } = part
    if (part.type === ComponentType.Label && 'custom_id' in part.component) {
      return { type, id, component: filled(part.component) }
    }
    if (part.type === ComponentType.ActionRow) return { type, id, components: part.components.map(filled) }
    return { type, id }
  })
  return { custom_id: modal.custom_id, components }
}
