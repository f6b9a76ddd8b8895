import { type Message, MessageType } from 'discord.js'
import type { Face } from './command.ts'

const WAITING = '⏳'

/** Only what a person wrote counts: other bots, webhooks and Discord's own notices are not part of a story. */
const isFromPerson = (message: Message): message is Message<true> =>
  message.inGuild() &&
  !message.author.bot &&
  message.webhookId === null &&
  (message.type === MessageType.Default || message.type === MessageType.Reply)

// Without the Message Content Intent a message arrives with nothing in it.
const isUnreadable = (message: Message): boolean =>
  message.content === '' &&
  message.attachments.size === 0 &&
  message.stickers.size === 0 &&
  message.embeds.length === 0 &&
  message.poll === null

/** Takes in a message from a story's thread. Given twice, by Discord or by catching up, it changes nothing. */
export const messageHandler = (face: Face) => {
  const { engine, threads, texts, log } = face
  const told = new Set<string>()

  const tellUnreadable = async (message: Message<true>) => {
    if (told.has(message.channelId)) return
    told.add(message.channelId)
    await message.channel.send(texts.message.unreadable)
  }

  const waitingMark = async (message: Message<true>) => {
    const mark = await message.react(WAITING).catch(() => undefined)
    return async () => {
      await mark?.users.remove().catch(() => {})
    }
  }

  return async (message: Message): Promise<void> => {
    if (!isFromPerson(message)) return
    const ref = await threads.storyIn(message.channelId)
    if (!ref) return
    try {
      if (isUnreadable(message)) return await tellUnreadable(message)
      const marking = engine.isBusy(ref) ? waitingMark(message) : undefined
      const outcome = await engine.say(ref, message.channelId, {
        id: message.id,
        sentAt: message.createdTimestamp,
        player: {
          id: message.author.id,
          displayName: message.member?.displayName ?? message.author.displayName,
        },
        text: message.content,
      })
      const unmark = await marking
      if (outcome !== 'postponed') await unmark?.()
      log.debug({ ...ref, message: message.id, outcome }, 'message')
    } catch (error) {
      const incident = face.newId().slice(-8)
      log.error({ err: error, incident, message: message.id }, 'a message could not be taken in')
      await message.channel.send(texts.error(incident)).catch(() => {})
    }
  }
}
