import type { Message } from 'discord.js'

/** Stands under a message that waits until it can be taken in. */
const WAITING = '⏳'

export const isMarked = (message: Message): boolean => message.reactions.cache.get(WAITING)?.me === true

export const mark = async (message: Message): Promise<void> => {
  await message.react(WAITING).catch(() => {})
}

/** Also takes the mark away that an earlier run of the program left there. */
export const unmark = async (message: Message): Promise<void> => {
  await message.reactions.cache
    .get(WAITING)
    ?.users.remove()
    .catch(() => {})
}
