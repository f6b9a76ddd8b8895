import { type APIMessageTopLevelComponent, ButtonStyle, ComponentType } from 'discord-api-types/v10'
import { z } from 'zod'
import { notBuilt } from '../refusal.ts'
import { dense, flaw, httpUrl, list, snowflake, text } from './form.ts'

const emoji = z.object({
  id: snowflake.nullish(),
  name: z.string().nullish(),
  animated: z.boolean().nullish(),
})
const ownId = z.int().min(0).nullish()

const button = z
  .object({
    type: z.literal(ComponentType.Button),
    id: ownId,
    style: z.int().min(ButtonStyle.Primary).max(ButtonStyle.Premium),
    label: text(0, 80).nullish(),
    emoji: emoji.nullish(),
    custom_id: text(1, 100).nullish(),
    url: httpUrl(512).nullish(),
    disabled: z.boolean().nullish(),
  })
  .superRefine((value, context) => {
    const issue = (path: string, code: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], ...flaw(code, message) })
    const link = value.style === ButtonStyle.Link
    if (link && !value.url) issue('url', 'BASE_TYPE_REQUIRED', 'This field is required')
    if (link && value.custom_id) {
      issue(
        'custom_id',
        'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE',
        'A custom id and url cannot both be specified',
      )
    }
    if (!link && value.url) issue('url', 'BUTTON_COMPONENT_INVALID_STYLE', 'Only link buttons can have a url')
    if (!link && !value.custom_id) {
      issue('custom_id', 'BUTTON_COMPONENT_CUSTOM_ID_REQUIRED', 'A custom id is required')
    }
    if (!value.label && !value.emoji) {
      issue('label', 'BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED', 'A label or an emoji is required')
    }
  })

const stringSelect = z
  .object({
    type: z.literal(ComponentType.StringSelect),
    id: ownId,
    custom_id: text(1, 100),
    options: list(
      z.object({
        label: text(1, 100),
        value: text(1, 100),
        description: text(0, 100).nullish(),
        emoji: emoji.nullish(),
        default: z.boolean().nullish(),
      }),
      1,
      25,
    ),
    placeholder: text(0, 150).nullish(),
    min_values: z.int().min(0).max(25).nullish(),
    max_values: z.int().min(1).max(25).nullish(),
    disabled: z.boolean().nullish(),
  })
  .superRefine((value, context) => {
    const seen = new Set<string>()
    for (const [index, option] of value.options.entries()) {
      if (seen.has(option.value)) {
        context.addIssue({
          code: 'custom',
          path: ['options', index, 'value'],
          ...flaw('SELECT_COMPONENT_OPTION_VALUE_DUPLICATED', 'The specified option value is already used'),
        })
      }
      seen.add(option.value)
    }
  })

const actionRow = z
  .object({
    type: z.literal(ComponentType.ActionRow),
    id: ownId,
    components: list(z.discriminatedUnion('type', [button, stringSelect]), 1, 5),
  })
  .superRefine(({ components }, context) => {
    const widths = components.map(({ type }) => (type === ComponentType.Button ? 1 : 5))
    if (components.length <= 5 && widths.reduce((sum, width) => sum + width, 0) > 5) {
      context.addIssue({
        code: 'custom',
        path: ['components'],
        ...flaw('COMPONENT_LAYOUT_WIDTH_EXCEEDED', 'The specified component exceeds the maximum width'),
      })
    }
  })

/** Up to five rows of up to five buttons or one select; a custom id stands once in a message. */
export const Components = list(actionRow, 0, 5).superRefine((rows, context) => {
  const seen = new Set<string>()
  for (const [row, { components }] of rows.entries()) {
    for (const [column, { custom_id: customId }] of components.entries()) {
      if (!customId) continue
      if (seen.has(customId)) {
        context.addIssue({
          code: 'custom',
          path: [row, 'components', column, 'custom_id'],
          ...flaw('COMPONENT_CUSTOM_ID_DUPLICATED', 'Component custom id cannot be duplicated'),
        })
      }
      seen.add(customId)
    }
  }
})
export type Components = z.output<typeof Components>

const BUILT_TYPES: readonly unknown[] = [
  ComponentType.ActionRow,
  ComponentType.Button,
  ComponentType.StringSelect,
]

/** 501 for the component types that Discord knows and the sandbox does not, before the form calls them wrong. */
export const refuseUnbuiltComponents = (components: unknown): void => {
  if (!Array.isArray(components)) return
  for (const component of components as { type?: unknown; style?: unknown; components?: unknown }[]) {
    if (!component || typeof component !== 'object') continue
    const known = typeof component.type === 'number' && component.type in ComponentType
    if (known && !BUILT_TYPES.includes(component.type)) {
      throw notBuilt(`message components of type ${component.type}`)
    }
    if (component.type === ComponentType.Button && component.style === ButtonStyle.Premium) {
      throw notBuilt('premium buttons')
    }
    refuseUnbuiltComponents(component.components)
  }
}

/** As Discord gives them back: every component has an id, counted from 1 where the sender gave none. */
export const numberComponents = (rows: Components): APIMessageTopLevelComponent[] => {
  let next = 1
  const numbered = rows.map((row) => ({
    type: row.type,
    id: row.id || next++,
    components: row.components.map((component) => dense({ ...component, id: component.id || next++ })),
  }))
  return numbered as unknown as APIMessageTopLevelComponent[]
}
