import { DiscordAPIError, type REST, RESTJSONErrorCodes, Routes, SnowflakeUtil } from 'discord.js'
import type { Clock } from '../kit/clock.ts'
import type { Logger } from '../kit/logger.ts'
import type { DeliveryStore } from '../turn/ports.ts'

type Deps = {
  readonly rest: REST
  readonly deliveries: Pick<DeliveryStore, 'removed'>
  readonly clock: Clock
  readonly log: Logger
}

/** Discord deletes at most so many at once, and none older than this. */
const BULK = 100
const BULK_AGE = 14 * 24 * 3_600_000 - 60_000

/** All at once where the bot may, else its own one by one. */
const deleteTogether = async (rest: REST, channel: string, messages: readonly string[]): Promise<void> => {
  const [only] = messages
  if (messages.length === 1 && only) return void (await rest.delete(Routes.channelMessage(channel, only)))
  try {
    await rest.post(Routes.channelBulkDelete(channel), { body: { messages } })
  } catch (error) {
    if (!(error instanceof DiscordAPIError) || error.code !== RESTJSONErrorCodes.MissingPermissions)
      throw error
    for (const message of messages) await rest.delete(Routes.channelMessage(channel, message))
  }
}

/** Deletes messages of Skein's in bulk. Those that are too old for that stay. */
export const removeMessages = async (
  channel: string,
  messages: readonly string[],
  { rest, deliveries, clock, log }: Deps,
): Promise<void> => {
  const young = messages.filter((id) => clock.now() - SnowflakeUtil.timestampFrom(id) < BULK_AGE)
  for (let at = 0; at < young.length; at += BULK) {
    const some = young.slice(at, at + BULK)
    try {
      await deleteTogether(rest, channel, some)
      for (const message of some) await deliveries.removed(message)
    } catch (error) {
      log.warn({ err: error, channel }, 'messages could not be removed; they stay struck through')
    }
  }
}
