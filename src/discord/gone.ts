import { type Client, DiscordAPIError, type Guild, RESTJSONErrorCodes } from 'discord.js'

/**
 * Whether a thread no longer exists in Discord, as Discord says it now. One that is archived still does, and so does
 * one that Skein cannot see or cannot ask about.
 */
export const isGone = async (channel: string, client: Client): Promise<boolean> => {
  try {
    await client.channels.fetch(channel, { force: true })
    return false
  } catch (error) {
    return error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.UnknownChannel
  }
}

/** Which of these threads no longer exist. Those that the client knows are not asked about: it is told of each end. */
export const goneAmong = async (
  channels: readonly string[],
  { client, channels: { cache } }: Guild,
): Promise<ReadonlySet<string>> => {
  const unknown = channels.filter((channel) => !cache.has(channel))
  const gone = await Promise.all(
    unknown.map(async (channel) => ((await isGone(channel, client)) ? [channel] : [])),
  )
  return new Set(gone.flat())
}
