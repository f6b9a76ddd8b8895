import { Client, Events, GatewayIntentBits, Options, Partials, PermissionFlagsBits } from 'discord.js'
import type { Logger } from '../kit/logger.ts'

/** What Skein needs to be allowed in a channel, with the names that Discord's settings show. */
export const NEEDED_PERMISSIONS = {
  'View Channel': PermissionFlagsBits.ViewChannel,
  'Send Messages': PermissionFlagsBits.SendMessages,
  'Create Public Threads': PermissionFlagsBits.CreatePublicThreads,
  'Send Messages in Threads': PermissionFlagsBits.SendMessagesInThreads,
  'Read Message History': PermissionFlagsBits.ReadMessageHistory,
  'Add Reactions': PermissionFlagsBits.AddReactions,
  'Attach Files': PermissionFlagsBits.AttachFiles,
  'Manage Threads': PermissionFlagsBits.ManageThreads,
} as const satisfies Record<string, bigint>

/** The address with which an admin invites the bot, asking for just what it needs. */
export const inviteLink = (applicationId: string): string => {
  const permissions = Object.values(NEEDED_PERMISSIONS).reduce((sum, bit) => sum | bit, 0n)
  const query = new URLSearchParams({
    client_id: applicationId,
    scope: 'bot applications.commands',
    permissions: permissions.toString(),
  })
  return `https://discord.com/oauth2/authorize?${query}`
}

type ClientOptions = {
  readonly apiUrl?: string | undefined
  readonly log: Logger
  /** Discord has closed the connection for good: discord.js will not try again. */
  readonly onLost: () => void
}

/** A discord.js client that mentions nobody, keeps no messages, and talks to `apiUrl` where one is given. */
export const createClient = ({ apiUrl, log, onLost }: ClientOptions): Client => {
  const client = new Client({
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.MessageContent],
    // Messages are not kept, so edits and deletions come for messages that the client does not know.
    partials: [Partials.Message],
    allowedMentions: { parse: [], repliedUser: false },
    makeCache: Options.cacheWithLimits({ ...Options.DefaultMakeCacheSettings, MessageManager: 0 }),
    ...(apiUrl ? { rest: { api: apiUrl } } : {}),
  })
  client.on(Events.Error, (error) => log.error({ err: error }, 'the Discord client failed'))
  client.on(Events.Warn, (warning) => log.warn(warning))
  client.on(Events.ShardReconnecting, () => log.info('reconnecting to Discord'))
  client.on(Events.ShardResume, () => log.info('reconnected to Discord'))
  client.on(Events.ShardDisconnect, onLost)
  client.on(Events.Invalidated, onLost)
  return client
}

/** Leaves Discord. What still arrives on the way out is for the next start. */
export const closeClient = async (client: Client): Promise<void> => {
  client.removeAllListeners()
  // Without a listener, an error on the way out would end the process.
  client.on(Events.Error, () => {})
  await client.destroy()
}
