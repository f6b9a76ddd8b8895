import {
  type APIApplicationCommandBasicOption,
  ApplicationCommandOptionType as Kind,
} from 'discord-api-types/v10'
import type { Leaf } from './commands.ts'

/** A choice that the bot proposed: the field shows its name, the command gets its value. */
export type Choice = { readonly name: string; readonly value: string | number }

/** What stands in a command's fields, by option name. */
export type Filled = {
  readonly values: Readonly<Record<string, string>>
  /** Proposed choices that were taken and not typed over. */
  readonly chosen: Readonly<Record<string, Choice>>
  readonly files: Readonly<Record<string, Pick<File, 'size'>>>
}

export type OptionValue = string | number | boolean
type Read = { readonly value: OptionValue | undefined } | { readonly error: string }

/** Discord's limit for one file of a person without Nitro. */
const MAX_FILE_BYTES = 10 * 1024 * 1024

/** Whether the bot is asked for choices while this option is typed. */
export const isSuggested = (option: APIApplicationCommandBasicOption): boolean =>
  'autocomplete' in option && option.autocomplete === true

const readNumber = (option: APIApplicationCommandBasicOption, text: string): Read => {
  const value = Number(text.replace(',', '.'))
  if (!Number.isFinite(value)) return { error: 'This is not a number.' }
  if (option.type === Kind.Integer && !Number.isInteger(value)) return { error: 'A whole number is needed.' }
  if ('min_value' in option && option.min_value !== undefined && value < option.min_value) {
    return { error: `At least ${option.min_value}.` }
  }
  if ('max_value' in option && option.max_value !== undefined && value > option.max_value) {
    return { error: `At most ${option.max_value}.` }
  }
  return { value }
}

const readText = (option: APIApplicationCommandBasicOption, text: string): Read => {
  if ('min_length' in option && option.min_length !== undefined && text.length < option.min_length) {
    return { error: `At least ${option.min_length} characters.` }
  }
  if ('max_length' in option && option.max_length !== undefined && text.length > option.max_length) {
    return { error: `At most ${option.max_length} characters.` }
  }
  return { value: text }
}

const readFile = (
  option: APIApplicationCommandBasicOption,
  file: Filled['files'][string] | undefined,
): Read => {
  if (!file && option.required) return { error: 'Choose a file.' }
  if (file && file.size > MAX_FILE_BYTES)
    return { error: 'A file holds at most 10 MB. Choose a smaller one.' }
  return { value: undefined }
}

/** Reads what was typed into one option's field. */
const readTyped = (option: APIApplicationCommandBasicOption, typed: string): Read => {
  const text = typed.trim()
  if (text === '') return option.required ? { error: 'This option is required.' } : { value: undefined }
  if (option.type === Kind.Boolean) return { value: text === 'true' }
  if (option.type === Kind.Integer || option.type === Kind.Number) return readNumber(option, text)
  return readText(option, text)
}

const readOption = (option: APIApplicationCommandBasicOption, { values, chosen, files }: Filled): Read => {
  const choice = chosen[option.name]
  if (choice) return { value: choice.value }
  if (option.type === Kind.Attachment) return readFile(option, files[option.name])
  return readTyped(option, values[option.name] ?? '')
}

/**
 * Reads all fields of a command: values to send, and the errors to show, by option name. Files are checked, and are
 * no values.
 */
export const readOptions = (
  leaf: Leaf,
  filled: Filled,
): { readonly values: Record<string, OptionValue>; readonly errors: Record<string, string> } => {
  const values: Record<string, OptionValue> = {}
  const errors: Record<string, string> = {}
  for (const option of leaf.options) {
    const read = readOption(option, filled)
    if ('error' in read) errors[option.name] = read.error
    else if (read.value !== undefined) values[option.name] = read.value
  }
  return { values, errors }
}

/** What is told to the bot that proposes choices: the focused field as typed, and the others that can be read. */
export const optionsSoFar = (leaf: Leaf, filled: Filled, focused: string): Record<string, OptionValue> => ({
  ...readOptions(leaf, filled).values,
  [focused]: filled.values[focused] ?? '',
})
