import type { ChatInputCommandInteraction } from 'discord.js'
import type { CommandHandler, Face } from '../../src/discord/command.ts'
import { sheet } from '../../src/discord/sheet.ts'
import { isRefusal } from '../../src/story/draft.ts'
import { pinMemory, unpinMemory } from '../../src/story/edit/memory.ts'
import type { Head } from '../../src/story/head.ts'
import type { Remembered } from '../../src/turn/ports/timeline.ts'
import { type Change, changeMemories } from './change.ts'
import { memoryAsked, memoryAt, pinnedIn } from './memory.ts'
import { nameIn } from './owner.ts'

/** Changes what is pinned. `change` is given the newest head, and the memory that was named as it is there. */
const changePin = async (
  interaction: ChatInputCommandInteraction<'cached'>,
  change: (head: Head, memory: Remembered) => Promise<Change>,
  face: Face,
): Promise<void> => {
  const { head: seen, asked } = await memoryAsked(interaction, face)
  await changeMemories(
    interaction,
    seen.ref,
    async (head) => change(head, await memoryAt(interaction, head, asked.memory, face)),
    face,
  )
}

/** `/memory pin`: what was pinned on its own may have to make room, and is named. */
export const pin: CommandHandler = async (interaction, face) => {
  const { newId, texts } = face
  const { pinned, field } = texts.memory
  await changePin(
    interaction,
    async (head, { memory, owner, body }) => {
      const decision = pinMemory(head.state, interaction.user.id, { owner, memory }, newId)
      const evicted = isRefusal(decision)
        ? []
        : decision.events.flatMap(({ type, data }) => (type === 'memory.unpinned' ? [data.memory] : []))
      const shown = await pinnedIn(head, owner, face)
      const madeRoom = shown.filter((one) => evicted.includes(one.memory))
      const fields = [
        { label: field.memory, words: body },
        ...madeRoom.map((one) => ({ label: field.madeRoom, words: one.body })),
      ]
      return { decision, told: sheet(pinned(nameIn(head, owner, face)), fields) }
    },
    face,
  )
}

/** `/memory unpin`. */
export const unpin: CommandHandler = async (interaction, face) => {
  const { newId, texts } = face
  const { unpinned, field } = texts.memory
  await changePin(
    interaction,
    async (head, { memory, owner, body }) => ({
      decision: unpinMemory(head.state, interaction.user.id, { owner, memory }, newId),
      told: sheet(unpinned(nameIn(head, owner, face)), [{ label: field.memory, words: body }]),
    }),
    face,
  )
}
