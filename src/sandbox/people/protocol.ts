import type {
  APIApplicationCommand,
  APIChannel,
  APIGuild,
  APIMessage,
  APIModalInteractionResponseCallbackData,
  APIUser,
} from 'discord-api-types/v10'
import { z } from 'zod'

/**
 * What the page and the loopback Discord say to each other over one WebSocket, `/people?as=USER_ID`.
 * The person is fixed for a connection: to be someone else, connect again. Without `as` it is the player. Frames are
 * JSON text.
 */
const id = z.string().regex(/^\d{17,19}$/)

/** A file on its way: its bytes in base64. */
const File = z.object({ name: z.string(), data: z.string() })
const options = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))

/**
 * What a person can do. `history` answers up to 50 messages, oldest first; `command` names its path:
 * `['story', 'start']`, and its files by their options. What uses the bot answers with the interaction's id.
 */
export const Action = z.discriminatedUnion('do', [
  z.object({ do: z.literal('send'), channel: id, content: z.string(), replyTo: id.optional() }),
  z.object({ do: z.literal('edit'), channel: id, message: id, content: z.string() }),
  z.object({ do: z.literal('delete'), channel: id, message: id }),
  z.object({ do: z.literal('typing'), channel: id }),
  z.object({ do: z.literal('history'), channel: id, before: id.optional() }),
  z.object({
    do: z.literal('command'),
    channel: id,
    path: z.array(z.string()).min(1).max(3),
    options,
    files: z.record(z.string(), File).optional(),
  }),
  z.object({ do: z.literal('messageCommand'), channel: id, message: id, name: z.string() }),
  /** Asks what may be chosen for the option `focused`, as far as the others are filled in. */
  z.object({
    do: z.literal('suggest'),
    channel: id,
    path: z.array(z.string()).min(1).max(3),
    options,
    focused: z.string(),
  }),
  z.object({
    do: z.literal('click'),
    channel: id,
    message: id,
    customId: z.string(),
    /** For a select menu: what was chosen. */
    values: z.array(z.string()).optional(),
  }),
  z.object({ do: z.literal('submit'), interaction: id, values: z.record(z.string(), z.string()) }),
])
export type Action = z.infer<typeof Action>

export const Request = z.object({ id: z.number().int(), action: Action })
export type Request = z.infer<typeof Request>

/** A channel, a thread or direct messages, as one person sees them. */
export type SeenChannel = APIChannel & { readonly canSend: boolean }

export type Welcome = {
  readonly type: 'welcome'
  readonly me: APIUser & { readonly roleLabel: string }
  readonly people: readonly (APIUser & { readonly roleLabel: string })[]
  readonly guild: Pick<APIGuild, 'id' | 'name'>
  readonly channels: readonly SeenChannel[]
  /** Slash commands (type 1) and those in the menu of a message (type 3). */
  readonly commands: readonly APIApplicationCommand[]
  readonly bot: { readonly user: APIUser; readonly online: boolean }
  /** One or two lines to show above the channel: what the world is and how to connect a real one. */
  readonly notice: string
}

/**
 * What happens where this person can see it; ephemeral messages reach only the one they are for. A reaction comes as
 * `message_edited` with the message's new `reactions`. The message that ends `thinking` names the interaction in its
 * `interaction_metadata.id`. A channel that a person can no longer see comes as `channel_deleted`; direct messages
 * come as `channel` before each message in them.
 */
export type PersonEvent =
  | { readonly name: 'message'; readonly message: APIMessage; readonly ephemeral: boolean }
  | { readonly name: 'message_edited'; readonly message: APIMessage; readonly ephemeral: boolean }
  | { readonly name: 'message_deleted'; readonly channel: string; readonly message: string }
  | { readonly name: 'channel'; readonly channel: SeenChannel }
  | { readonly name: 'channel_deleted'; readonly channel: string }
  | { readonly name: 'typing'; readonly channel: string; readonly user: string }
  | {
      readonly name: 'modal'
      readonly interaction: string
      readonly channel: string
      readonly modal: APIModalInteractionResponseCallbackData
    }
  /** The bot has taken the interaction and shows "is thinking…" until its answer comes as a message. */
  | {
      readonly name: 'thinking'
      readonly interaction: string
      readonly channel: string
      readonly ephemeral: boolean
    }
  /** The answer to `suggest`; empty when nobody answered in time. */
  | {
      readonly name: 'choices'
      readonly interaction: string
      readonly choices: readonly { readonly name: string; readonly value: string | number }[]
    }
  /** No answer within 3 seconds: Discord's "The application did not respond". */
  | { readonly name: 'interaction_failed'; readonly interaction: string; readonly channel: string }
  | { readonly name: 'commands'; readonly commands: readonly APIApplicationCommand[] }
  | { readonly name: 'bot'; readonly online: boolean }

export type Reply =
  | { readonly type: 'reply'; readonly id: number; readonly ok: true; readonly result: unknown }
  | { readonly type: 'reply'; readonly id: number; readonly ok: false; readonly error: string }

export type Frame = Welcome | Reply | { readonly type: 'event'; readonly event: PersonEvent }
