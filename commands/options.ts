import {
  type APIApplicationCommandBooleanOption,
  type APIApplicationCommandIntegerOption,
  type APIApplicationCommandStringOption,
  ApplicationCommandOptionType,
} from 'discord.js'
import { en } from '../src/locales/en.ts'
import { LABEL_LIMIT } from '../src/story/label.ts'

/** What people type for no value at all, where leaving an option out means to leave the value as it is. */
const NONE = '-'

/** Room for any name, with the number that tells it from others. */
const NAME_ROOM = 100

/** An option's text, with null for no value; undefined where it was left out. */
export const orNone = (typed: string | null): string | null | undefined =>
  typed === null ? undefined : typed.trim() === NONE ? null : typed

type More = { readonly required?: boolean; readonly max_length?: number }

/** An option for a few words. */
export const textOption = (
  name: string,
  description: string,
  more: More = {},
): APIApplicationCommandStringOption => ({
  type: ApplicationCommandOptionType.String,
  name,
  description,
  max_length: LABEL_LIMIT,
  ...more,
})

/** An option for a name, or for several with commas, which is suggested as one types. */
export const namedOption = (
  name: string,
  description: string,
  more: More = {},
): APIApplicationCommandStringOption => ({
  type: ApplicationCommandOptionType.String,
  name,
  description,
  max_length: NAME_ROOM,
  autocomplete: true,
  ...more,
})

/** An option for one of a few kinds, in the order of the words that people choose between. */
export const kindOption = (
  name: string,
  description: string,
  words: Readonly<Record<string, string>>,
): APIApplicationCommandStringOption => ({
  type: ApplicationCommandOptionType.String,
  name,
  description,
  choices: Object.entries(words).map(([value, label]) => ({ name: label, value })),
})

/** An option for a whole number, both bounds included. */
export const numberOption = (
  name: string,
  description: string,
  { least, most }: { readonly least: number; readonly most: number },
): APIApplicationCommandIntegerOption => ({
  type: ApplicationCommandOptionType.Integer,
  name,
  description,
  min_value: least,
  max_value: most,
})

/** An option for how much something matters. */
export const significanceOption = (description: string): APIApplicationCommandIntegerOption => ({
  type: ApplicationCommandOptionType.Integer,
  name: 'significance',
  description,
  choices: en.scene.significance.map((name, value) => ({ name, value })),
})

/** An option for yes or no. */
export const yesOrNoOption = (name: string, description: string): APIApplicationCommandBooleanOption => ({
  type: ApplicationCommandOptionType.Boolean,
  name,
  description,
})

/** Reads the kind that was chosen; undefined where the option was left out. */
export const kindIn = <Kind extends string>(
  words: Readonly<Record<Kind, string>>,
  chosen: string | null,
): Kind | undefined => (Object.keys(words) as Kind[]).find((kind) => kind === chosen)
