import type { ChatInputCommandInteraction, Interaction } from 'discord.js'
import type { Face, Suggest } from '../../src/discord/command.ts'
import { storyHere } from '../../src/discord/here.ts'
import { castIn, shownAs, someoneNamed } from '../../src/discord/names.ts'
import { UserFacingError } from '../../src/kit/errors.ts'
import type { Texts } from '../../src/locales/en.ts'
import { timeOf } from '../../src/story/clock.ts'
import type { Head } from '../../src/story/head.ts'
import { type Memory, pinOf } from '../../src/story/memory.ts'
import type { EntityId, MemoryId } from '../../src/story/ref.ts'
import type { MemoryStore, Remembered } from '../../src/turn/ports/timeline.ts'
import { demandOpen, ownerSaid } from './owner.ts'

/** How many of an owner's newest memories are looked through for words. */
const SEARCHED = 200

const folded = (text: string): string => text.trim().normalize().toLowerCase()

/** Those that have these words in them, in any case. */
export const holding = (memories: readonly Remembered[], typed: string): Remembered[] =>
  memories.filter(({ body }) => folded(body).includes(folded(typed)))

const gone = ({ memory: words }: Texts) => new UserFacingError('memory_gone', words.gone)

/** The memory of an owner that was chosen by its id, or that alone has the words that were typed. */
export const memorySaid = async (
  head: Head,
  owner: EntityId,
  typed: string,
  { memories, texts }: { readonly memories: Omit<MemoryStore, 'factsOf'>; readonly texts: Texts },
): Promise<Remembered> => {
  const chosen = await memories.memory(head, typed)
  if (chosen?.owner === owner) return chosen
  if (folded(typed) === '') throw gone(texts)
  const [one, ...others] = holding(await memories.memoriesOf(head, owner, 0, SEARCHED), typed)
  if (!one) throw gone(texts)
  if (others.length > 0) throw new UserFacingError('several_memories', texts.memory.several)
  return one
}

/** The story of this thread, and the memory whose owner and words a command names. */
export const memoryAsked = async (
  interaction: ChatInputCommandInteraction<'cached'>,
  face: Face,
): Promise<{ readonly head: Head; readonly asked: Remembered }> => {
  const { head, owner } = await ownerSaid(interaction, face)
  return { head, asked: await memorySaid(head, owner, interaction.options.getString('memory', true), face) }
}

/** A memory as a head has it, for those who may change it there. */
export const memoryAt = async (
  interaction: Interaction<'cached'>,
  head: Head,
  id: MemoryId,
  face: Face,
): Promise<Remembered> => {
  const found = await face.memories.memory(head, id)
  if (!found) throw gone(face.texts)
  demandOpen(interaction, head, found.owner, face)
  return found
}

type Detailed = Pick<Memory, 'source' | 'toldBy' | 'significance' | 'minutes'> &
  Partial<Pick<Memory, 'chain' | 'reliability'>> & { readonly turn: number }

/**
 * Where a memory comes from, how much it matters and, unless it is certain, how sure it is, in one row. Of the way that
 * hearsay came, as many are named as `named` says.
 */
export const detailsOf = (head: Head, memory: Detailed, texts: Texts, named = 1): string => {
  const { memory: words, clock, scene, known } = texts
  const { source, toldBy, chain = [], reliability = 1, significance, minutes, turn } = memory
  const cast = castIn(head, texts)
  const name = (entity: EntityId) => shownAs(cast, entity) || known.nameless
  const before = [...chain.slice(0, named).map(name), ...(chain.length > named ? ['…'] : [])]
  const from = toldBy === null ? words.source[source] : words.toldBy(name(toldBy), before)
  const matters = scene.significance[significance] ?? ''
  return [
    words.details(turn, clock.when(timeOf(minutes)), from, matters.toLowerCase()),
    ...(reliability < 1 ? [words.sure(reliability)] : []),
  ].join(' · ')
}

// What can be pinned, and what can be unpinned; all else can be done to any memory.
const fits = ({ state }: Head, subcommand: string) => {
  return ({ owner, memory }: Remembered): boolean => {
    const pin = pinOf(state.pins, owner, memory)
    return subcommand === 'unpin' ? pin !== undefined : subcommand !== 'pin' || pin?.how !== 'manual'
  }
}

/** Suggests memories of the owner who is named, by their first words. */
export const suggestMemory: Suggest = async (interaction, typed, face) => {
  const head = await storyHere(interaction, face)
  const { options } = interaction
  const owner = someoneNamed(head, options.getString('owner') ?? '', face.texts)
  demandOpen(interaction, head, owner, face)
  const newest = await face.memories.memoriesOf(head, owner, 0, SEARCHED)
  return holding(newest, typed)
    .filter(fits(head, options.getSubcommand()))
    .map(({ memory, body }) => ({ name: body.replace(/\s+/gu, ' ').trim(), value: memory }))
}
