import { type Client, Team, type User } from 'discord.js'
import type { Logger } from '../kit/logger.ts'

/** Of an application that belongs to a team, the owner of the team. */
const ownerOf = async ({ application }: Client): Promise<User | undefined> => {
  const owner = (await application?.fetch())?.owner ?? undefined
  return owner instanceof Team ? owner.owner?.user : owner
}

/** Sends a direct message to whoever runs the bot. Where that cannot be, it stands in the log alone. */
export const tellOwner = async (client: Client, text: string, log: Logger): Promise<void> => {
  try {
    const owner = await ownerOf(client)
    if (owner) await owner.send({ content: text, allowedMentions: { parse: [] } })
    else log.warn('the owner of the bot could not be told: Discord names none')
  } catch (error) {
    log.warn({ err: error }, 'the owner of the bot could not be told')
  }
}
