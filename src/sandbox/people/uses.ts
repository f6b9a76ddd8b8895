import { type APIApplicationCommand, ApplicationCommandType } from 'discord-api-types/v10'
import type { StoredMessage } from '../discord/world/entities.ts'
import { presentMessage } from '../discord/world/present.ts'
import type { World } from '../discord/world/world.ts'
import { checkNames, namesOf, nest, type OptionValues, optionsAt } from './command-options.ts'
import { decline } from './refusals.ts'
import { commandsFor } from './sight.ts'

/** The `data` of a command that is used on a message: the message comes whole, whatever the bot's intents. */
export const messageCommandData = (world: World, who: string, name: string, target: StoredMessage) => {
  const command = commandsFor(world, who).find(
    (one) => one.type === ApplicationCommandType.Message && one.name === name,
  )
  if (!command) throw decline(`There is no command “${name}” for messages.`)
  if (target.ephemeralTo !== undefined)
    throw decline('Commands cannot be used on a message only you can see.')
  const { id } = target.message
  const messages = { [id]: presentMessage(world, target, world.ids.bot) }
  return { ...namesOf(command), target_id: id, resolved: { messages } }
}

/**
 * The `data` of typing into an option, and that option's type. As Discord sends it while a command is half filled in:
 * unchecked, nothing resolved, and the text that is being typed as it stands.
 */
export const suggestionData = (
  command: APIApplicationCommand,
  path: readonly string[],
  values: OptionValues,
  focused: string,
) => {
  const asked = optionsAt(command, path)
  checkNames(asked, [...Object.keys(values), focused])
  const options = asked.flatMap(({ name, type }) => {
    if (name === focused) return [{ name, type, value: String(values[name] ?? ''), focused: true }]
    return values[name] === undefined ? [] : [{ name, type, value: values[name] }]
  })
  const typing = asked.find(({ name }) => name === focused)
  if (!typing || !('autocomplete' in typing) || !typing.autocomplete) {
    throw decline(`“${focused}” suggests nothing.`)
  }
  return { data: { ...namesOf(command), options: nest(path, options) }, kind: typing.type }
}
