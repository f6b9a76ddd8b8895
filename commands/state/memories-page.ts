import { type ButtonRow, type MenuRow, menuRow } from '../../src/discord/buttons.ts'
import { customId } from '../../src/discord/custom-id.ts'
import { castIn, shownAs } from '../../src/discord/names.ts'
import { pager } from '../../src/discord/pager.ts'
import { plain, subtext } from '../../src/discord/render.ts'
import { onOneRow } from '../../src/kit/text.ts'
import type { Texts } from '../../src/locales/en.ts'
import { type Knowable, knowableMemories, mayLookInto, type OwnMemory } from '../../src/safety/knowable.ts'
import { castMembers } from '../../src/story/cast.ts'
import type { EntityId } from '../../src/story/ref.ts'
import type { MemoryStore, Remembered } from '../../src/turn/ports/timeline.ts'
import { pinnedBy } from '../../src/turn/remembered.ts'
import { whyThisMuch } from '../known.ts'
import { detailsOf } from '../memory/memory.ts'
import type { Entry } from '../memory/page.ts'
import { OPTIONS_LIMIT, option, severalRow } from './menu.ts'
import { footerOf, PANEL_TEXT, type Panel } from './panel.ts'
import { viewId } from './view.ts'

/** Beside as many as can be pinned, a menu has room for them. */
const NEWEST = 8

/** As many as the custom id of the form for their words has room for. */
const MERGED_AT_ONCE = 4

/** What an owner remembers, as far as one part shows it. All that is pinned stands on the first part. */
export type MemoriesPart = {
  readonly owner: EntityId
  readonly part: number
  readonly pins: number
  readonly pinned: readonly OwnMemory<Remembered>[]
  readonly newest: readonly OwnMemory<Remembered>[]
  readonly hasMore: boolean
}

/** Whose memories a panel shows: the one who was chosen, where the reader may know them, or their persona. */
export const ownerFor = ({ head, reader }: Knowable, chosen: EntityId | undefined): EntityId | undefined => {
  const open = castMembers(head.state.cast).filter((entity) => mayLookInto(reader, entity))
  return (
    open.find((entity) => entity === chosen) ?? open.find((entity) => entity === reader.persona) ?? open[0]
  )
}

/** Reads a part of what an owner remembers. */
export const memoriesPart = async (
  { head, reader }: Knowable,
  owner: EntityId,
  part: number,
  memories: Pick<MemoryStore, 'memoriesOf' | 'memory'>,
): Promise<MemoriesPart> => {
  const pinned = await pinnedBy({ memories }, head, owner)
  const until = (part + 1) * NEWEST
  const found = await memories.memoriesOf(head, owner, 0, until + pinned.length + 1)
  const isPinned = new Set(pinned.map(({ memory }) => memory))
  const rest = found.filter(({ memory }) => !isPinned.has(memory))
  return {
    ...{ owner, part, pins: pinned.length, hasMore: rest.length > until },
    pinned: part === 0 ? knowableMemories(reader, pinned) : [],
    newest: knowableMemories(reader, rest.slice(part * NEWEST, until)),
  }
}

const ownerMenu = (known: Knowable, owner: EntityId, texts: Texts): MenuRow[] => {
  const open = castIn(known.head, texts).filter(({ id }) => mayLookInto(known.reader, id))
  if (open.length < 2) return []
  // Of a larger cast, those around whoever is shown; all others are to be had by their names.
  const at = open.findIndex(({ id }) => id === owner)
  const from = Math.max(0, Math.min(at - Math.floor(OPTIONS_LIMIT / 2), open.length - OPTIONS_LIMIT))
  const options = open
    .slice(from, from + OPTIONS_LIMIT)
    .map(({ id, label }) => ({ ...option(id, label), default: id === owner }))
  return [menuRow(customId('state-owner'), texts.state.ofWhom, options)]
}

const pagerOf = ({ owner, part, hasMore }: MemoriesPart, texts: Texts): ButtonRow[] =>
  pager(part, hasMore, (to) => viewId('part', { page: 'memories', owner, part: to }), texts)

const menus = ({ pinned, newest }: MemoriesPart, texts: Texts): MenuRow[] => {
  const { change } = texts.state
  const options = [
    ...pinned.map(({ memory, body }) => option(memory, `📌 ${onOneRow(body)}`)),
    ...newest.map(({ memory, body }) => option(memory, onOneRow(body) || '…')),
  ]
  const [id, placeholder] = [customId('state-merge'), change.merge]
  const most = Math.min(MERGED_AT_ONCE, options.length)
  return [
    ...(options.length > 0 ? [menuRow(customId('state-memory'), change.memory, options)] : []),
    ...(options.length > 1 ? [severalRow({ id, placeholder, least: 2, most }, options)] : []),
  ]
}

/** What one remembers: what is pinned, then the newest. */
export const memoriesPage = (known: Knowable, shown: MemoriesPart, texts: Texts): Omit<Panel, 'note'> => {
  const { memory: words, state } = texts
  const { head } = known
  const { owner, pins, pinned, newest } = shown
  const name = shownAs(castIn(head, texts), owner)
  const pinnedRows = pinned.map(
    ({ body }): Entry => ({ before: '📌 ', words: plain(body, PANEL_TEXT), after: '' }),
  )
  const rows = newest.map(
    (memory): Entry => ({
      before: '',
      words: plain(memory.body, PANEL_TEXT),
      after: `\n${subtext(detailsOf(head, memory, texts))}`,
    }),
  )
  const none = { before: state.remembersNothing(name), words: '', after: '' }
  return {
    heading: words.heading(name, pins),
    sections: [
      { entries: pinnedRows, isTight: true },
      { entries: pinned.length + newest.length > 0 ? rows : [none] },
    ],
    controls: [...ownerMenu(known, owner, texts), ...menus(shown, texts), ...pagerOf(shown, texts)],
    footer: footerOf(whyThisMuch(known, texts)),
  }
}

/** Of one who may know nobody's memories. */
export const noMemories = (known: Knowable, texts: Texts): Omit<Panel, 'note'> => ({
  heading: texts.state.memories,
  sections: [{ entries: [{ before: texts.state.nobodyRemembers, words: '', after: '' }] }],
  controls: [],
  footer: footerOf(whyThisMuch(known, texts)),
})
