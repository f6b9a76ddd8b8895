import {
  type APIActionRowComponent,
  type APIButtonComponent,
  ButtonStyle,
  ComponentType,
  type Interaction,
} from 'discord.js'
import type { StoryRef } from '../story/ref.ts'
import type { Face } from './command.ts'
import { customId } from './custom-id.ts'
import { STRIKE_LIMIT } from './redraw.ts'
import { plain, subtext } from './render.ts'

/** What stands in a thread where its story went elsewhere than on. */
const divider = (text: string): string => `${subtext('─'.repeat(24))}\n${subtext(text)}`

/** Offers to go on in a thread that shows just what is in force. */
const freshRow = (
  { story, branch }: StoryRef,
  { texts }: Pick<Face, 'texts'>,
): APIActionRowComponent<APIButtonComponent> => ({
  type: ComponentType.ActionRow,
  components: [
    {
      type: ComponentType.Button,
      style: ButtonStyle.Primary,
      label: texts.rewind.fresh,
      custom_id: customId('fresh', story, branch),
    },
  ],
})

/**
 * Tells a story's thread that its head has moved, and brings the messages there in line with it. The story does not
 * wait for that: the promise resolves once it is told.
 */
export const showMove = async (
  ref: StoryRef,
  told: string,
  face: Pick<Face, 'threads' | 'redraw' | 'client' | 'texts' | 'log'>,
): Promise<void> => {
  const { threads, redraw, client, texts, log } = face
  const channel = await threads.threadOf(ref)
  const thread = channel === undefined ? null : await client.channels.fetch(channel).catch(() => null)
  if (!thread?.isThread()) return
  const plan = await redraw.plan(ref)
  if (plan.strike.length > STRIKE_LIMIT) {
    const content = [divider(told), subtext(texts.rewind.tooMany(plan.strike.length))].join('\n')
    await thread.send({ content, components: [freshRow(ref, face)] })
    return
  }
  await thread.send(divider(told))
  redraw.draw(ref, plan).catch((error: unknown) => {
    log.error({ err: error, ...ref }, 'a thread could not be brought in line with its story')
  })
}

/** How a person is called where their words would take effect. */
export const calledHere = ({ member }: Pick<Interaction<'cached'>, 'member'>): string =>
  plain(member.displayName, 60)
