import type { ChatInputCommandInteraction, InteractionReplyOptions } from 'discord.js'
import type { CommandHandler, Face } from '../../src/discord/command.ts'
import { UserFacingError } from '../../src/kit/errors.ts'
import { en } from '../../src/locales/en.ts'
import type { Head } from '../../src/story/head.ts'
import { type Played, THREAD } from './play.ts'

type Options = Readonly<Record<string, string | number>>

/** Runs a command as someone, who sees the story as a head has it, and gives all that the reply holds. */
export const askedBy = async (
  { stores }: Played,
  head: Head,
  user: string,
  run: CommandHandler,
  options: Options = {},
): Promise<string> => {
  const replies: InteractionReplyOptions[] = []
  const option = (name: string) => options[name] ?? null
  // What these commands use of an interaction and of the face, and no more.
  const interaction = {
    ...{ channelId: THREAD, user: { id: user }, memberPermissions: null },
    options: { getString: option, getInteger: option },
    reply: async (reply: InteractionReplyOptions) => {
      replies.push(reply)
    },
  } as unknown as ChatInputCommandInteraction<'cached'>
  const face = { ...stores, load: async () => head, texts: en } as unknown as Face
  try {
    await run(interaction, face)
  } catch (error) {
    if (error instanceof UserFacingError) return `refused: ${error.message}`
    throw error
  }
  return JSON.stringify(replies)
}
