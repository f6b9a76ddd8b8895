import type { APISelectMenuOption } from 'discord.js'
import { menuRow } from '../../src/discord/buttons.ts'
import { castIn, labelOf, placesIn, shownAs } from '../../src/discord/names.ts'
import { plain, subtext } from '../../src/discord/render.ts'
import type { Texts } from '../../src/locales/en.ts'
import type { Knowable } from '../../src/safety/knowable.ts'
import { activityOf } from '../../src/story/activity.ts'
import { castMembers } from '../../src/story/cast.ts'
import type { Head } from '../../src/story/head.ts'
import { type EntityId, NARRATOR } from '../../src/story/ref.ts'
import { participantIn, present } from '../../src/story/scene.ts'
import { activityWords } from '../activity/show.ts'
import { ANCHOR_LIMIT, clockFields } from '../clock/clock.ts'
import { whyThisMuch } from '../known.ts'
import type { Entry } from '../memory/page.ts'
import { pathTo } from '../scene/scene.ts'
import { option } from './menu.ts'
import { footerOf, type Panel } from './panel.ts'
import { partButtons, partOf } from './parts.ts'
import { type View, viewIdOf } from './view.ts'

/** With two things to change about each, a menu has room for them. */
const PEOPLE = 8

type SceneView = Extract<View, { readonly page: 'scene' }>

const headingOf = (head: Head, texts: Texts): string => {
  const { scene: words, state } = texts
  const { number, open } = head.state.scene
  const { time, anchor, weather } = clockFields(head, texts)
  return [
    open ? words.heading(number, pathTo(head, open.place)) : state.noScene(number),
    state.now(time, plain(weather, ANCHOR_LIMIT)),
    subtext(anchor && state.dayOne(plain(anchor, ANCHOR_LIMIT))),
  ]
    .filter(Boolean)
    .join('\n')
}

// Those who lead a story also see who is elsewhere, and a player what they do themselves.
const peopleIn = ({ head: { state }, reader, standing }: Knowable): EntityId[] => {
  const here = present(state.cast, state.scene).filter((entity) => entity !== NARRATOR)
  if (standing === 'leading')
    return [...here, ...castMembers(state.cast).filter((entity) => !here.includes(entity))]
  return standing === 'elsewhere' && reader.persona !== undefined ? [reader.persona] : here
}

const entryOf = (head: Head, entity: EntityId, texts: Texts): Entry => {
  const { scene } = head.state
  const place = participantIn(scene, entity)?.place ?? null
  const isAway = scene.open !== null && participantIn(scene, entity) === undefined
  const where = isAway ? texts.scene.outside : shownAs(placesIn(head), place)
  const words = activityWords(head, entity, texts).join(' · ')
  const name = texts.scene.participant(shownAs(castIn(head, texts), entity), where)
  return { before: words ? `${name}\n` : name, words, after: '' }
}

const changesOf = (head: Head, people: readonly EntityId[], texts: Texts): APISelectMenuOption[] => {
  const { change } = texts.state
  const { scene, activities } = head.state
  const { time, weather } = clockFields(head, texts)
  const cast = castIn(head, texts)
  return [
    option('clock', change.clock, time),
    option('weather', change.weather, weather),
    ...people.flatMap((entity) => {
      const name = labelOf(cast, entity)
      const doing = option(
        `act:${entity}`,
        change.activity(name),
        activityOf(activities, entity)?.action?.label,
      )
      if (!scene.open) return [doing]
      return [
        doing,
        participantIn(scene, entity)
          ? option(`leave:${entity}`, change.leave(name))
          : option(`join:${entity}`, change.join(name)),
      ]
    }),
  ]
}

/** Where and when the scene is, who is there and what they do. */
export const scenePage = (known: Knowable, view: SceneView, texts: Texts): Omit<Panel, 'note'> => {
  const { head, standing } = known
  const { part, shown, hasMore } = partOf(peopleIn(known), view.part, PEOPLE)
  const isLed = standing === 'leading'
  const here: View = { page: 'scene', part }
  const nobody = isLed ? [{ before: texts.scene.nobody, words: '', after: '' }] : []
  const people = shown.map((entity) => entryOf(head, entity, texts))
  return {
    heading: headingOf(head, texts),
    sections: [{ entries: people.length > 0 ? people : nobody }],
    controls: [
      ...partButtons(part, hasMore, (to) => ({ page: 'scene', part: to }), texts),
      ...(isLed
        ? [menuRow(viewIdOf('state-change', here), texts.state.change.ask, changesOf(head, shown, texts))]
        : []),
    ],
    footer: footerOf(whyThisMuch(known, texts)),
  }
}
