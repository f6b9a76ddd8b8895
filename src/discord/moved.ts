import { type AnyThreadChannel, ButtonStyle, type Interaction } from 'discord.js'
import type { StoryRef } from '../story/ref.ts'
import { type ButtonRow, button, row } from './buttons.ts'
import type { Face } from './command.ts'
import { customId } from './custom-id.ts'
import { type Extent, REDRAW_LIMIT } from './redraw.ts'
import { plain, subtext } from './render.ts'

/** What stands in a thread where its story went elsewhere than on. */
const divider = (text: string): string => `${subtext('─'.repeat(24))}\n${subtext(text)}`

/** Offers to go on in a thread that shows just what is in force. */
const freshRow = ({ story, branch }: StoryRef, { texts }: Pick<Face, 'texts'>): ButtonRow =>
  row(button(texts.rewind.fresh, customId('fresh', story, branch), { style: ButtonStyle.Primary }))

/**
 * Tells a story's thread that its head has moved, and brings the messages there in line with it. The story does not
 * wait for that: the promise resolves once it is told. `below`: what is said after that, before anything is changed.
 */
export const showMove = (
  ref: StoryRef,
  told: string,
  face: Pick<Face, 'threads' | 'redraw' | 'client' | 'texts' | 'log'>,
  below: (thread: AnyThreadChannel) => Promise<void> = async () => {},
): Promise<void> => {
  const { threads, redraw, client, texts, log } = face
  const announced = Promise.withResolvers<void>()
  const announce = async ({ tooMuch }: Extent): Promise<void> => {
    const channel = await threads.threadOf(ref)
    const thread = channel === undefined ? null : await client.channels.fetch(channel).catch(() => null)
    if (thread?.isThread()) {
      const content = tooMuch
        ? [divider(told), subtext(texts.rewind.tooMany(REDRAW_LIMIT))].join('\n')
        : divider(told)
      await thread.send({ content, components: tooMuch ? [freshRow(ref, face)] : [] })
      await below(thread)
    }
    announced.resolve()
  }
  redraw.draw(ref, announce).catch((error: unknown) => {
    log.error({ err: error, ...ref }, 'a thread could not be brought in line with its story')
    announced.reject(error)
  })
  return announced.promise
}

/** How a person is called where their words would take effect. */
export const calledHere = ({ member }: Pick<Interaction<'cached'>, 'member'>): string =>
  plain(member.displayName, 60)
