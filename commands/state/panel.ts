import {
  type APIComponentInContainer,
  type APIMessageTopLevelComponent,
  type APITextDisplayComponent,
  ButtonStyle,
  ComponentType,
  MessageFlags,
} from 'discord.js'
import { type ButtonRow, button, type MenuRow, row } from '../../src/discord/buttons.ts'
import { shorten, subtext } from '../../src/discord/render.ts'
import { shares } from '../../src/discord/sheet.ts'
import type { Texts } from '../../src/locales/en.ts'
import type { Entry } from '../memory/page.ts'
import { beginningOf, pages, type View, viewId } from './view.ts'

/** Discord's limit for all texts of a message made of components. */
export const PANEL_TEXT = 4000

/** What stands between two lines. `isTight`: as the rows of one text, for entries of a row each. */
export type PanelSection = { readonly entries: readonly Entry[]; readonly isTight?: boolean }

/** A panel before it is laid out. Its words stand as they will be shown: no mark in them takes effect. */
export type Panel = {
  readonly heading: string
  /** What has just been changed, or why it was not. */
  readonly note: string
  readonly sections: readonly PanelSection[]
  readonly controls: readonly (ButtonRow | MenuRow)[]
  /** Why its reader sees this, and no more. */
  readonly footer: string
}

/** What is said of a change has this much room above the page. */
export const NOTE_ROOM = 1000

/** What a reply or an edit takes to show a panel. */
export type Shown = {
  readonly components: readonly APIMessageTopLevelComponent[]
  readonly flags: MessageFlags.IsComponentsV2
}

const text = (content: string): APITextDisplayComponent => ({ type: ComponentType.TextDisplay, content })
const line = { type: ComponentType.Separator } as const

const written = ({ before, words, after }: Entry): string => `${before}${words}${after}`

/** The sections of a panel, in which what is short stays whole, and what is long gets the same room each. */
const fitted = ({ heading, note, sections, footer }: Panel): string[][] => {
  const entries = sections.flatMap((section) => section.entries)
  const bare = entries.map((entry) => written({ ...entry, words: '' }))
  const rooms = shares(
    entries.map(({ words }) => words.length),
    PANEL_TEXT - [heading, note, footer, ...bare].join('\n').length,
  ).values()
  const short = (entry: Entry) => ({ ...entry, words: shorten(entry.words, rooms.next().value ?? 0) })
  return sections.map(({ entries: own, isTight = false }) => {
    const rows = own.map((entry) => written(short(entry))).filter(Boolean)
    return isTight && rows.length > 0 ? [rows.join('\n')] : rows
  })
}

const tabs = (view: View, { state: words }: Texts): ButtonRow =>
  row(
    ...pages.map((page) =>
      button(
        words.page[page],
        viewId('tab', beginningOf(page)),
        view.page === page ? { style: ButtonStyle.Primary, disabled: true } : {},
      ),
    ),
  )

/** Lays a panel out as Discord takes it: one box, with the way to the other pages at its end. */
export const panelOf = (panel: Panel, view: View, texts: Texts): Shown => {
  const { heading, note, controls, footer } = panel
  const again = button(texts.state.again, viewId('again', view))
  const components: APIComponentInContainer[] = [
    { type: ComponentType.Section, components: [text(heading)], accessory: again },
    ...(note ? [text(note)] : []),
    ...fitted(panel)
      .filter((section) => section.length > 0)
      .flatMap((section) => [line, ...section.map(text)]),
    line,
    ...controls,
    tabs(view, texts),
    text(footer),
  ]
  return {
    components: [{ type: ComponentType.Container, components }],
    flags: MessageFlags.IsComponentsV2,
  }
}

/** Small print under a panel. */
export const footerOf = (...reasons: readonly string[]): string =>
  subtext(reasons.filter(Boolean).join(' · '))
