import { describe, expect, test } from 'vitest'
import { actionFrom } from '../../commands/activity/patch.ts'
import { activitySheet } from '../../commands/activity/show.ts'
import { changes } from '../../commands/change.ts'
import { clockSheet } from '../../commands/clock/show.ts'
import { listing } from '../../commands/listing.ts'
import { placeTree } from '../../commands/place/list.ts'
import { bar } from '../../commands/relation/relation.ts'
import { relationSheet } from '../../commands/relation/show.ts'
import { sceneSheet } from '../../commands/scene/show.ts'
import { placeNamed, someoneNamed } from '../../src/discord/names.ts'
import { en } from '../../src/locales/en.ts'
import { knowable } from '../../src/safety/knowable.ts'
import { createCharacter, setEdge, setPersona } from '../../src/story/edit/people.ts'
import {
  addPlace,
  changeWeather,
  closeScene,
  joinScene,
  openScene,
  setActivity,
  setClock,
} from '../../src/story/edit/world.ts'
import type { Head } from '../../src/story/head.ts'
import { edited, headAfter, type Step } from './head.ts'

const character = (name: string) => edited(createCharacter, () => ({ name }))
const place = (name: string, inside?: string, more: { moving?: boolean; public?: boolean } = {}) =>
  edited(addPlace, (head) => ({
    name,
    type: 'room',
    parent: inside === undefined ? null : at(head, inside),
    ...more,
  }))
const who = (head: Head, name: string) => someoneNamed(head, name, en)
const at = (head: Head, name: string) => placeNamed(head, name, en)

const led = (head: Head) => knowable(head, { isInCharge: true, persona: undefined })
const playing = (head: Head, name: string) => knowable(head, { isInCharge: false, persona: who(head, name) })
const watched = (head: Head) => knowable(head, { isInCharge: false, persona: undefined })

const people: Step[] = [character('Mira'), character('Jon')]
const house: Step[] = [place('House'), place('Cellar', 'House', { public: false }), place('Nook', 'Cellar')]

describe('the tree of places', () => {
  test('has each place below the one around it, with what is not usual about it', () => {
    const head = headAfter(...house, place('Ship', undefined, { moving: true }))
    expect(placeTree(head, undefined, en)).toBe(
      [
        '**4 places**',
        '- **House** · room',
        '  - **Cellar** · room · not open to anyone',
        '    - **Nook** · room',
        '- **Ship** · room · moves',
      ].join('\n'),
    )
    expect(placeTree(head, at(head, 'Cellar'), en)).toBe(
      '**2 places**\n- **Cellar** · room · not open to anyone\n  - **Nook** · room',
    )
  })

  test('is told apart where names are the same', () => {
    const head = headAfter(place('Hall'), place('Hall'))
    expect(placeTree(head, undefined, en)).toContain('- **Hall (2)** · room')
  })

  test('says how to begin where there is none, and fits one message where there are many', () => {
    expect(placeTree(headAfter(), undefined, en)).toContain('`/place add`')
    const many = Array.from({ length: 200 }, (_, nth) => place(`_Hall_ ${nth}`))
    const tree = placeTree(headAfter(...many), undefined, en)
    expect(tree.length).toBeLessThanOrEqual(2000)
    expect(tree).toMatch(/… and \d+ more/u)
  })
})

describe('the scene', () => {
  const opened = edited(openScene, (head) => ({ place: at(head, 'Cellar') }))

  test('has its number, the way to its place, and who is where', () => {
    const head = headAfter(
      ...people,
      ...house,
      opened,
      edited(joinScene, (now) => ({ entity: who(now, 'Jon'), place: at(now, 'Nook') })),
    )
    expect(sceneSheet(led(head), en)).toBe('### Scene 1 · House › Cellar\n**Mira**\n**Jon** · Nook')
  })

  test('is told of also when nobody is in it, and when it is closed', () => {
    expect(sceneSheet(led(headAfter(...house, opened)), en)).toContain('Nobody is present')
    expect(sceneSheet(led(headAfter()), en)).toContain('No scene is open')
    const over = headAfter(
      ...house,
      opened,
      edited(closeScene, () => ({})),
    )
    expect(sceneSheet(led(over), en)).toContain('Scene 1 is closed')
  })
})

describe('what someone does', () => {
  const reading = { label: 'reading', minutes: 30, interruptibility: 'urgency', attention: 'all' } as const
  const busy = edited(setActivity, (head) => ({
    entity: who(head, 'Mira'),
    activity: {
      posture: 'sitting',
      slot: 'by the window',
      action: reading,
      holding: ['a lamp', 'a knife'],
      attention: { entity: who(head, 'Jon') },
    },
  }))

  test('is one row for each of those present of whom something is known', () => {
    const row =
      '**Mira** · sitting · by the window · reading (since Day 1, 08:00, for about 30 min; takes all of their attention; interrupted by only what is urgent) · holds a lamp, a knife · attends to Jon'
    const head = headAfter(...people, busy)
    expect(activitySheet(led(head), undefined, en)).toBe(row)
    expect(activitySheet(led(head), who(head, 'Jon'), en)).toContain('Nothing is known of what **Jon** does')
    const without = headAfter(
      ...people,
      busy,
      edited(openScene, (now) => ({ participants: [who(now, 'Jon')] })),
    )
    expect(activitySheet(led(without), undefined, en)).toContain('Nothing is known')
    expect(activitySheet(led(without), who(without, 'Mira'), en)).toBe(row)
  })

  const unsaid = { label: undefined, minutes: undefined, interruptibility: undefined, attention: undefined }
  const known = { ...reading, since: 480 }

  test.each([
    ['nothing said', unsaid, known, undefined],
    ['no action any more', { ...unsaid, label: null }, known, null],
    [
      'another action',
      { ...unsaid, label: 'cooking' },
      known,
      { label: 'cooking', minutes: null, interruptibility: 'being_called', attention: 'half' },
    ],
    [
      'the same action',
      { ...unsaid, label: 'reading', attention: 'little' as const },
      known,
      { ...reading, attention: 'little' },
    ],
    ['only how long it takes', { ...unsaid, minutes: 5 }, known, { ...reading, minutes: 5 }],
    ['how long, of no action', { ...unsaid, minutes: 5 }, null, 'unnamed'],
  ])('of an action, %s', (_, said, before, action) => {
    expect(actionFrom(said, before)).toEqual(action)
  })
})

test('the clock says the day, the time, what day 1 is, and the weather', () => {
  expect(clockSheet(headAfter(), en)).toBe('### Day 1, 08:00')
  const head = headAfter(edited(setClock, () => ({ minutes: 1440 + 65, anchor: 'the *eve* of the fair' })))
  expect(clockSheet(head, en)).toBe('### Day 2, 01:05\n\n**Day 1 is**\nthe \\*eve\\* of the fair')
})

describe('feelings', () => {
  test('are bars, of those who are present, both ways', () => {
    const set = edited(setEdge, (head) => ({
      from: who(head, 'Jon'),
      to: who(head, 'Mira'),
      affinity: 100,
      trust: 0,
    }))
    const head = headAfter(...people, set)
    const neutral = '`█████░░░░░` 50'
    const [mira, jon] = [
      `**Mira** to **Jon**\n-# ${neutral} affinity · ${neutral} trust`,
      '**Jon** to **Mira**\n-# `██████████` 100 affinity · `░░░░░░░░░░` 0 trust',
    ]
    expect(relationSheet(led(head), undefined, en)).toBe(`${mira}\n${jon}`)
    expect(relationSheet(led(head), who(head, 'Jon'), en)).toBe(jon)
    expect(bar(34)).toBe('`███░░░░░░░` 34')
  })

  test('need two, and fit one message', () => {
    expect(relationSheet(led(headAfter(character('Mira'))), undefined, en)).toContain('Fewer than two')
    const crowd = Array.from({ length: 20 }, (_, nth) => character(`Jon ${nth}`))
    const sheet = relationSheet(led(headAfter(...crowd)), undefined, en)
    expect(sheet.length).toBeLessThanOrEqual(2000)
    expect(sheet).toMatch(/… and \d+ more/u)
  })
})

describe('what a player sees', () => {
  const bo: Step = edited(setPersona, () => ({ player: '1002', name: 'Bo' }))
  const doing = (name: string, posture: string) =>
    edited(setActivity, (head) => ({ entity: who(head, name), activity: { posture } }))
  const feeling = (from: string, to: string, trust: number) =>
    edited(setEdge, (head) => ({ from: who(head, from), to: who(head, to), trust }))
  /** Bo and Jon are in a scene, Jon in the cellar, out of earshot; Mira is elsewhere. */
  const parted = headAfter(
    ...[...people, bo, place('House'), place('Vault')],
    ...[doing('Mira', 'asleep'), doing('Jon', 'kneeling'), doing('Bo', 'standing')],
    ...[feeling('Bo', 'Jon', 80), feeling('Jon', 'Bo', 10), feeling('Mira', 'Bo', 30)],
    edited(openScene, (head) => ({
      place: at(head, 'House'),
      participants: [who(head, 'Jon'), who(head, 'Bo')],
    })),
    edited(joinScene, (head) => ({ entity: who(head, 'Jon'), place: at(head, 'Vault') })),
  )

  test('of the scene, is all of it where their persona is in it', () => {
    expect(sceneSheet(playing(parted, 'Bo'), en)).toBe('### Scene 1 · House\n**Jon** · Vault\n**Bo**')
  })

  test('of the scene, is no more than that it is played where they are not', () => {
    expect(sceneSheet(playing(parted, 'Mira'), en)).toMatch(
      /^### Scene 1\n-# \*\*Mira\*\* is not in the scene[^\n]*$/u,
    )
    expect(sceneSheet(watched(parted), en)).toMatch(/^### Scene 1\n-# You play nobody[^\n]*$/u)
  })

  test('of what others do, is what their persona perceives', () => {
    expect(activitySheet(playing(parted, 'Bo'), undefined, en)).toBe('**Bo** · standing')
    for (const known of [playing(parted, 'Bo'), playing(parted, 'Jon'), watched(parted)])
      expect(activitySheet(known, who(parted, 'Mira'), en)).toContain(
        'Nothing is known of what **Mira** does',
      )
    expect(activitySheet(playing(parted, 'Mira'), undefined, en)).toContain('nothing to see')
    expect(activitySheet(watched(parted), undefined, en)).toContain('`/persona set`')
  })

  test('of feelings, is what their persona feels, also when it is elsewhere', () => {
    expect(relationSheet(playing(parted, 'Bo'), undefined, en)).toBe(
      '**Bo** to **Jon**\n-# `█████░░░░░` 50 affinity · `████████░░` 80 trust',
    )
    expect(relationSheet(playing(parted, 'Mira'), undefined, en)).toMatch(
      /^\*\*Mira\*\* to \*\*Bo\*\*\n[^\n]* 30 trust$/u,
    )
    const alone = headAfter(
      ...people,
      edited(openScene, (head) => ({ participants: [who(head, 'Jon')] })),
    )
    expect(relationSheet(playing(alone, 'Mira'), undefined, en)).toContain('There is nobody yet')
  })

  test('of the clock, is the time; of the weather, what it is where they are', () => {
    const fog = headAfter(
      ...[...people, edited(changeWeather, () => ({ weather: 'fog' }))],
      edited(openScene, (head) => ({ participants: [who(head, 'Jon')] })),
    )
    expect(clockSheet(playing(fog, 'Jon').head, en)).toBe('### Day 1, 08:00\n\n**Weather**\nfog')
    expect(clockSheet(playing(fog, 'Mira').head, en)).toBe('### Day 1, 08:00')
  })
})

test('only what has changed is told, with people’s marks out of effect', () => {
  const fields = [
    { label: 'Name', before: 'Hall', after: '**Hall**' },
    { label: 'Inside', before: '', after: 'House' },
    { label: 'Kind', before: 'room', after: 'room' },
  ]
  expect(changes('Done.', fields, en)).toBe(
    'Done.\n**Name**: Hall → \\*\\*Hall\\*\\*\n**Inside**: nothing → House',
  )
})

test('a listing stops at the first row that has no room left', () => {
  const rows = ['a'.repeat(900), 'b'.repeat(1200), 'c']
  expect(listing('Rows', rows, (count) => `${count} more`)).toBe(`Rows\n${rows[0]}\n2 more`)
  expect(listing('', ['a', 'b'], String)).toBe('a\nb')
})
