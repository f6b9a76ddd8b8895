import { type Message, MessageType } from 'discord.js'
import { isCalling, readable } from './called.ts'
import type { Face } from './command.ts'
import { isMarked, mark, unmark } from './hourglass.ts'
import { askForPersona } from './introduce.ts'
import { passOverPaused } from './pause.ts'
import { subtext } from './render.ts'

/** Only what a person wrote counts: other bots, webhooks and Discord's own notices are not part of a story. */
export const isFromPerson = (message: Message): message is Message<true> =>
  message.inGuild() &&
  !message.author.bot &&
  message.webhookId === null &&
  (message.type === MessageType.Default || message.type === MessageType.Reply)

/** A story that was set aside takes nothing in, later neither; writing has woken its thread, which goes to rest again. */
const passOver = async (message: Message<true>, { threads, texts }: Face): Promise<void> => {
  await threads.passOver(message.channelId, message.id)
  await message.reply(subtext(texts.stories.isArchived)).catch(() => {})
  if (message.channel.isThread()) await message.channel.setArchived(true).catch(() => {})
}

/** Takes in a message from a story's thread. Given twice, by Discord or by catching up, it changes nothing. */
export const messageHandler = (face: Face) => {
  const take = async (message: Message): Promise<void> => {
    const { admin, engine, threads, texts, newId, log } = face
    if (!isFromPerson(message)) return
    try {
      const ref = await threads.storyIn(message.channelId)
      if (!ref) return
      if (await admin.isArchived(ref.story)) return await passOver(message, face)
      const player = {
        id: message.author.id,
        displayName: message.member?.displayName ?? message.author.displayName,
      }
      const marking = engine.isBusy(ref) && !isMarked(message) ? mark(message) : undefined
      const outcome = await engine.say(ref, message.channelId, {
        id: message.id,
        sentAt: message.createdTimestamp,
        player,
        text: readable(message),
        calls: isCalling(message),
      })
      await marking
      if (outcome === 'elsewhere') return await take(message)
      if (outcome !== 'postponed' && isMarked(message)) await unmark(message)
      log.debug({ ...ref, message: message.id, outcome }, 'message')
      if (outcome === 'paused') return await passOverPaused(message, ref.story, face)
      if (outcome === 'introduced')
        await askForPersona(message, player.displayName, texts).catch((error: unknown) =>
          log.warn({ err: error, message: message.id }, 'a newcomer was not asked who they play'),
        )
    } catch (error) {
      const incident = newId().slice(-8)
      log.error({ err: error, incident, message: message.id }, 'a message could not be taken in')
      await message.channel.send(texts.error(incident)).catch(() => {})
    }
  }
  return take
}
