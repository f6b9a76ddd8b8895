import { ButtonStyle, ComponentType } from 'discord-api-types/v10'
import { z } from 'zod'
import { flaw, httpUrl, list, snowflake, text } from './form.ts'

/** What people press and choose from in a message, and the rows that hold it. */

const emoji = z.object({
  id: snowflake.nullish(),
  name: z.string().nullish(),
  animated: z.boolean().nullish(),
})

/** A component's number in its message; 0 and none leave it to Discord. */
export const ownId = z.int().min(0).nullish()

export const button = z
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

const MAX_OPTIONS = 25

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
      MAX_OPTIONS,
    ),
    placeholder: text(0, 150).nullish(),
    min_values: z.int().min(0).max(MAX_OPTIONS).nullish(),
    max_values: z.int().min(1).max(MAX_OPTIONS).nullish(),
    disabled: z.boolean().nullish(),
  })
  .superRefine((value, context) => {
    const issue = (path: (string | number)[], code: string, message: string) =>
      context.addIssue({ code: 'custom', path, ...flaw(code, message) })
    const { min_values, max_values, options } = value
    const [least, most] = [min_values ?? 1, max_values ?? 1]
    if (least > most) {
      issue(['min_values'], 'NUMBER_TYPE_MAX', `int value should be less than or equal to ${most}.`)
    }
    const wanted = Math.max(least, most)
    if (options.length > 0 && options.length < wanted) {
      issue(['options'], 'BASE_TYPE_BAD_LENGTH', `Must be between ${wanted} and ${MAX_OPTIONS} in length.`)
    }
    const seen = new Set<string>()
    for (const [index, option] of options.entries()) {
      if (seen.has(option.value)) {
        issue(
          ['options', index, 'value'],
          'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
          'The specified option value is already used',
        )
      }
      seen.add(option.value)
    }
  })

export const actionRow = z
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
