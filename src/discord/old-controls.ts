import type { REST } from 'discord.js'
import type { Logger } from '../kit/logger.ts'
import type { TurnId } from '../story/ref.ts'
import type { DeliveryStore, PostStore, ShownPost } from '../turn/ports.ts'
import type { Poster } from './poster.ts'
import { readMessage } from './read-message.ts'

export type OldControlsDeps = {
  readonly rest: REST
  readonly posterTo: (channel: string) => Poster
  readonly posts: Pick<PostStore, 'withControls' | 'mark'>
  readonly deliveries: Pick<DeliveryStore, 'removed'>
  readonly log: Logger
}

/** Takes the buttons from under the last message of an answer. What cannot be asked or changed now keeps them. */
const dropFrom = async (
  parts: readonly ShownPost[],
  { rest, posterTo, posts, deliveries, log }: OldControlsDeps,
): Promise<void> => {
  const last = parts.at(-1)
  if (!last) return
  const { channel, message } = last
  const found = await readMessage(rest, channel, message)
  if (found === 'unknown') return
  if (found === 'gone') return deliveries.removed(message)
  const edited = await posterTo(channel).edit(message, { content: found.content, components: [] })
  if (!edited.ok) log.warn({ channel, ...edited }, 'the buttons of an older answer could not be removed')
  else
    await posts.mark(
      parts.map((part) => part.message),
      'plain',
    )
}

/** Takes the buttons from under the answers in a channel, but for those of one turn. */
export const dropControls = async (
  channel: string,
  but: TurnId | undefined,
  deps: OldControlsDeps,
): Promise<void> => {
  const byTurn = Map.groupBy(await deps.posts.withControls(channel), ({ turn }) => turn)
  for (const [turn, parts] of byTurn) if (turn !== but) await dropFrom(parts, deps)
}
