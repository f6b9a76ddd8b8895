import { type Client, DiscordAPIError, type Message, type ThreadChannel } from 'discord.js'
import type { Face } from './command.ts'

/** How many messages of one thread are read after a start: Discord's largest page. */
const PAGE = 100

const isGone = (error: unknown) => error instanceof DiscordAPIError && error.status < 500

const missedIn = async (thread: ThreadChannel, after: string | null): Promise<Message[]> => {
  const page = await thread.messages.fetch({ limit: PAGE, after: after ?? thread.id, cache: false })
  return [...page.values()].sort((a, b) => a.createdTimestamp - b.createdTimestamp)
}

/**
 * Reads what was written in the stories' threads while Skein was away, and gives it to the same handler as a
 * message that arrives live. A thread that is gone, archived or closed to Skein is passed over.
 */
export const catchUp = async (
  client: Client,
  { threads, log }: Pick<Face, 'threads' | 'log'>,
  handle: (message: Message) => Promise<void>,
): Promise<void> => {
  for (const { channel, lastSource } of await threads.all()) {
    try {
      const thread = await client.channels.fetch(channel)
      if (!thread?.isThread() || thread.archived || thread.lastMessageId === lastSource) continue
      for (const message of await missedIn(thread, lastSource)) void handle(message)
    } catch (error) {
      if (!isGone(error)) throw error
      log.info({ channel }, 'a thread is gone or closed; its story stays')
    }
  }
}
