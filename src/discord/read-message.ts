import { DiscordAPIError, type REST, RESTJSONErrorCodes, Routes } from 'discord.js'
import { z } from 'zod'

const Message = z.object({ content: z.string() })

/** What a message says; `gone` when someone has deleted it, `unknown` when Discord does not tell now. */
export const readMessage = async (
  rest: REST,
  channel: string,
  message: string,
): Promise<{ readonly content: string } | 'gone' | 'unknown'> => {
  try {
    return Message.parse(await rest.get(Routes.channelMessage(channel, message)))
  } catch (error) {
    const isGone = error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.UnknownMessage
    return isGone ? 'gone' : 'unknown'
  }
}
