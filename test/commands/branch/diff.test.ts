import { describe, expect, test } from 'vitest'
import { bounded } from '../../../commands/branch/diff.ts'
import { type Comparison, diffInWords, type Side } from '../../../commands/branch/diff-words.ts'
import { MESSAGE_LIMIT } from '../../../src/discord/split.ts'
import { en } from '../../../src/locales/en.ts'
import { createCharacter, reviseCharacter, setEdge, setPersona } from '../../../src/story/edit/people.ts'
import * as world from '../../../src/story/edit/world.ts'
import type { Head } from '../../../src/story/head.ts'
import { ada } from '../../story/given.ts'
import { edited, headAfter, type Step } from '../head.ts'

const begin: readonly Step[] = [
  edited(createCharacter, () => ({ name: 'Mira', persona: 'The keeper’s daughter.', traits: 'Dry.' })),
  edited(setPersona, () => ({ player: ada.id, name: 'Ada' })),
  edited(world.addPlace, () => ({ name: 'Cellar', type: 'room' })),
]
const entity = (head: Head, nth: number) =>
  [head.state.cast.characters[0]?.character, head.state.cast.personas[0]?.persona][nth] ?? ''
const place = ({ state }: Head) => state.places[0]?.place ?? ''
const base = headAfter(...begin)
const mira = entity(base, 0)

/** What a head comes to by further steps. */
const then = (from: Head, ...steps: readonly Step[]): Head => {
  let head = from
  for (const step of steps) {
    const decision = step(head)
    if ('refused' in decision) throw new Error(decision.refused)
    const words = new Map([...head.words, ...decision.texts.map(({ id, body }) => [id, body] as const)])
    head = { ...head, state: decision.state, words }
  }
  return head
}
const side = (name: string, head: Head, more: Partial<Side> = {}): Side => ({
  ...{ name, head, turns: [], more: 0, facts: new Map(), pins: new Map() },
  ...more,
})
const compare = (one: Side, other: Side, more: Partial<Comparison> = {}): string =>
  diffInWords({ one, other, turn: 4, isInCharge: true, mayRead: () => true, ...more }, en).join('\n')
const whatDiffersBy = (...steps: readonly Step[]) =>
  compare(side('Main', base), side('Storm', then(base, ...steps)))

describe('how two branches differ', () => {
  test('two that are alike have nothing since, and nothing else', () => {
    expect(compare(side('Main', base), side('Storm', base))).toBe(
      [
        '**Main** and **Storm** have all in common up to turn 4.',
        'You see everything, because you started this story or moderate this server.',
        '',
        '**What happened in Main**',
        'Nothing since.',
        '**What happened in Storm**',
        'Nothing since.',
        '',
        'Nothing else differs.',
      ].join('\n'),
    )
  })

  test('given turns since they parted, then their first words stand there, and how many follow', () => {
    const turns = [
      { turn: 5, words: 'Rain.' },
      { turn: 6, words: 'Fog.' },
    ]
    expect(compare(side('Main', base, { turns, more: 3 }), side('Storm', base))).toContain(
      '**What happened in Main**\n- Turn 5: Rain.\n- Turn 6: Fog.\n… and 3 more turns.\n',
    )
  })

  test('given feelings, then both stand side by side', () => {
    const set = edited(setEdge, (head) => ({ from: mira, to: entity(head, 1), affinity: 72, trust: 60 }))
    expect(whatDiffersBy(set)).toContain(
      'On the left of ⇄ stands **Main**, on the right **Storm**.\n' +
        '**Feelings**\n- **Mira to Ada**: affinity 50, trust 50 ⇄ affinity 72, trust 60',
    )
  })

  test('given the cast, then each field that differs, and who is on one side alone', () => {
    const text = whatDiffersBy(
      edited(reviseCharacter, () => ({ character: mira, traits: '**Wry**' })),
      edited(createCharacter, () => ({ name: 'Lea', persona: 'A pilot.' })),
    )
    expect(text).toContain(
      '**Cast**\n- **Mira · What marks them**: Dry. ⇄ \\*\\*Wry\\*\\*\n- **Lea**, only in Storm: A pilot.',
    )
  })

  test('given places, time and weather, then what they are in each', () => {
    const text = whatDiffersBy(
      edited(world.changePlace, (head) => ({ place: place(head), public: false })),
      edited(world.addPlace, () => ({ name: 'Ship', type: 'ship' })),
      edited(world.changeWeather, () => ({ weather: 'fog' })),
    )
    expect(text).toContain('- **Cellar · Open to anyone**: yes ⇄ no')
    expect(text).toContain('- **Ship**, only in Storm: ship')
    expect(text).toContain('**Time**\n- **Weather**: nothing ⇄ fog')
  })

  test('given the scene and what they do, then who takes part, where, and how', () => {
    const text = whatDiffersBy(
      edited(world.openScene, (head) => ({ place: place(head), participants: [mira] })),
      edited(world.setActivity, () => ({
        entity: mira,
        activity: { posture: 'sitting', holding: ['a lamp'] },
      })),
    )
    expect(text).toContain('**Scene**\n- **Scene**: none yet ⇄ 1, open\n- **Where**: nothing ⇄ Cellar')
    expect(text).toContain('- **Mira**: not in the scene ⇄ where the scene is')
    expect(text).toContain('- **Mira · Posture**: nothing ⇄ sitting\n- **Mira · Holds**: nothing ⇄ a lamp')
  })

  test('given known facts and what is always in mind, then those of one side alone', () => {
    const shared = ['f1', { owner: mira, words: 'The light went out.' }] as const
    const facts = new Map([shared, ['f2', { owner: mira, words: 'The *lamp* is a lie.' }]])
    const text = compare(
      side('Main', base, { facts: new Map([shared]) }),
      side('Storm', base, { facts, pins: new Map([['m1', { owner: mira, words: 'The storm.' }]]) }),
    )
    expect(text).toContain('**Known facts**\n- **Mira**, only in Storm: The \\*lamp\\* is a lie.\n')
    expect(text).toContain('**Always in mind**\n- **Mira**, only in Storm: The storm.')
    expect(text).not.toContain('went out')
  })

  test('someone who does not lead the story reads of others only what is open to all', () => {
    const differing = then(
      base,
      edited(reviseCharacter, () => ({ character: mira, persona: 'A keeper.', traits: 'Wry.' })),
      edited(setEdge, (head) => ({ from: mira, to: entity(head, 1), affinity: 72, trust: 60 })),
      edited(setEdge, (head) => ({ from: entity(head, 1), to: mira, affinity: 10, trust: 20 })),
    )
    const facts = new Map([['f2', { owner: mira, words: 'The lamp is a lie.' }]])
    const text = compare(side('Main', base), side('Storm', differing, { facts }), {
      isInCharge: false,
      mayRead: (who) => who === entity(base, 1),
    })
    expect(text).toContain('You see what the one you play perceived, feels and knows.')
    expect(text).toContain('**Mira · Who they are**: The keeper’s daughter. ⇄ A keeper.')
    expect(text).toContain('**Ada to Mira**')
    expect(text).not.toMatch(/Wry|Mira to Ada|lamp/u)
  })
})

describe('a diff as a message', () => {
  test('given little, then it is the message', () => {
    expect(bounded(['one', 'two'], en)).toEqual({ content: 'one\ntwo', files: [] })
  })

  test('given much, then the message ends with a whole row, and a file has all of it', () => {
    const rows = Array.from({ length: 60 }, (_, nth) => `- ${nth} ${'x'.repeat(80)}`)
    const { content, files } = bounded(rows, en)
    expect(content?.length).toBeLessThanOrEqual(MESSAGE_LIMIT)
    expect(content).toMatch(/x{80}\n-# The rest stands in the file\.$/u)
    expect(files).toEqual([{ attachment: Buffer.from(`${rows.join('\n')}\n`), name: 'diff.md' }])
  })
})
