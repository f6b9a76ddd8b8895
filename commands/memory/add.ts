import type { ChatInputCommandInteraction } from 'discord.js'
import type { CommandHandler } from '../../src/discord/command.ts'
import { someoneNamed } from '../../src/discord/names.ts'
import { subtext } from '../../src/discord/render.ts'
import { sheet } from '../../src/discord/sheet.ts'
import { UserFacingError } from '../../src/kit/errors.ts'
import type { Texts } from '../../src/locales/en.ts'
import { type Decision, isRefusal, type Refusal } from '../../src/story/draft.ts'
import { addMemory } from '../../src/story/edit/memory.ts'
import type { Head } from '../../src/story/head.ts'
import { type Memory, pinOf } from '../../src/story/memory.ts'
import type { EntityId } from '../../src/story/ref.ts'
import { kindIn } from '../options.ts'
import { changeMemories } from './change.ts'
import { detailsOf } from './memory.ts'
import { demandOpen, nameIn, ownerSaid } from './owner.ts'

/** What matters most is pinned where there is room. */
const UNFORGETTABLE = 3

type Said = Pick<Memory, 'source' | 'toldBy'>

/** Where a memory comes from: with a teller, or without one. Refused where a source and a teller do not agree. */
export const sourceSaid = (source: string | null, toldBy: EntityId | null, texts: Texts): Said => {
  const { source: sources, toldByWhom } = texts.memory
  const kind = kindIn(sources, source) ?? (toldBy === null ? 'direct' : 'told')
  if ((kind === 'told') !== (toldBy !== null)) throw new UserFacingError('told_by_whom', toldByWhom)
  return { source: kind, toldBy }
}

const saidIn = (
  { options }: ChatInputCommandInteraction<'cached'>,
  head: Head,
  texts: Texts,
): Said & { readonly text: string; readonly significance: number | undefined } => {
  const teller = options.getString('told-by')
  const toldBy = teller === null ? null : someoneNamed(head, teller, texts)
  return {
    ...sourceSaid(options.getString('source'), toldBy, texts),
    text: options.getString('text', true),
    significance: options.getInteger('significance') ?? undefined,
  }
}

/** What was added, as people read it. */
const addedSheet = (head: Head, name: string, decision: Decision | Refusal, texts: Texts): string => {
  if (isRefusal(decision)) return ''
  const { memory: words } = texts
  const formed = decision.events.find((event) => event.type === 'memory.formed')
  if (!formed) return ''
  const { data } = formed
  const isPinned = pinOf(decision.state.pins, data.owner, data.memory) !== undefined
  const pinning = isPinned ? words.isPinned : words.noRoomToPin
  return sheet(
    words.added(name),
    [{ label: words.field.memory, words: decision.texts.find(({ id }) => id === data.text)?.body ?? '' }],
    [
      subtext(detailsOf(head, { ...data, turn: decision.turn }, texts)),
      ...(data.significance === UNFORGETTABLE ? [pinning] : []),
    ].join('\n'),
  )
}

/** `/memory add`. */
export const add: CommandHandler = async (interaction, face) => {
  const { newId, texts } = face
  const { head: asked, owner } = await ownerSaid(interaction, face)
  const said = saidIn(interaction, asked, texts)
  await changeMemories(
    interaction,
    asked.ref,
    async (head) => {
      demandOpen(interaction, head, owner, face)
      const decision = addMemory(head.state, interaction.user.id, { ...said, owner }, newId)
      return { decision, told: addedSheet(head, nameIn(head, owner, face), decision, texts) }
    },
    face,
  )
}
