import { castIn, placesIn, shownAs } from '../../src/discord/names.ts'
import { plain } from '../../src/discord/render.ts'
import type { Texts } from '../../src/locales/en.ts'
import { timeOf } from '../../src/story/clock.ts'
import { diffStates, type Entries, type Feelings, type StateDiff } from '../../src/story/diff.ts'
import type { Head } from '../../src/story/head.ts'
import type { EntityId, TextId } from '../../src/story/ref.ts'
import { activityFields } from '../activity/activity.ts'
import { placeFields } from '../place/place.ts'
import { sceneFields, whereabouts } from '../scene/scene.ts'

/** Words that one of the story knows or keeps in mind, by an id that branches share. */
export type Held = ReadonlyMap<string, { readonly owner: EntityId; readonly words: string }>

/** One of two branches that are compared, as far as its reader may know it. */
export type Side = {
  readonly name: string
  readonly head: Head
  /** The first turns since the branches parted, with their first words, and how many follow. */
  readonly turns: readonly { readonly turn: number; readonly words: string }[]
  readonly more: number
  readonly facts: Held
  readonly pins: Held
}

/** `turn`: the newest that both have. `mayRead`: into whom the reader may look. */
export type Comparison = {
  readonly one: Side
  readonly other: Side
  readonly turn: number
  readonly isInCharge: boolean
  readonly mayRead: (entity: EntityId) => boolean
}

type Fields = Readonly<Record<string, string>>

/** How much is shown of each value. */
const VALUE_ROOM = 160

const writer = ({ one, other, mayRead }: Comparison, texts: Texts) => {
  const { diff: words, clock } = texts
  const value = (text: string) => plain(text, VALUE_ROOM) || words.nothing
  const row = (label: string, a: string, b: string) => (a === b ? [] : [words.row(label, value(a), value(b))])
  const body = ({ head }: Side, id: TextId | null | undefined) => head.words.get(id ?? '') ?? ''
  const named = (id: EntityId) =>
    shownAs(castIn(one.head, texts), id) || shownAs(castIn(other.head, texts), id) || texts.known.nameless

  /** One row for each field that differs, or a single one for what only one of them has. */
  const thing = (name: string, labels: Fields, a: Fields | null, b: Fields | null): string[] => {
    if (a && b)
      return Object.entries(labels).flatMap(([key, label]) =>
        row(words.field(name, label), a[key] ?? '', b[key] ?? ''),
      )
    const { name: _, ...rest } = a ?? b ?? {}
    const all = Object.values(rest).filter((text) => text !== '')
    return [words.only(name, a ? one.name : other.name, plain(all.join(' · '), VALUE_ROOM))]
  }

  /** The texts of someone's identity, by the names of their fields. */
  const identity = <T>(side: Side, entry: T | null, keys: readonly (keyof T & string)[]): Fields | null =>
    entry && Object.fromEntries(keys.map((key) => [key, body(side, entry[key] as TextId | null | undefined)]))

  const people = <T extends { readonly name: TextId }>(
    entries: Entries<T>,
    idOf: (entry: T) => EntityId,
    open: readonly (keyof T & string)[],
    labels: Fields,
  ) =>
    entries.flatMap(({ one: a, other: b }) => {
      const entry = a ?? b
      if (!entry) return []
      const id = idOf(entry)
      const keys = (mayRead(id) ? Object.keys(labels) : open) as (keyof T & string)[]
      return thing(named(id), labels, identity(one, a, keys), identity(other, b, keys))
    })

  const cast = ({ characters, personas }: StateDiff['cast']) => [
    ...people(characters, ({ character }) => character, ['name', 'persona'], texts.character.field),
    ...people(personas, ({ persona }) => persona, ['name', 'pronouns'], texts.persona.field),
  ]

  const scene = ({ participants, ...changes }: StateDiff['scene']) => {
    const of = ({ head }: Side) => ({
      number: words.scene(head.state.scene.number, head.state.scene.open !== null),
      ...sceneFields(head, texts),
    })
    const [a, b] = [of(one), of(other)]
    const isAlike = Object.values(changes).every((change) => change === null)
    if (isAlike && participants.length === 0) return []
    const moved = participants.flatMap(({ one: before, other: after }) => {
      const { entity } = before ?? after ?? { entity: '' }
      return row(named(entity), whereabouts(one.head, entity, texts), whereabouts(other.head, entity, texts))
    })
    return [
      ...row(words.sceneNumber, a.number, b.number),
      ...row(texts.scene.field.place, a.place, b.place),
      ...moved,
    ]
  }

  const places = (entries: StateDiff['places']) =>
    entries.flatMap(({ one: a, other: b }) => {
      const id = (a ?? b)?.place ?? ''
      const name = shownAs(placesIn(one.head), id) || shownAs(placesIn(other.head), id)
      const { name: _, ...labels } = texts.place.field
      const of = ({ head }: Side) => placeFields(head, id, texts)
      if (a && b) return thing(name, texts.place.field, of(one), of(other))
      return thing(name, labels, a ? { type: a.type } : null, b ? { type: b.type } : null)
    })

  const activities = (entries: StateDiff['activities']) =>
    entries.flatMap(({ one: a, other: b }) => {
      const id = (a ?? b)?.entity ?? ''
      const of = ({ head }: Side) => activityFields(head, id, texts)
      return thing(named(id), texts.activity.field, of(one), of(other))
    })

  const time = ({ minutes, anchor, weather }: StateDiff['clock']) => [
    ...(minutes
      ? row(clock.field.time, clock.when(timeOf(minutes.one)), clock.when(timeOf(minutes.other)))
      : []),
    ...(anchor ? row(clock.field.anchor, body(one, anchor.one), body(other, anchor.other)) : []),
    ...(weather ? row(clock.field.weather, weather.one ?? '', weather.other ?? '') : []),
  ]

  const feelings = (side: Side, { affinity, trust, summary }: Feelings) =>
    words.feelings(affinity, trust, body(side, summary))
  const edges = (differing: StateDiff['edges']) =>
    differing
      .filter(({ from }) => mayRead(from))
      .flatMap(({ from, to, one: a, other: b }) =>
        row(words.pair(named(from), named(to)), feelings(one, a), feelings(other, b)),
      )

  const missingIn = (there: Held, elsewhere: Held, side: Side) =>
    [...there]
      .filter(([id, { owner }]) => !elsewhere.has(id) && mayRead(owner))
      .map(([, { owner, words: held }]) => words.only(named(owner), side.name, value(held)))
  const held = (kind: 'facts' | 'pins') => [
    ...missingIn(one[kind], other[kind], one),
    ...missingIn(other[kind], one[kind], other),
  ]

  const premise = (change: StateDiff['premise']) => {
    const of = (side: Side) => {
      const { title, premise: about } = side.head.state.premise ?? {}
      return { title: body(side, title), premise: body(side, about) }
    }
    const [a, b] = [of(one), of(other)]
    return change
      ? [...row(words.premise.title, a.title, b.title), ...row(words.premise.premise, a.premise, b.premise)]
      : []
  }

  return { premise, cast, scene, places, activities, time, edges, held }
}

const happened = ({ name, turns, more }: Side, { diff: words }: Texts): string[] => [
  `**${words.happened(name)}**`,
  ...(turns.length === 0 ? [words.nothingHappened] : []),
  ...turns.map((entry) => `- ${words.turn(entry.turn, entry.words)}`),
  ...(more > 0 ? [words.moreTurns(more)] : []),
]

/** How two branches differ, row by row: what happened on each, then what is true on each. */
export const diffInWords = (comparison: Comparison, texts: Texts): string[] => {
  const { one, other, turn, isInCharge } = comparison
  const { diff: words } = texts
  const write = writer(comparison, texts)
  const diff = diffStates(one.head.state, other.head.state)
  const sections = [
    [words.section.premise, write.premise(diff.premise)],
    [words.section.cast, write.cast(diff.cast)],
    [words.section.scene, write.scene(diff.scene)],
    [words.section.places, write.places(diff.places)],
    [words.section.activities, write.activities(diff.activities)],
    [words.section.clock, write.time(diff.clock)],
    [words.section.edges, write.edges(diff.edges)],
    [words.section.facts, write.held('facts')],
    [words.section.pins, write.held('pins')],
  ] as const
  const filled = sections.filter(([, rows]) => rows.length > 0)
  return [
    words.parts(one.name, other.name, turn),
    isInCharge ? words.allShown : words.ownShown,
    '',
    ...happened(one, texts),
    ...happened(other, texts),
    '',
    ...(filled.length === 0 ? [words.alike] : [words.sides(one.name, other.name)]),
    ...filled.flatMap(([heading, rows]) => [`**${heading}**`, ...rows.map((entry) => `- ${entry}`)]),
  ]
}
