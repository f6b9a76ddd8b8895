import type { ChatInputCommandInteraction } from 'discord.js'
import type { Face } from '../../src/discord/command.ts'
import { SkeinError } from '../../src/kit/errors.ts'
import type { TemplateName } from '../../src/turn/ports/templates.ts'
import { kindIn } from '../options.ts'

type Texts = Pick<Face, 'texts'>

/** The prompt that a control carries. */
export const promptNamed = (name: string | undefined, { texts }: Texts): TemplateName => {
  const found = kindIn(texts.prompt.name, name ?? null)
  if (!found) throw new SkeinError('no_such_choice', 'a prompt that was never offered')
  return found
}

/** The prompt that a command names. */
export const promptSaid = ({ options }: ChatInputCommandInteraction<'cached'>, face: Texts): TemplateName =>
  promptNamed(options.getString('name', true), face)

/** The wording that a server has in force: its own, if it has one, with its version. */
export const inForce = async (
  guild: string,
  name: TemplateName,
  { templates, prompts }: Pick<Face, 'templates' | 'prompts'>,
): Promise<{ readonly text: string; readonly own: number | undefined }> => {
  const { [name]: own } = await templates.of(guild)
  return own ? { text: own.body, own: own.version } : { text: prompts[name].text, own: undefined }
}
