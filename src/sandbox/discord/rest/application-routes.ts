import { InteractionResponseType, MessageFlags } from 'discord-api-types/v10'
import { type Answered, answerInteraction } from '../acts/answers.ts'
import {
  commandOf,
  commandsIn,
  putCommand,
  removeCommand,
  replaceCommands,
  type Scope,
} from '../acts/commands.ts'
import { deleteAnswer, editAnswer, findAnswer, followUp, openInteraction } from '../acts/followups.ts'
import { readCommand, readCommands } from '../forms/command.ts'
import { ANSWER_FLAGS, readMessageCreate, readMessageEdit } from '../forms/message.ts'
import { refuse } from '../refusal.ts'
import { isLoading, presentMessage } from '../world/present.ts'
import type { Call, Route } from './route.ts'

const scopeOf = ({ world, param }: Call, guild: string | undefined): Scope => {
  if (param('application_id') !== world.ids.bot) throw refuse(10002)
  if (guild !== undefined && guild !== world.ids.guild) throw refuse(10004)
  return { guild }
}

const commandRoutes = (path: string, guildOf: (call: Call) => string | undefined): readonly Route[] => [
  {
    method: 'GET',
    path,
    bucket: 'commands_read',
    run: (call) => commandsIn(call.world, scopeOf(call, guildOf(call))),
  },
  {
    method: 'PUT',
    path,
    bucket: 'commands_write',
    run: (call) => replaceCommands(call.world, scopeOf(call, guildOf(call)), readCommands(call.body)),
  },
  {
    method: 'POST',
    path,
    bucket: 'commands_write',
    status: 201,
    run: (call) => putCommand(call.world, scopeOf(call, guildOf(call)), readCommand(call.body)),
  },
  {
    method: 'GET',
    path: `${path}/{command_id}`,
    bucket: 'commands_read',
    run: (call) => commandOf(call.world, scopeOf(call, guildOf(call)), call.param('command_id')),
  },
  {
    method: 'DELETE',
    path: `${path}/{command_id}`,
    bucket: 'commands_write',
    run: (call) => removeCommand(call.world, scopeOf(call, guildOf(call)), call.param('command_id')),
  },
]

const withResponse = ({ world, me }: Call, { type, interaction, message }: Answered) => {
  const shown = message && presentMessage(world, message, me)
  const deferred = type === InteractionResponseType.DeferredMessageUpdate
  return {
    interaction: {
      id: interaction.id,
      type: interaction.type,
      channel_id: interaction.channel,
      guild_id: world.ids.guild,
      ...(message
        ? {
            response_message_id: message.message.id,
            response_message_loading: isLoading(message),
            response_message_ephemeral: ((message.message.flags ?? 0) & MessageFlags.Ephemeral) !== 0,
          }
        : {}),
    },
    ...(deferred ? {} : { resource: { type, ...(shown ? { message: shown } : {}) } }),
  }
}

const WEBHOOK = '/webhooks/{webhook_id}/{webhook_token}'

const interactionOf = ({ world, param }: Call) =>
  openInteraction(world, param('webhook_id'), param('webhook_token'))

const answerRoutes = (path: string, idOf: (call: Call) => string): readonly Route[] => [
  {
    method: 'GET',
    path,
    bucket: 'webhook_message',
    tokenInPath: true,
    run: (call) =>
      presentMessage(call.world, findAnswer(call.world, interactionOf(call), idOf(call)), call.me),
  },
  {
    method: 'PATCH',
    path,
    bucket: 'webhook_message',
    tokenInPath: true,
    run: (call) => {
      const interaction = interactionOf(call)
      const form = readMessageEdit(call.body, call.files)
      const edited = editAnswer(call.world, interaction, idOf(call), form)
      return presentMessage(call.world, edited, call.me)
    },
  },
  {
    method: 'DELETE',
    path,
    bucket: 'webhook_message',
    tokenInPath: true,
    run: (call) => deleteAnswer(call.world, interactionOf(call), idOf(call)),
  },
]

export const applicationRoutes: readonly Route[] = [
  ...commandRoutes('/applications/{application_id}/commands', () => undefined),
  ...commandRoutes('/applications/{application_id}/guilds/{guild_id}/commands', ({ param }) =>
    param('guild_id'),
  ),
  {
    method: 'POST',
    path: '/interactions/{interaction_id}/{interaction_token}/callback',
    tokenInPath: true,
    run: (call) => {
      const { world, param, body, files, query } = call
      const token = param('interaction_token')
      const answered = answerInteraction(world, param('interaction_id'), token, body, files)
      return query.with_response === 'true' ? withResponse(call, answered) : undefined
    },
  },
  {
    method: 'POST',
    path: WEBHOOK,
    bucket: 'webhook_create',
    tokenInPath: true,
    run: (call) => {
      const interaction = interactionOf(call)
      const form = readMessageCreate(call.body, { flags: ANSWER_FLAGS, files: call.files })
      const message = followUp(call.world, interaction, form)
      // Discord shows the message only to those who ask it to wait; it always waits for interactions.
      return presentMessage(call.world, message, call.me)
    },
  },
  ...answerRoutes(`${WEBHOOK}/messages/@original`, () => '@original'),
  ...answerRoutes(`${WEBHOOK}/messages/{message_id}`, ({ param }) => param('message_id')),
]
