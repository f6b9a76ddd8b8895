import {
  type AnyThreadChannel,
  ChannelType,
  DiscordAPIError,
  type Interaction,
  type TextChannel,
  ThreadAutoArchiveDuration,
} from 'discord.js'
import { UserFacingError } from '../kit/errors.ts'
import { shorten } from '../kit/text.ts'
import type { Texts } from '../locales/en.ts'
import { NEEDED_PERMISSIONS } from './client.ts'

/** Discord's limit for a thread's name. */
const THREAD_NAME_LIMIT = 100

/** Discord's code for a server that has all the active threads it may have. */
const TOO_MANY_THREADS = 160_006

/** The text channel to open a thread in: this one, or the one that this thread belongs to. */
export const channelFor = (
  { channel, appPermissions }: Pick<Interaction<'cached'>, 'channel' | 'appPermissions'>,
  texts: Texts,
): TextChannel => {
  const missing = Object.entries(NEEDED_PERMISSIONS).filter(([, bit]) => !appPermissions.has(bit))
  if (missing.length > 0)
    throw new UserFacingError(
      'missing_permissions',
      texts.start.missingPermissions(missing.map(([name]) => name)),
    )
  const place = channel?.isThread() ? channel.parent : channel
  if (place?.type !== ChannelType.GuildText)
    throw new UserFacingError('wrong_channel', texts.start.wrongChannel)
  return place
}

/** Opens a public thread and brings a player into it. Refused where the server has no room for one. */
export const openThread = async (
  channel: TextChannel,
  name: string,
  player: string,
  texts: Texts,
): Promise<AnyThreadChannel> => {
  const options = {
    name: shorten(name, THREAD_NAME_LIMIT),
    type: ChannelType.PublicThread,
    autoArchiveDuration: ThreadAutoArchiveDuration.OneWeek,
  } as const
  const thread = await channel.threads.create(options).catch((error: unknown) => {
    if (!(error instanceof DiscordAPIError) || error.code !== TOO_MANY_THREADS) throw error
    throw new UserFacingError('too_many_threads', texts.start.noRoom, {}, error)
  })
  await thread.members.add(player).catch(() => {})
  return thread
}
