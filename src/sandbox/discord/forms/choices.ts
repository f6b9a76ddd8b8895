import { ApplicationCommandOptionType as Kind } from 'discord-api-types/v10'
import { z } from 'zod'
import { list, readForm, text } from './form.ts'

export type Choice = { readonly name: string; readonly value: string | number }

const localized = z.record(z.string(), text(1, 100)).nullish()

const choicesOf = <T extends z.ZodType>(value: T) =>
  z.object({
    choices: list(z.object({ name: text(1, 100), name_localizations: localized, value }), 0, 25).nullish(),
  })

const VALUES: Readonly<Record<number, z.ZodType<string | number>>> = {
  [Kind.String]: text(1, 100),
  [Kind.Integer]: z.int(),
  [Kind.Number]: z.number(),
}

/** Up to 25 choices for an option of type `kind`, whose values must be of that type. */
export const readChoices = (form: unknown, kind: number): Choice[] =>
  (readForm(choicesOf(VALUES[kind] ?? text(1, 100)), form).choices ?? []).map(({ name, value }) => ({
    name,
    value,
  }))
