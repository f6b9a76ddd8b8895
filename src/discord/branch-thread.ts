import type { AnyThreadChannel, Interaction } from 'discord.js'
import { UserFacingError } from '../kit/errors.ts'
import { shorten } from '../kit/text.ts'
import type { Texts } from '../locales/en.ts'
import type { Head } from '../story/head.ts'
import type { StoryRef } from '../story/ref.ts'
import type { Face } from './command.ts'
import { showMove } from './moved.ts'
import { tellRecap } from './recap.ts'
import { subtext } from './render.ts'

/** How much of a story's title stands before a branch's name. */
const TITLE_ROOM = 36

/** What a story is called. */
export const titleOf = ({ state, words }: Head, { start }: Texts): string =>
  words.get(state.premise?.title ?? '') ?? start.untitled

/** What the thread of a branch is called. */
export const branchThreadName = (head: Head, name: string, texts: Texts): string =>
  texts.branch.threadName(shorten(titleOf(head, texts), TITLE_ROOM), name)

/** A thread, while it is there and Skein can see it. */
export const threadWith = async (
  channel: string | undefined,
  { client }: Pick<Face, 'client'>,
): Promise<AnyThreadChannel | undefined> => {
  const found = channel === undefined ? null : await client.channels.fetch(channel).catch(() => null)
  return found?.isThread() ? found : undefined
}

/** Says something in small print in a thread, and gives the message. Where that cannot be, the story goes on without. */
export const tellThread = async (
  channel: string | undefined,
  text: string,
  face: Pick<Face, 'client' | 'log'>,
): Promise<string | undefined> => {
  const thread = await threadWith(channel, face)
  try {
    return (await thread?.send(subtext(text)))?.id
  } catch (error) {
    face.log.warn({ err: error, channel }, 'a thread could not be told')
    return undefined
  }
}

/**
 * What stands at the beginning of a thread that goes on with a branch: a line that says so, the last lines, and the
 * newest answer with its buttons.
 */
export const introduceBranch = async (
  thread: AnyThreadChannel,
  ref: StoryRef,
  line: string,
  face: Face,
): Promise<void> => {
  const { load, redraw, log } = face
  try {
    const head = await load(ref)
    await thread.send(subtext(line))
    if (!head) return
    await tellRecap(thread, head, face)
    await redraw.draw(ref)
  } catch (error) {
    log.warn({ err: error, ...ref, channel: thread.id }, 'a thread could not be told where it stands')
  }
}

/**
 * Tells a thread that it goes on with another branch, and brings it in line with that one. Where what happened last on
 * it was told elsewhere, a recap says it.
 */
export const goOnHere = async (ref: StoryRef, line: string, face: Face): Promise<void> => {
  const { posts, load } = face
  await showMove(ref, line, face, async (thread) => {
    const head = await load(ref)
    if (!head) return
    const shown = await posts.ofTurn(thread.id, { story: ref.story, turn: head.state.turn.id })
    if (shown.length === 0) await tellRecap(thread, head, face)
  })
}

/** Does something for which a thread was opened. Where that fails, the thread goes again. */
export const orWithout = async <T>(thread: AnyThreadChannel, work: () => Promise<T>): Promise<T> => {
  try {
    return await work()
  } catch (error) {
    await thread.delete().catch(() => {})
    throw error
  }
}

/** Lets a thread tell a branch, once nothing is done on it. A thread that it leaves keeps no buttons. */
export const moveTo = async (
  ref: StoryRef,
  channel: string,
  parent: string,
  { engine, branches, threads, redraw, log }: Face,
): Promise<void> => {
  const left = await engine.alone(ref, async () => {
    const before = await threads.threadOf(ref)
    await branches.showIn(ref, channel, parent)
    return before
  })
  if (left === undefined || left === channel) return
  redraw
    .leave(left)
    .catch((error: unknown) => log.warn({ err: error, channel: left }, 'a thread kept buttons'))
}

/** Lets the thread in which something is done tell another branch, once nothing is done on either. */
export const showHere = async (
  { channel }: Pick<Interaction<'cached'>, 'channel'>,
  shown: StoryRef,
  ref: StoryRef,
  face: Face,
): Promise<void> => {
  const parent = channel?.isThread() ? channel.parentId : null
  if (!channel || parent === null) throw new UserFacingError('no_story_here', face.texts.noStoryHere)
  // One lane after the other, never one within the other: two that switch at once would wait for each other.
  await face.engine.alone(shown, async () => {})
  await moveTo(ref, channel.id, parent, face)
}
