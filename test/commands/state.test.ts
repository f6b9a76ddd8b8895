import type { APIMessageComponent } from 'discord-api-types/v10'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { memoriesPage, memoriesPart, ownerFor } from '../../commands/state/memories-page.ts'
import { memoryPage } from '../../commands/state/memory-page.ts'
import { NOTE_ROOM, PANEL_TEXT, type Panel, panelOf } from '../../commands/state/panel.ts'
import { partOf } from '../../commands/state/parts.ts'
import { relationsPage } from '../../commands/state/relations-page.ts'
import { scenePage } from '../../commands/state/scene-page.ts'
import { type View, viewId, viewIn } from '../../commands/state/view.ts'
import { placeNamed, someoneNamed } from '../../src/discord/names.ts'
import { en } from '../../src/locales/en.ts'
import { type Knowable, knowable, knowableMemories } from '../../src/safety/knowable.ts'
import { displayedTexts, placed } from '../../src/sandbox/discord/component-tree.ts'
import { controlsOf, nameOf } from '../../src/sandbox/people/reading.ts'
import { createCharacter, setEdge, setPersona, shiftEdge } from '../../src/story/edit/people.ts'
import {
  addPlace,
  changeWeather,
  joinScene,
  openScene,
  setActivity,
  setClock,
} from '../../src/story/edit/world.ts'
import type { Head } from '../../src/story/head.ts'
import type { Remembered } from '../../src/turn/ports/timeline.ts'
import { edited, headAfter, type Step } from './head.ts'

const who = (head: Head, name: string) => someoneNamed(head, name, en)
const character = (name: string) => edited(createCharacter, () => ({ name }))
const led = (head: Head) => knowable(head, { isInCharge: true, persona: undefined })
const playing = (head: Head, name: string) => knowable(head, { isInCharge: false, persona: who(head, name) })
const watched = (head: Head) => knowable(head, { isInCharge: false, persona: undefined })

const scene: View = { page: 'scene', part: 0 }
const relations: View = { page: 'relations', part: 0 }

type Bare = Omit<Panel, 'note'>
const laidOut = (panel: Bare, view: View = scene, note = '') => panelOf({ ...panel, note }, view, en)
/** As much as is ever said of a change. */
const LONG_NOTE = 'n'.repeat(NOTE_ROOM)

const sceneOf = (known: Knowable, part = 0, note = '') =>
  laidOut(scenePage(known, { page: 'scene', part }, en), scene, note)
const relationsOf = (known: Knowable, part = 0, note = '') =>
  laidOut(relationsPage(known, { page: 'relations', part }, en), relations, note)

type Shown = ReturnType<typeof laidOut>
const componentsIn = ({ components }: Shown) => placed([...components] as APIMessageComponent[])
const textsIn = ({ components }: Shown) => displayedTexts([...components] as APIMessageComponent[])
const controlsIn = ({ components }: Shown) => controlsOf({ components: [...components] })
const optionsIn = (shown: Shown, menu: string): string[] =>
  controlsIn(shown).flatMap((control) =>
    nameOf(control) === menu && 'options' in control ? control.options.map(({ label }) => label) : [],
  )

/** What Discord asks of every message that is made of components. */
const demandFits = (shown: Shown) => {
  expect(componentsIn(shown).length).toBeLessThanOrEqual(40)
  expect(textsIn(shown).join('').length).toBeLessThanOrEqual(PANEL_TEXT)
  for (const text of textsIn(shown)) expect(text.length).toBeGreaterThan(0)
  const ids = controlsIn(shown).map((control) => ('custom_id' in control ? control.custom_id : ''))
  expect(new Set(ids).size).toBe(ids.length)
  for (const control of controlsIn(shown))
    if ('options' in control) {
      expect(control.options.length).toBeGreaterThanOrEqual(Math.max(1, control.max_values ?? 1))
      expect(control.options.length).toBeLessThanOrEqual(25)
      expect(new Set(control.options.map(({ value }) => value)).size).toBe(control.options.length)
      for (const { label } of control.options) expect(label.length).toBeLessThanOrEqual(100)
    }
}

const place = (name: string, inside?: string) =>
  edited(addPlace, (head) => ({
    ...{ name, type: 'room' },
    parent: inside === undefined ? null : placeNamed(head, inside, en),
  }))
const doing = (name: string, status: string) =>
  edited(setActivity, (head) => ({
    entity: who(head, name),
    activity: { posture: 'sitting', holding: ['a lamp'], status },
  }))

/** Mira and Bo are in a scene, Bo in the cellar of it; Jon is elsewhere. */
const steps: Step[] = [
  ...[character('Mira'), character('Jon'), edited(setPersona, () => ({ player: '1002', name: 'Bo' }))],
  ...[place('House'), place('Cellar', 'House')],
  ...[doing('Mira', 'wet'), doing('Jon', 'asleep'), doing('Bo', 'tired')],
  edited(setClock, () => ({ minutes: 1440 + 65, anchor: 'the *eve* of the fair' })),
  edited(changeWeather, () => ({ weather: 'fog' })),
  edited(openScene, (head) => ({
    place: placeNamed(head, 'House', en),
    participants: [who(head, 'Mira'), who(head, 'Bo')],
  })),
  edited(joinScene, (head) => ({ entity: who(head, 'Bo'), place: placeNamed(head, 'Cellar', en) })),
  edited(setEdge, (head) => ({ from: who(head, 'Mira'), to: who(head, 'Bo'), affinity: 60 })),
  edited(shiftEdge, (head) => ({
    ...{ from: who(head, 'Jon'), to: who(head, 'Bo'), affinity: -15, trust: -10 },
    ...{ line: { id: 'l', witnesses: [who(head, 'Jon')] }, reason: 'Bo _lied_ to him.' },
  })),
]
const head = headAfter(...steps)

describe('the page of the scene', () => {
  test('to whoever leads the story has all of it, and what can be changed', () => {
    const shown = sceneOf(led(head))
    expect(textsIn(shown)).toEqual([
      '### Scene 1 · House\nDay 2, 01:05 · fog\n-# Day 1 is the \\*eve\\* of the fair',
      '**Mira**\nsitting · holds a lamp · wet',
      '**Bo** · Cellar\nsitting · holds a lamp · tired',
      '**Jon** · not in the scene\nsitting · holds a lamp · asleep',
      '-# You lead this story, so you see everybody’s.',
    ])
    expect(optionsIn(shown, 'Change…')).toEqual([
      ...['The time', 'The weather', 'What Mira does', 'Mira leaves the scene'],
      ...['What Bo does', 'Bo leaves the scene', 'What Jon does', 'Jon comes into the scene'],
    ])
    demandFits(shown)
  })

  test('to one who is in it has who is there and what they perceive, and nothing to change', () => {
    const shown = sceneOf(playing(head, 'Bo'))
    expect(textsIn(shown).join('\n')).toContain('**Mira**\nsitting')
    expect(textsIn(shown).join('\n')).not.toMatch(/Jon|asleep/u)
    expect(textsIn(shown).at(-1)).toBe('-# You see what **Bo** can know.')
    expect(controlsIn(shown).map(nameOf)).toEqual(['Refresh', 'Scene', 'Relations', 'Memories'])
  })

  test('to one who is elsewhere has the time, and what they do themselves', () => {
    expect(textsIn(sceneOf(playing(head, 'Jon')))).toEqual([
      '### Scene 1\nDay 2, 01:05\n-# Day 1 is the \\*eve\\* of the fair',
      '**Jon** · not in the scene\nsitting · holds a lamp · asleep',
      '-# **Jon** is not in the scene that is being played. What happens there shows once they come in.',
    ])
  })

  test('to one who plays nobody has that a scene is open and what time it is, and how to come in', () => {
    const [heading, footer, ...more] = textsIn(sceneOf(watched(head)))
    expect(heading).toMatch(/^### Scene 1\nDay 2, 01:05\n/u)
    expect(footer).toContain('`/persona set`')
    expect(more).toEqual([])
  })

  test('given none is open, then says so, and everybody is together', () => {
    const [heading, people] = textsIn(sceneOf(led(headAfter(character('Mira')))))
    expect(heading).toBe('### No scene is open yet\nDay 1, 08:00')
    expect(people).toBe('**Mira**')
    expect(optionsIn(sceneOf(led(headAfter(character('Mira')))), 'Change…')).toEqual([
      ...['The time', 'The weather', 'What Mira does'],
    ])
  })
})

describe('the page of relations', () => {
  test('has the strongest first, as bars, with why; to whoever leads, those of all', () => {
    const shown = relationsOf(led(head))
    expect(textsIn(shown).slice(0, -1)).toEqual([
      '### Who feels what',
      '**Jon** to **Bo**\n-# `████░░░░░░` 35 affinity · `████░░░░░░` 40 trust\nBo \\_lied\\_ to him.',
      '**Mira** to **Bo**\n-# `██████░░░░` 60 affinity · `█████░░░░░` 50 trust',
      '**Bo** to **Mira**\n-# `█████░░░░░` 50 affinity · `█████░░░░░` 50 trust',
    ])
    expect(optionsIn(shown, 'Change…')).toEqual(['Jon to Bo', 'Mira to Bo', 'Bo to Mira'])
    demandFits(shown)
  })

  test('to a player has what their own persona feels, wherever it is', () => {
    expect(textsIn(relationsOf(playing(head, 'Bo')))[1]).toMatch(/^\*\*Bo\*\* to \*\*Mira\*\*\n[^\n]*$/u)
    const [heading, felt] = textsIn(relationsOf(playing(head, 'Jon')))
    expect(heading).toBe('### What Jon feels')
    expect(felt).toContain('lied')
    expect(optionsIn(relationsOf(playing(head, 'Jon')), 'Change…')).toEqual([])
  })

  test('says where there is nothing', () => {
    expect(textsIn(relationsOf(watched(head)))[1]).toContain('nothing to see')
    expect(textsIn(relationsOf(led(headAfter(character('Mira')))))[1]).toContain('nothing to see')
  })
})

describe('the page of memories', () => {
  const mira = who(head, 'Mira')
  const jon = who(head, 'Jon')
  const remembered = (memory: string, more: Partial<Remembered> = {}): Remembered => ({
    ...{ memory, body: `Words of ${memory}.`, owner: mira, text: `text of ${memory}`, witnesses: [mira] },
    ...{ source: 'direct', toldBy: null, chain: [], reliability: 1, significance: 1 },
    ...{ lines: [], minutes: 485, scene: null, turn: 3 },
    ...more,
  })
  const storeOf = (all: readonly Remembered[]) => ({
    memory: async (_: Head, id: string) => all.find(({ memory }) => memory === id),
    memoriesOf: async (_: Head, owner: string, offset: number, limit: number) =>
      all.filter((one) => one.owner === owner).slice(offset, offset + limit),
  })
  const pinning = (...ids: readonly string[]): Head => ({
    ...head,
    state: {
      ...head.state,
      pins: ids.map((memory) => ({ memory, owner: mira, how: 'manual' as const })),
    },
  })
  const memoriesOf = async (
    known: Knowable,
    all: readonly Remembered[],
    part = 0,
    note = '',
    owner = mira,
  ) => {
    const shown = await memoriesPart(known, owner, part, storeOf(all))
    return laidOut(memoriesPage(known, shown, en), { page: 'memories', owner, part }, note)
  }
  const twelve = Array.from({ length: 12 }, (_, nth) => remembered(`m${nth}`))

  test('begins with what is pinned, then has the newest, with where each comes from', async () => {
    const shown = await memoriesOf(led(pinning('m2', 'm11')), twelve)
    const [heading, pinned, ...newest] = textsIn(shown).slice(0, -1)
    expect(heading).toBe('### What Mira remembers\n📌 2 pinned')
    expect(pinned).toBe('📌 Words of m2.\n📌 Words of m11.')
    expect(newest[0]).toBe('Words of m0.\n-# Turn 3 · Day 1, 08:05 · was there · a small thing')
    expect(newest.map((text) => /m\d+/u.exec(text)?.[0])).toEqual([
      ...['m0', 'm1', 'm3', 'm4', 'm5', 'm6', 'm7', 'm8'],
    ])
    demandFits(shown)
  })

  test('goes on with older ones, each of which it shows once', async () => {
    const known = led(pinning('m2'))
    const bodies = async (part: number) =>
      textsIn(await memoriesOf(known, twelve, part))
        .join('\n')
        .match(/m\d+/gu) ?? []
    const all = [...(await bodies(0)), ...(await bodies(1))]
    expect(all.toSorted()).toEqual(twelve.map(({ memory }) => memory).toSorted())
  })

  test('of hearsay, tells who told it; how it came to them, only to whoever leads the story', async () => {
    const bo = who(head, 'Bo')
    const hearsay = remembered('m', { source: 'told', toldBy: jon, chain: [bo] })
    const leading = textsIn(await memoriesOf(led(head), [hearsay])).join('\n')
    expect(leading).toContain('told by Jon, who had it from Bo · ')
    const own = { ...hearsay, owner: bo, chain: [mira] }
    const playingBo = textsIn(await memoriesOf(playing(head, 'Bo'), [own], 0, '', bo)).join('\n')
    expect(playingBo).toContain('told by Jon · ')
    expect(playingBo).not.toContain('Mira')
  })

  test('shows a player what their persona remembers, whosever they ask for', () => {
    expect(ownerFor(playing(head, 'Bo'), mira)).toBe(who(head, 'Bo'))
    expect(ownerFor(led(head), mira)).toBe(mira)
    expect(ownerFor(led(head), 'gone')).toBe(mira)
    expect(ownerFor(watched(head), mira)).toBeUndefined()
  })

  test('given as much as there can be, then it fits', async () => {
    const pins = Array.from({ length: 16 }, (_, nth) => `p${nth}`)
    const long = [...pins, ...Array.from({ length: 40 }, (_, nth) => `m${nth}`)].map((id) =>
      remembered(id, {
        ...{ body: '*x*'.repeat(1300), source: 'told', toldBy: jon, minutes: 5_000_000 },
        ...{ chain: [mira, jon], reliability: 0.5 },
      }),
    )
    for (const part of [0, 1]) demandFits(await memoriesOf(led(pinning(...pins)), long, part, LONG_NOTE))
  })

  describe('one memory', () => {
    const view: View = { page: 'memory', memory: 'm', asks: false }
    const one = (known: Knowable, memory: Remembered, asks = false) => {
      const [own] = knowableMemories(known.reader, [memory])
      if (!own) throw new Error('nobody’s')
      return laidOut(memoryPage(known, { memory: own, asks }, en), { ...view, asks })
    }

    test('has all its words, and what can be done with it', () => {
      const shown = one(led(pinning('m')), remembered('m', { body: 'The lamp\nwent *out*.' }))
      expect(textsIn(shown)[1]).toMatch(/^📌 The lamp\nwent \\\*out\\\*\.\n-# Turn 3 · /u)
      expect(controlsIn(shown).map(nameOf)).toEqual([
        ...['Refresh', 'Edit', 'Unpin', 'Forget…', 'Back', 'Scene', 'Relations', 'Memories'],
      ])
    })

    test('to whoever leads the story has the way that hearsay came, and how sure it is; to its owner, who told it', () => {
      const bo = who(head, 'Bo')
      const hearsay = remembered('m', {
        source: 'told',
        toldBy: jon,
        chain: [bo],
        reliability: 0.5,
        owner: mira,
      })
      expect(textsIn(one(led(head), hearsay))[1]).toContain('told by Jon, who had it from Bo · ')
      expect(textsIn(one(led(head), hearsay))[1]).toMatch(/ · 50 % sure$/u)
      const own = textsIn(one(playing(head, 'Bo'), { ...hearsay, owner: bo, chain: [mira] }))[1]
      expect(own).toContain('told by Jon · ')
      expect(own).not.toMatch(/Mira|sure/u)
    })

    test('asks before it is forgotten', () => {
      const shown = one(led(head), remembered('m'), true)
      expect(textsIn(shown)[0]).toBe('**Shall Mira forget this?**')
      expect(controlsIn(shown).map(nameOf).slice(1, 3)).toEqual(['Forget it', 'Leave it'])
    })

    test('fits, however long it is', () => {
      demandFits(one(led(head), remembered('m', { body: '*x*\n'.repeat(1000) })))
    })
  })
})

describe('whatever a story holds', () => {
  const NAME = 'M*'.repeat(30)
  const crowd = Array.from({ length: 30 }, (_, nth) => character(`${NAME.slice(0, 50)}${nth}`))
  const busy: Step = edited(setActivity, (now) => ({
    entity: now.state.cast.characters[0]?.character ?? '',
    activity: {
      ...{ posture: '_p'.repeat(40), slot: '_s'.repeat(40), status: '_u'.repeat(40) },
      holding: Array.from({ length: 12 }, () => '*h'.repeat(40)),
    },
  }))
  const feelings = Array.from({ length: 9 }, (_, nth) =>
    edited(shiftEdge, (now) => {
      const [from = '', to = ''] = [0, nth + 1].map((at) => now.state.cast.characters[at]?.character ?? '')
      const line = { id: 'l', witnesses: [from] }
      return { from, to, affinity: nth + 1, trust: 1, line, reason: '*why* '.repeat(600) }
    }),
  )
  const full = headAfter(
    ...crowd,
    busy,
    ...feelings,
    edited(openScene, () => ({})),
  )

  test('every part of every page fits, and none is missing', () => {
    const names = [0, 1, 2, 3].flatMap((part) => {
      const shown = sceneOf(led(full), part, LONG_NOTE)
      demandFits(shown)
      return (
        textsIn(shown)
          .join('\n')
          .match(/^\*\*.*\*\*/gmu) ?? []
      )
    })
    expect(new Set(names).size).toBe(30)
    for (const part of [0, 1, 50, 1000]) demandFits(relationsOf(led(full), part, LONG_NOTE))
  })

  test('a note of what was changed stands above the page, as it is', () => {
    expect(textsIn(sceneOf(led(full), 0, LONG_NOTE))[1]).toBe(LONG_NOTE)
  })

  test('a part that is not there any more is the last one', () => {
    expect(partOf([1, 2, 3], 9, 2)).toEqual({ part: 1, shown: [3], hasMore: false })
    expect(partOf([], 9, 2)).toEqual({ part: 0, shown: [], hasMore: false })
    expect(partOf([1, 2, 3], 0, 2)).toEqual({ part: 0, shown: [1, 2], hasMore: true })
  })
})

test('a button carries its view there and back', () => {
  const id = fc.stringMatching(/^[0-9a-v]{20}$/u)
  const part = fc.nat(1000)
  const anyView: fc.Arbitrary<View> = fc.oneof(
    fc.record({ page: fc.constantFrom('scene' as const), part }),
    fc.record({ page: fc.constantFrom('relations' as const), part }),
    fc.record({ page: fc.constant('memories' as const), part, owner: fc.option(id, { nil: undefined }) }),
    fc.record({ page: fc.constant('memory' as const), memory: id, asks: fc.boolean() }),
  )
  fc.assert(
    fc.property(anyView, (view) => {
      expect(viewIn(viewId('use', view).split(':').slice(2))).toEqual(view)
    }),
  )
})
