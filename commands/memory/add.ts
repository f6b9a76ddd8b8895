import type { ChatInputCommandInteraction } from 'discord.js'
import type { CommandHandler } from '../../src/discord/command.ts'
import { castIn, shownAs, someoneNamed } from '../../src/discord/names.ts'
import { subtext } from '../../src/discord/render.ts'
import { sheet } from '../../src/discord/sheet.ts'
import { UserFacingError } from '../../src/kit/errors.ts'
import type { Texts } from '../../src/locales/en.ts'
import { knowableMemories } from '../../src/safety/knowable.ts'
import type { Reader } from '../../src/safety/readable.ts'
import { type Decision, isRefusal, type Refusal } from '../../src/story/draft.ts'
import { addMemory, UNFORGETTABLE } from '../../src/story/edit/memory.ts'
import type { Head } from '../../src/story/head.ts'
import { type Memory, pinOf } from '../../src/story/memory.ts'
import type { EntityId } from '../../src/story/ref.ts'
import { readerOf } from '../known.ts'
import { kindIn } from '../options.ts'
import { changeMemories } from './change.ts'
import { detailsOf } from './memory.ts'
import { demandOpen, ownerSaid } from './owner.ts'

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
const addedSheet = (head: Head, reader: Reader, decision: Decision | Refusal, texts: Texts): string => {
  if (isRefusal(decision)) return ''
  const { memory: words } = texts
  const formed = decision.events.find((event) => event.type === 'memory.formed')
  if (!formed) return ''
  const { data } = formed
  const shown = knowableMemories(reader, [{ ...data, turn: decision.turn }])
  const isPinned = pinOf(decision.state.pins, data.owner, data.memory) !== undefined
  const pinning = isPinned ? words.isPinned : words.noRoomToPin
  return sheet(
    words.added(shownAs(castIn(head, texts), data.owner)),
    [{ label: words.field.memory, words: decision.texts.find(({ id }) => id === data.text)?.body ?? '' }],
    [
      ...shown.map((memory) => subtext(detailsOf(head, memory, texts))),
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
      return { decision, told: addedSheet(head, readerOf(interaction, head), decision, texts) }
    },
    face,
  )
}
