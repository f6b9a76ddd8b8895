import { type APIApplicationCommand, ApplicationCommandType as Type } from 'discord-api-types/v10'
import type { Command } from '../forms/command.ts'
import { Refusal, refuse } from '../refusal.ts'
import type { World } from '../world/world.ts'

/** Where commands live: in one guild, or everywhere. */
export type Scope = { readonly guild: string | undefined }

/** For each scope. */
const MAX: Readonly<Record<Command['type'], number>> = { [Type.ChatInput]: 100, [Type.Message]: 15 }

export const commandsIn = (world: World, { guild }: Scope): APIApplicationCommand[] =>
  world.commands.all().filter(({ guild_id }) => guild_id === guild)

/** A slash command and a message command may have the same name. */
const keyOf = ({ type, name }: Pick<APIApplicationCommand, 'type' | 'name'>) => `${type} ${name}`

const tooMany = (type: Command['type']): Refusal => {
  const message = `Maximum number of application commands reached (${MAX[type]})`
  return new Refusal(400, { message, code: 30032 })
}

// Discord gives back neither what was left out nor what was null.
const withoutNulls = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (_, held: unknown) => (held === null ? undefined : held)))

const store = (world: World, { guild }: Scope, form: Command): APIApplicationCommand => {
  const twin = commandsIn(world, { guild }).find((one) => keyOf(one) === keyOf(form))
  const id = twin?.id ?? world.newId()
  const { options, ...rest } = form
  const command = {
    ...rest,
    id,
    application_id: world.ids.bot,
    version: world.newId(),
    default_member_permissions: form.default_member_permissions ?? null,
    nsfw: form.nsfw ?? false,
    ...(guild ? { guild_id: guild } : { dm_permission: form.dm_permission ?? true }),
    ...(options ? { options: withoutNulls(options) } : {}),
  }
  // The form has the type's shape but for the keys that hold undefined.
  return world.commands.put(id, command as APIApplicationCommand)
}

/** Creates a command, or puts it in the place of the one of its type and name (which keeps its id). */
export const putCommand = (world: World, scope: Scope, form: Command): APIApplicationCommand => {
  const others = commandsIn(world, scope).filter((one) => one.type === form.type && one.name !== form.name)
  if (others.length >= MAX[form.type]) throw tooMany(form.type)
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
  for (const type of [Type.ChatInput, Type.Message] as const) {
    if (forms.filter((form) => form.type === type).length > MAX[type]) throw tooMany(type)
  }
  const keys = new Set(forms.map(keyOf))
  const commands = world.atomically(() => {
    for (const one of commandsIn(world, scope)) if (!keys.has(keyOf(one))) world.commands.delete(one.id)
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
