import type { APIModalInteractionResponseCallbackData } from 'discord.js'
import { formField } from '../src/discord/form.ts'
import { shorten } from '../src/discord/render.ts'
import { TITLE_LIMIT } from './limits.ts'

/** A form that is filled in by typing a name, which nobody does in passing. What is typed has the id `name`. */
export const nameForm = ({
  id,
  title,
  label,
  name,
  limit,
}: {
  readonly id: string
  readonly title: string
  readonly label: string
  readonly name: string
  readonly limit: number
}): APIModalInteractionResponseCallbackData => ({
  custom_id: id,
  title: shorten(title, TITLE_LIMIT),
  components: [formField({ id: 'name', label, hint: name, limit, isRequired: true })],
})
