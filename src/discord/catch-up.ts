import { type Client, DiscordAPIError, type Message, type ThreadChannel } from 'discord.js'
import type { Clock } from '../kit/clock.ts'
import type { Face } from './command.ts'

/** Discord's largest page. */
const PAGE = 100

/** Waits between tries while Discord does not answer, in milliseconds; the last one again and again. */
const RETRY_AFTER = [1000, 2000, 5000, 15_000, 60_000]

type ReaderDeps = Pick<Face, 'threads' | 'log'> & { readonly clock: Clock; readonly closing: AbortSignal }

type Handle = (message: Message) => Promise<void>

/** What is done with a message that came, was edited, or is gone. */
export type Handlers = {
  readonly come: Handle
  readonly edited: Handle
  readonly deleted: (message: { readonly id: string; readonly channelId: string }) => Promise<void>
}

export type Reader = {
  /** For a message that arrives live: it comes after all that was missed before it in its thread. */
  readonly arrive: Handle
  /** For what is said in a thread in another way: it comes after all that was missed there, too. */
  readonly ensure: (channel: string) => Promise<void>
  /** For a new session with Discord: whatever was written since the last one is missed until it is read. */
  readonly catchUp: () => Promise<void>
}

// A thread that is gone or closed to us has nothing more to read; all else may work later.
const isFinal = (error: unknown) =>
  error instanceof DiscordAPIError && error.status < 500 && error.status !== 429

/**
 * Reads the stories' threads in order and without gaps: before a thread's first live message is handed on, what was
 * missed in it is. Handing on a message twice does no harm, so what is read need not be remembered here.
 */
export const threadReader = (
  client: Client,
  { threads, log, clock, closing }: ReaderDeps,
  { come, edited, deleted }: Handlers,
): Reader => {
  let caughtUp = new Map<string, Promise<void>>()

  const readMissed = async (thread: ThreadChannel, since: string): Promise<void> => {
    for (let after = since; ; ) {
      const page = await thread.messages.fetch({ limit: PAGE, after, cache: false })
      const missed = [...page.values()].sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1))
      for (const message of missed) void come(message)
      const last = missed.at(-1)
      if (!last || missed.length < PAGE) return
      after = last.id
    }
  }

  /** Among the newest messages, finds what was edited or deleted while nobody told us. */
  const compare = async (thread: ThreadChannel): Promise<void> => {
    const page = await thread.messages.fetch({ limit: PAGE, cache: false })
    const [newest, oldest] = [page.firstKey(), page.lastKey()]
    if (newest === undefined || oldest === undefined) return
    // Only what the page reaches to: what is taken in by now may be newer than it.
    for (const id of await threads.takenIn(thread.id, oldest, newest))
      if (!page.has(id)) await deleted({ id, channelId: thread.id })
    for (const message of page.values()) if (message.editedTimestamp !== null) void edited(message)
  }

  const read = async (channel: string): Promise<void> => {
    for (let tries = 0; !closing.aborted; tries += 1) {
      try {
        const last = await threads.lastTakenIn(channel)
        if (last === undefined) return
        const thread = await client.channels.fetch(channel)
        if (!thread?.isThread()) return
        if (thread.lastMessageId !== last) await readMissed(thread, last ?? thread.id)
        await compare(thread)
        return
      } catch (error) {
        if (isFinal(error)) return log.info({ channel }, 'a thread is gone or closed; its story stays')
        log.warn({ err: error, channel }, 'what was missed in a thread could not be read yet')
        await clock.sleep(RETRY_AFTER[tries] ?? RETRY_AFTER.at(-1) ?? 0, closing)
      }
    }
  }

  const ensure = (channel: string): Promise<void> => {
    const reading = caughtUp.get(channel) ?? read(channel)
    caughtUp.set(channel, reading)
    return reading
  }

  return {
    ensure,
    arrive: async (message) => {
      if (message.channel.isThread()) await ensure(message.channelId)
      await come(message)
    },
    // Archived threads are not in the cache; they are read when someone writes in them.
    catchUp: async () => {
      caughtUp = new Map()
      const active = client.channels.cache.filter((channel) => channel.isThread())
      for (const channel of active.keys()) await ensure(channel)
    },
  }
}
