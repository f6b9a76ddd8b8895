import { type APIApplicationCommand, ApplicationCommandType } from 'discord-api-types/v10'
import type { Command } from '../forms/command.ts'
import { refuse } from '../refusal.ts'
import type { World } from '../world/world.ts'

/** Where commands live: in one guild, or everywhere. */
export type Scope = { readonly guild: string | undefined }

const MAX_COMMANDS = 100

export const commandsIn = (world: World, { guild }: Scope): APIApplicationCommand[] =>
  world.commands.all().filter(({ guild_id }) => guild_id === guild)

// Discord gives back neither what was left out nor what was null.
const withoutNulls = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (_, held: unknown) => (held === null ? undefined : held)))

const store = (world: World, { guild }: Scope, form: Command): APIApplicationCommand => {
  const twin = commandsIn(world, { guild }).find(({ name }) => name === form.name)
  const id = twin?.id ?? world.newId()
  const { options, type: _, ...rest } = form
  const command = {
    ...rest,
    id,
    application_id: world.ids.bot,
    version: world.newId(),
    type: ApplicationCommandType.ChatInput,
    default_member_permissions: form.default_member_permissions ?? null,
    nsfw: form.nsfw ?? false,
    ...(guild ? { guild_id: guild } : { dm_permission: form.dm_permission ?? true }),
    ...(options ? { options: withoutNulls(options) } : {}),
  }
  // The form has the type's shape but for the keys that hold undefined.
  return world.commands.put(id, command as APIApplicationCommand)
}

/** Creates a command, or puts it in the place of the one with its name (which keeps its id). */
export const putCommand = (world: World, scope: Scope, form: Command): APIApplicationCommand => {
  const others = commandsIn(world, scope).filter(({ name }) => name !== form.name)
  if (others.length >= MAX_COMMANDS) throw refuse(30032)
  const command = store(world, scope, form)
  world.emit({ name: 'commands_changed' })
  return command
}

/** Makes the scope's commands exactly these. */
export const replaceCommands = (
  world: World,
  scope: Scope,
  forms: readonly Command[],
): APIApplicationCommand[] => {
  if (forms.length > MAX_COMMANDS) throw refuse(30032)
  const names = new Set(forms.map(({ name }) => name))
  const commands = world.atomically(() => {
    for (const { id, name } of commandsIn(world, scope)) if (!names.has(name)) world.commands.delete(id)
    return forms.map((form) => store(world, scope, form))
  })
  world.emit({ name: 'commands_changed' })
  return commands
}

export const commandOf = (world: World, { guild }: Scope, id: string): APIApplicationCommand => {
  const command = world.commands.get(id)
  if (!command || command.guild_id !== guild) throw refuse(10063)
  return command
}

export const removeCommand = (world: World, scope: Scope, id: string): void => {
  world.commands.delete(commandOf(world, scope, id).id)
  world.emit({ name: 'commands_changed' })
}
