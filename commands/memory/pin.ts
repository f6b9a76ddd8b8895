import type { ChatInputCommandInteraction } from 'discord.js'
import type { CommandHandler, Face } from '../../src/discord/command.ts'
import { sheet } from '../../src/discord/sheet.ts'
import { isRefusal } from '../../src/story/draft.ts'
import { pinMemory, unpinMemory } from '../../src/story/edit/memory.ts'
import type { Head } from '../../src/story/head.ts'
import type { PlayerId } from '../../src/story/ref.ts'
import type { Remembered } from '../../src/turn/ports/timeline.ts'
import { pinnedBy } from '../../src/turn/remembered.ts'
import type { Change } from '../change.ts'
import { changeMemories } from './change.ts'
import { memoryAsked, memoryAt } from './memory.ts'
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

/** Pins a memory: what was pinned on its own may have to make room, and is named. */
export const pinning = async (
  head: Head,
  { memory, owner, body }: Remembered,
  player: PlayerId,
  face: Face,
): Promise<Change> => {
  const { pinned, field } = face.texts.memory
  const decision = pinMemory(head.state, player, { owner, memory }, face.newId)
  const evicted = isRefusal(decision)
    ? []
    : decision.events.flatMap(({ type, data }) => (type === 'memory.unpinned' ? [data.memory] : []))
  const shown = await pinnedBy(face, head, owner)
  const madeRoom = shown.filter((one) => evicted.includes(one.memory))
  const fields = [
    { label: field.memory, words: body },
    ...madeRoom.map((one) => ({ label: field.madeRoom, words: one.body })),
  ]
  return { decision, told: sheet(pinned(nameIn(head, owner, face)), fields) }
}

/** Takes a memory's pin away. */
export const unpinning = (
  head: Head,
  { memory, owner, body }: Remembered,
  player: PlayerId,
  face: Face,
): Change => {
  const { unpinned, field } = face.texts.memory
  return {
    decision: unpinMemory(head.state, player, { owner, memory }, face.newId),
    told: sheet(unpinned(nameIn(head, owner, face)), [{ label: field.memory, words: body }]),
  }
}

/** `/memory pin`. */
export const pin: CommandHandler = (interaction, face) =>
  changePin(interaction, (head, memory) => pinning(head, memory, interaction.user.id, face), face)

/** `/memory unpin`. */
export const unpin: CommandHandler = (interaction, face) =>
  changePin(interaction, async (head, memory) => unpinning(head, memory, interaction.user.id, face), face)
