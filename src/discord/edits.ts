import type { Message, PartialMessage } from 'discord.js'
import type { Head } from '../story/head.ts'
import type { Line } from '../story/line.ts'
import type { StoryRef } from '../story/ref.ts'
import { revise } from '../story/revise.ts'
import { segment } from '../story/segment.ts'
import { button, row } from './buttons.ts'
import { readable } from './called.ts'
import type { Face } from './command.ts'
import { customId } from './custom-id.ts'
import { isFromPerson } from './messages.ts'
import { subtext } from './render.ts'

/** Offers what can be done about an answer to words that are no longer those that were answered. */
const offer = async (message: Message<true>, head: Head, turn: number, { texts }: Face): Promise<void> => {
  const { story, branch } = head.ref
  const isTip = turn === head.state.turn.number
  await message.reply({
    content: subtext(isTip ? texts.edited.atTip : texts.edited.farBack(turn)),
    components: [
      row(
        isTip
          ? button(texts.edited.answerAnew, customId('anew', story, branch, head.state.turn.id))
          : button(texts.edited.branchThere, customId('branch-edit', story, branch, message.id)),
      ),
    ],
  })
}

const isSpoken = (lines: readonly Line[]) => lines.some(({ kind }) => kind !== 'ooc')

/** What a player has written anew takes the place of what they wrote, from the head on. */
const takeIn = async (ref: StoryRef, message: Message<true>, face: Face): Promise<void> => {
  const { engine, past, oocMarks, newId, load } = face
  const text = readable(message)
  if (engine.amend(ref, message.id, text)) return
  const seen: { lines: readonly Line[] } = { lines: [] }
  const outcome = await engine.edit(
    ref,
    async (head) => {
      seen.lines = await past.linesOf(head, message.id)
      const wordings = await past.wordingsOf(head, message.id)
      return revise(head.state, message.author.id, seen.lines, segment(text, oocMarks), newId, wordings)
    },
    `edit:${message.id}:${message.editedTimestamp ?? 0}`,
  )
  const head = outcome === 'edited' && isSpoken(seen.lines) ? await load(ref) : undefined
  const turn = seen.lines[0]?.turn
  if (!head || turn === undefined) return
  // What is still gathered was answered by nobody.
  const isAnswered = turn !== head.state.turn.number || head.state.turn.phase !== 'gathering'
  if (isAnswered) await offer(message, head, turn, face)
}

/** A message was edited. Discord also says so when it has found a picture for a link, which changes nothing here. */
export const editHandler =
  (face: Face) =>
  async (edited: Message | PartialMessage): Promise<void> => {
    const { threads, log } = face
    try {
      const ref = await threads.storyIn(edited.channelId)
      if (!ref || edited.editedTimestamp === null) return
      const message = edited.partial ? await edited.fetch() : edited
      if (isFromPerson(message)) await takeIn(ref, message, face)
    } catch (error) {
      log.error({ err: error, message: edited.id }, 'an edit could not be taken in')
    }
  }

/**
 * Erases on every branch what was said in a message, or takes it back while it waits. Gives the stories that it was
 * said in.
 */
export const eraseSaid = async (
  channel: string,
  message: string,
  { engine, threads, erasure, load }: Face,
): Promise<readonly string[]> => {
  const ref = await threads.storyIn(channel)
  if (ref) engine.amend(ref, message, null)
  const stories = await erasure.eraseMessage(message, ref !== undefined)
  // A round may wait for its player again, which is looked at after whatever is done alone.
  const head = ref && stories.length > 0 ? await load(ref) : undefined
  if (head?.state.turn.phase === 'gathering') await engine.alone(head.ref, async () => {})
  return stories
}

/**
 * A message was deleted, by whomever. A player's words are erased on every branch; an answer's message stays on record
 * as gone, and its story goes on.
 */
export const deletionHandler =
  (face: Face) =>
  async ({ id, channelId }: Pick<Message | PartialMessage, 'id' | 'channelId'>): Promise<void> => {
    const { deliveries, posts, log } = face
    try {
      if (await posts.turnOf(id)) return await deliveries.removed(id)
      const stories = await eraseSaid(channelId, id, face)
      if (stories.length > 0)
        log.info({ message: id, stories }, 'a message was deleted, and its words erased')
    } catch (error) {
      log.error({ err: error, message: id }, 'a deletion could not be taken in')
    }
  }
