import { ApplicationCommandOptionType as Kind, ApplicationCommandType as Type } from 'discord-api-types/v10'
import { z } from 'zod'
import { notBuilt } from '../refusal.ts'
import { flaw, list, readForm, text } from './form.ts'

const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u

const name = text(1, 32).superRefine((value, context) => {
  if (!NAME.test(value)) {
    context.addIssue({
      code: 'custom',
      ...flaw('STRING_TYPE_REGEX', 'String value did not match validation regex.'),
    })
  } else if (value !== value.toLowerCase()) {
    context.addIssue({
      code: 'custom',
      ...flaw('APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid'),
    })
  }
})

const described = {
  name,
  name_localizations: z.record(z.string(), text(1, 32)).nullish(),
  description: text(1, 100),
  description_localizations: z.record(z.string(), text(1, 100)).nullish(),
}

const localized = z.record(z.string(), text(1, 100)).nullish()
const choices = <T extends z.ZodType>(value: T) =>
  list(z.object({ name: text(1, 100), name_localizations: localized, value }), 0, 25).nullish()
const common = { ...described, required: z.boolean().nullish() }
const typable = { ...common, autocomplete: z.boolean().nullish() }

const leaves = [
  z.object({
    type: z.literal(Kind.String),
    ...typable,
    choices: choices(text(1, 100)),
    min_length: z.int().min(0).max(6000).nullish(),
    max_length: z.int().min(1).max(6000).nullish(),
  }),
  z.object({
    type: z.literal(Kind.Integer),
    ...typable,
    choices: choices(z.int()),
    min_value: z.int().nullish(),
    max_value: z.int().nullish(),
  }),
  z.object({
    type: z.literal(Kind.Number),
    ...typable,
    choices: choices(z.number()),
    min_value: z.number().nullish(),
    max_value: z.number().nullish(),
  }),
  z.object({ type: z.literal(Kind.Boolean), ...common }),
  z.object({ type: z.literal(Kind.User), ...common }),
  z.object({
    type: z.literal(Kind.Channel),
    ...common,
    channel_types: z.array(z.int()).nullish(),
  }),
  z.object({ type: z.literal(Kind.Role), ...common }),
  z.object({ type: z.literal(Kind.Mentionable), ...common }),
  z.object({ type: z.literal(Kind.Attachment), ...common }),
] as const

type Named = {
  readonly type: number
  readonly name: string
  readonly required?: boolean | null | undefined
  readonly autocomplete?: boolean | null | undefined
  readonly choices?: readonly unknown[] | null | undefined
}

const checkSiblings = (options: readonly Named[], context: z.RefinementCtx): void => {
  const seen = new Set<string>()
  let optionalSeen = false
  const nested = options.filter(({ type }) => type <= Kind.SubcommandGroup).length
  if (nested > 0 && nested < options.length) {
    context.addIssue({
      code: 'custom',
      ...flaw(
        'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
        'Sub-command and sub-command group option types are mutually exclusive to all other types',
      ),
    })
  }
  for (const [index, option] of options.entries()) {
    const issue = (code: string, message: string, key = 'name') =>
      context.addIssue({ code: 'custom', path: [index, key], ...flaw(code, message) })
    if (seen.has(option.name)) {
      issue('APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATE', 'Option names must be unique')
    }
    seen.add(option.name)
    if (option.required && optionalSeen) {
      issue(
        'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
        'Required options must be placed before non-required options',
        'required',
      )
    }
    optionalSeen ||= !option.required
    if (option.autocomplete && option.choices?.length) {
      issue(
        'APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES',
        'An option cannot have both autocomplete and choices',
        'autocomplete',
      )
    }
  }
}

const optionsOf = <T extends z.ZodType<Named>>(option: T) =>
  list(option, 0, 25).superRefine(checkSiblings).nullish()

const leaf = z.discriminatedUnion('type', leaves)
const subcommand = z.object({ type: z.literal(Kind.Subcommand), ...described, options: optionsOf(leaf) })
const group = z.object({
  type: z.literal(Kind.SubcommandGroup),
  ...described,
  options: optionsOf(subcommand),
})
const option = z.discriminatedUnion('type', [...leaves, subcommand, group])

type AnyOption = z.output<typeof option>

const sizeOf = (part: { name: string; description: string; options?: readonly AnyOption[] | null }): number =>
  part.name.length +
  part.description.length +
  (part.options ?? []).reduce((sum, inner) => {
    const inChoices = 'choices' in inner ? (inner.choices ?? []) : []
    const options = 'options' in inner ? inner.options : null
    const choiceSize = inChoices.reduce(
      (size, choice) => size + choice.name.length + String(choice.value).length,
      0,
    )
    return sum + choiceSize + sizeOf({ ...inner, options: options ?? null })
  }, 0)

const settings = {
  default_member_permissions: z.string().regex(/^\d+$/).nullish(),
  dm_permission: z.boolean().nullish(),
  nsfw: z.boolean().nullish(),
  contexts: z.array(z.int().min(0).max(2)).nullish(),
  integration_types: z.array(z.int().min(0).max(1)).nullish(),
}

const SlashCommand = z
  .object({ type: z.literal(Type.ChatInput), ...described, options: optionsOf(option), ...settings })
  .superRefine((command, context) => {
    if (sizeOf({ ...command, options: command.options ?? null }) > 8000) {
      context.addIssue({
        code: 'custom',
        ...flaw('APPLICATION_COMMAND_TOO_LARGE', 'Command exceeds maximum size (8000)'),
      })
    }
  })

/** An entry in the menu of each message: nothing but a name, which is shown as it is written. */
const MessageCommand = z.object({
  type: z.literal(Type.Message),
  name: text(1, 32),
  name_localizations: described.name_localizations,
  description: z
    .string()
    .nullish()
    .refine(
      (value) => !value,
      flaw(
        'APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_INVALID',
        'Context menu commands cannot have description',
      ),
    )
    .transform(() => ''),
  options: z
    .array(z.unknown())
    .nullish()
    .refine(
      (value) => !value?.length,
      flaw('APPLICATION_COMMAND_CONTEXT_MENU_OPTIONS_INVALID', 'Context menu commands cannot have options'),
    )
    .transform(() => undefined),
  ...settings,
})

// A command without a type is a slash command.
const typed = (form: unknown): unknown => {
  if (typeof form !== 'object' || form === null) return form
  return { ...form, type: ('type' in form ? form.type : undefined) ?? Type.ChatInput }
}

export const Command = z.preprocess(typed, z.discriminatedUnion('type', [SlashCommand, MessageCommand]))
export type Command = z.output<typeof Command>

const Commands = z.array(Command).superRefine((commands, context) => {
  const seen = new Set<string>()
  for (const [index, command] of commands.entries()) {
    const key = `${command.type} ${command.name}`
    if (seen.has(key)) {
      context.addIssue({
        code: 'custom',
        path: [index, 'name'],
        ...flaw('APPLICATION_COMMANDS_DUPLICATE_NAME', 'Application command names must be unique'),
      })
    }
    seen.add(key)
  }
})

const refuseUnbuilt = (command: unknown): void => {
  const type = command && typeof command === 'object' && 'type' in command ? command.type : undefined
  if (type === Type.User || type === Type.PrimaryEntryPoint) throw notBuilt(`commands of type ${type}`)
}

export const readCommand = (form: unknown): Command => {
  refuseUnbuilt(form)
  return readForm(Command, form)
}

export const readCommands = (form: unknown): Command[] => {
  if (Array.isArray(form)) form.forEach(refuseUnbuilt)
  return readForm(Commands, form)
}
