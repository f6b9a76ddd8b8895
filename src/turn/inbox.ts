import type { StoryRef } from '../story/ref.ts'
import type { Message } from './engine.ts'
import { keyOf } from './queue.ts'

/** Messages of one player that lie at most this far apart, in milliseconds, are one turn if they had to wait. */
export const MERGE_WINDOW = 2000

/** Messages that wait until they can be taken in. */
export type Inbox = {
  /** False where a message with its id waits already. */
  add(ref: StoryRef, message: Message): boolean
  /** The next message with those that its player sent right after it. */
  take(ref: StoryRef): Message[]
  /** Messages that could not be taken in wait on, before all others. */
  putBack(ref: StoryRef, messages: readonly Message[]): void
  /** Writes a message anew, or (null) takes it away. False when none with this id waits. */
  amend(ref: StoryRef, message: string, text: string | null): boolean
  isEmpty(ref: StoryRef): boolean
}

export const createInbox = (): Inbox => {
  const waiting = new Map<string, Message[]>()
  const of = (ref: StoryRef): Message[] => waiting.get(keyOf(ref)) ?? []
  const keep = (ref: StoryRef, messages: Message[]): void => {
    if (messages.length > 0) waiting.set(keyOf(ref), messages)
    else waiting.delete(keyOf(ref))
  }
  const isNextTurn = (message: Message, before: Message | undefined): boolean =>
    before !== undefined &&
    (message.player.id !== before.player.id || message.sentAt - before.sentAt > MERGE_WINDOW)

  return {
    add: (ref, message) => {
      if (of(ref).some(({ id }) => id === message.id)) return false
      keep(ref, [...of(ref), message])
      return true
    },
    take: (ref) => {
      const inbox = of(ref)
      const end = inbox.findIndex((message, index) => isNextTurn(message, inbox[index - 1]))
      const taken = end === -1 ? inbox : inbox.slice(0, end)
      keep(ref, inbox.slice(taken.length))
      return taken
    },
    putBack: (ref, messages) => keep(ref, [...messages, ...of(ref)]),
    amend: (ref, id, text) => {
      if (!of(ref).some((message) => message.id === id)) return false
      const amended = of(ref).flatMap((message) =>
        message.id !== id ? [message] : text === null ? [] : [{ ...message, text }],
      )
      keep(ref, amended)
      return true
    },
    isEmpty: (ref) => of(ref).length === 0,
  }
}
