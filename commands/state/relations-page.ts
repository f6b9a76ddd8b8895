import type { APISelectMenuOption } from 'discord.js'
import { menuRow } from '../../src/discord/buttons.ts'
import { castIn, labelOf } from '../../src/discord/names.ts'
import { plain } from '../../src/discord/render.ts'
import type { Texts } from '../../src/locales/en.ts'
import type { Knowable } from '../../src/safety/knowable.ts'
import { edgeBetween } from '../../src/story/edge.ts'
import type { Head } from '../../src/story/head.ts'
import { NARRATOR } from '../../src/story/ref.ts'
import { present } from '../../src/story/scene.ts'
import { personaIn, whyThisMuch } from '../known.ts'
import type { Entry } from '../memory/page.ts'
import { type Ends, feelingEntry, strengthOf } from '../relation/relation.ts'
import { option } from './menu.ts'
import { footerOf, PANEL_TEXT, type Panel } from './panel.ts'
import { partButtons, partOf } from './parts.ts'
import { type View, viewIdOf } from './view.ts'

const PAIRS = 8

type RelationsView = Extract<View, { readonly page: 'relations' }>

/** How those who are present feel about each other, and whatever else is felt; the strongest first. */
const pairsIn = ({ head: { state }, reader, standing }: Knowable): Ends[] => {
  const here = present(state.cast, state.scene).filter((entity) => entity !== NARRATOR)
  const between = here
    .filter((from) => standing === 'leading' || from === reader.persona)
    .flatMap((from) => here.filter((to) => to !== from).map((to) => ({ from, to })))
  const isFelt = ({ from, to }: Ends) => state.edges.some((edge) => edge.from === from && edge.to === to)
  const felt = state.edges.toSorted((one, other) => strengthOf(other) - strengthOf(one))
  return [...felt, ...between.filter((pair) => !isFelt(pair))]
}

const entryOf = (head: Head, pair: Ends, texts: Texts): Entry => {
  const { reason, summary } = edgeBetween(head.state.edges, pair.from, pair.to)
  const why = head.words.get(reason ?? '') || head.words.get(summary ?? '') || ''
  const before = feelingEntry(head, pair, texts)
  return { before: why ? `${before}\n` : before, words: plain(why, PANEL_TEXT), after: '' }
}

const changesOf = (head: Head, pairs: readonly Ends[], texts: Texts): APISelectMenuOption[] => {
  const { change } = texts.state
  const cast = castIn(head, texts)
  return pairs.map(({ from, to }) => {
    const { affinity, trust } = edgeBetween(head.state.edges, from, to)
    const label = change.relation(labelOf(cast, from), labelOf(cast, to))
    return option(`feel:${from}:${to}`, label, change.feelings(affinity, trust))
  })
}

/** Who feels what about whom, and why. */
export const relationsPage = (known: Knowable, view: RelationsView, texts: Texts): Omit<Panel, 'note'> => {
  const { state: words } = texts
  const { head, standing } = known
  const { part, shown, hasMore } = partOf(pairsIn(known), view.part, PAIRS)
  const here: View = { page: 'relations', part }
  const name = personaIn(known, texts)
  const isLed = standing === 'leading'
  const nothing = { before: isLed || !name ? words.nothingFelt : texts.relation.nobodyMet(name) }
  return {
    heading: isLed || !name ? words.relations : words.relationsOf(name),
    sections: [
      {
        entries:
          shown.length > 0
            ? shown.map((pair) => entryOf(head, pair, texts))
            : [{ ...nothing, words: '', after: '' }],
      },
    ],
    controls: [
      ...partButtons(part, hasMore, (to) => ({ page: 'relations', part: to }), texts),
      ...(isLed && shown.length > 0
        ? [menuRow(viewIdOf('state-change', here), words.change.ask, changesOf(head, shown, texts))]
        : []),
    ],
    footer: footerOf(whyThisMuch(known, texts)),
  }
}
