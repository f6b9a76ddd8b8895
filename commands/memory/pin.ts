import type { CommandHandler } from '../../src/discord/command.ts'
import { sheet } from '../../src/discord/sheet.ts'
import { isRefusal } from '../../src/story/draft.ts'
import { pinMemory, unpinMemory } from '../../src/story/edit/memory.ts'
import { changeMemories } from './change.ts'
import { memoryAt, memorySaid, pinnedIn } from './memory.ts'
import { nameIn, ownerSaid } from './owner.ts'

/** `/memory pin`: what was pinned on its own may have to make room, and is named. */
export const pin: CommandHandler = async (interaction, face) => {
  const { newId, texts } = face
  const { pinned, field } = texts.memory
  const { head: asked, owner } = await ownerSaid(interaction, face)
  const { memory: id } = await memorySaid(asked, owner, interaction.options.getString('memory', true), face)
  await changeMemories(
    interaction,
    asked.ref,
    async (head) => {
      const { memory, body } = await memoryAt(interaction, head, id, face)
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
  const { head: asked, owner } = await ownerSaid(interaction, face)
  const { memory: id } = await memorySaid(asked, owner, interaction.options.getString('memory', true), face)
  await changeMemories(
    interaction,
    asked.ref,
    async (head) => {
      const { memory, body } = await memoryAt(interaction, head, id, face)
      return {
        decision: unpinMemory(head.state, interaction.user.id, { owner, memory }, newId),
        told: sheet(unpinned(nameIn(head, owner, face)), [{ label: field.memory, words: body }]),
      }
    },
    face,
  )
}
