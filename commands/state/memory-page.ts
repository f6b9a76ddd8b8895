import { ButtonStyle } from 'discord.js'
import { button, row } from '../../src/discord/buttons.ts'
import { customId } from '../../src/discord/custom-id.ts'
import { castIn, shownAs } from '../../src/discord/names.ts'
import { plainLines, subtext } from '../../src/discord/render.ts'
import type { Texts } from '../../src/locales/en.ts'
import type { Knowable, OwnMemory } from '../../src/safety/knowable.ts'
import { pinOf } from '../../src/story/memory.ts'
import type { Remembered } from '../../src/turn/ports/timeline.ts'
import { whyThisMuch } from '../known.ts'
import { detailsOf } from '../memory/memory.ts'
import { footerOf, type Panel } from './panel.ts'
import { viewId } from './view.ts'

/** Of a rumour's way, more than anybody follows. */
const NAMED = 12

/** One memory with all its words, and what can be done with it. `asks`: whether it is to be forgotten. */
export const memoryPage = (
  known: Knowable,
  shown: { readonly memory: OwnMemory<Remembered>; readonly asks: boolean },
  texts: Texts,
): Omit<Panel, 'note'> => {
  const { head } = known
  const { memory: words, state, rewind } = texts
  const { memory: id, owner, body } = shown.memory
  const name = shownAs(castIn(head, texts), owner)
  const isPinned = pinOf(head.state.pins, owner, id) !== undefined
  const asking = row(
    button(words.forgetButton, customId('state-forget', id), { style: ButtonStyle.Danger }),
    button(rewind.cancel, viewId('stay', { page: 'memory', memory: id, asks: false })),
  )
  const acting = row(
    button(state.change.edit, customId('state-edit', id)),
    isPinned
      ? button(state.change.unpin, customId('state-unpin', id))
      : button(state.change.pin, customId('state-pin', id)),
    button(state.change.forget, viewId('ask', { page: 'memory', memory: id, asks: true })),
    button(state.back, viewId('back', { page: 'memories', owner, part: 0 })),
  )
  const entry = {
    before: isPinned ? '📌 ' : '',
    words: plainLines(body),
    after: `\n${subtext(detailsOf(head, shown.memory, texts, NAMED))}`,
  }
  return {
    heading: shown.asks ? words.askForget(name) : `### ${words.form.heading(name)}`,
    sections: [{ entries: [entry] }],
    controls: [shown.asks ? asking : acting],
    footer: footerOf(...(shown.asks ? [words.safe] : []), whyThisMuch(known, texts)),
  }
}
