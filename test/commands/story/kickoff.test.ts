import { describe, expect, test } from 'vitest'
import { proseOf } from '../../../commands/story/kickoff.ts'
import { corrected, readTime } from '../../../commands/story/kickoff-correction.ts'
import { type Field, partForm } from '../../../commands/story/kickoff-form.ts'
import { type PartKey, partsOf, readKey } from '../../../commands/story/kickoff-parts.ts'
import { kickoffSheet } from '../../../commands/story/kickoff-sheet.ts'
import { someoneNamed } from '../../../src/discord/names.ts'
import { en } from '../../../src/locales/en.ts'
import { NAME_LIMIT } from '../../../src/story/cast.ts'
import { createCharacter } from '../../../src/story/edit/people.ts'
import { setClock } from '../../../src/story/edit/world.ts'
import { LABEL_LIMIT } from '../../../src/story/label.ts'
import { type Kickoff, merelyThere, SENTENCE_LIMIT } from '../../../src/turn/kickoff.ts'
import { edited, headAfter } from '../head.ts'

const character = (name: string, more: { kickoff?: string; persona?: string } = {}) =>
  edited(createCharacter, () => ({ name, ...more }))

const head = headAfter(
  character('Mira', { persona: 'The keeper’s daughter.', kickoff: 'The lamp is out.' }),
  character('Jon', { kickoff: 'A boat knocks.' }),
  edited(setClock, () => ({ minutes: 1440 })),
)
const [mira, jon] = [someoneNamed(head, 'Mira', en), someoneNamed(head, 'Jon', en)]

const kickoff: Kickoff = {
  place: {
    ...{ name: 'Hold', type: 'room', inside: { name: 'Ship', type: 'ship' } },
    ...{ moving: false, public: false, audible: 'within' },
  },
  people: [{ ...merelyThere(mira), posture: 'sitting', attention: { entity: jon } }, merelyThere(jon)],
  time: null,
  firstDay: null,
  weather: 'fog',
  relations: [{ from: mira, to: jon, affinity: 40, trust: 30, summary: 'Mira owes Jon.' }],
}
const keys = partsOf(kickoff, head, en).map(({ key }) => key)

type Filled = Readonly<Partial<Record<Field, string>>>

const formOf = (key: PartKey, of: Kickoff = kickoff) => {
  const form = partForm('id', 'A part', key, of, head, en)
  if (!form) throw new Error('there is no such part')
  const inputs = form.components.flatMap((part) =>
    'component' in part && 'max_length' in part.component ? [{ label: part.label, ...part.component }] : [],
  )
  return { form, inputs }
}

/** A part's form as it stands, but for what is written into it. */
const fill = (key: PartKey, written: Filled, of: Kickoff = kickoff): Kickoff => {
  const standing = new Map(formOf(key, of).inputs.map(({ custom_id, value = '' }) => [custom_id, value]))
  return corrected(key, of, (field) => written[field] ?? standing.get(field) ?? '', head, en)
}

test('what stands in the form is the premise and the first scenes of the characters', () => {
  expect(proseOf(head)).toBe('The lamp is out.\n\nA boat knocks.')
  const premise = { title: 't', premise: 'p', author: 'a' }
  const words = new Map([...head.words, ['p', ' A storm. ']])
  expect(proseOf({ state: { ...head.state, premise }, words })).toMatch(/^A storm\.\n\nThe lamp is out\./u)
})

describe('the parts of a proposal', () => {
  test('are found again by what a menu carries', () => {
    expect(keys.map((key) => readKey(key.join(':').split(':')))).toEqual(keys)
    expect(readKey(['person'])).toBeUndefined()
    expect(readKey(['weather report'])).toBeUndefined()
  })

  test('are shown without those who are no longer in the story', () => {
    const gone = {
      ...kickoff,
      people: [merelyThere('nobody')],
      relations: [{ ...kickoff.relations[0], to: 'x' }],
    }
    expect(partsOf(gone as Kickoff, head, en).map(({ words }) => words)).toEqual([
      ...['Hold · room · in Ship · not open to anyone · sound stays inside', 'Day 2, 00:00, as it is'],
      ...['fog', 'everybody'],
    ])
  })

  test('fit one message for each page, however much is said in them', () => {
    const crowd = headAfter(
      ...Array.from({ length: 20 }, (_, nth) => character(`${'*'.repeat(NAME_LIMIT - 2)}${nth}`)),
    )
    const ids = crowd.state.cast.characters.map((each) => each.character)
    const long = '*'.repeat(LABEL_LIMIT)
    const huge: Kickoff = {
      ...kickoff,
      people: ids.map((entity) => ({
        ...merelyThere(entity),
        posture: long,
        action: long,
        holding: [long, long],
      })),
      relations: ids.slice(1).map((to) => ({
        ...{ from: ids[0] ?? '', to, affinity: 0, trust: 100 },
        summary: '_'.repeat(SENTENCE_LIMIT),
      })),
    }
    const pages = [0, 1, 2, 3, 99].map((page) => kickoffSheet('id', huge, page, crowd, en))
    for (const { content } of pages) expect(content?.length).toBeLessThanOrEqual(2000)
    expect(pages[4]).toEqual(pages[3])
  })
})

describe('a part’s form', () => {
  test.each(keys.map((key) => [key] as const))(
    'of %j is one that Discord takes, and changes nothing as it stands',
    (key) => {
      const { inputs } = formOf(key)
      expect(inputs.length).toBeGreaterThan(0)
      expect(inputs.length).toBeLessThanOrEqual(5)
      for (const { label, placeholder = '' } of inputs) {
        expect(label.length).toBeLessThanOrEqual(45)
        expect(placeholder.length).toBeLessThanOrEqual(100)
      }
      expect(fill(key, {})).toEqual(kickoff)
    },
  )

  test('is not there for who was taken out', () => {
    expect(partForm('id', '', ['person', 'nobody'], kickoff, head, en)).toBeUndefined()
    expect(partForm('id', '', ['relation', jon, mira], kickoff, head, en)).toBeUndefined()
    for (const key of [
      ['person', 'nobody'],
      ['relation', jon, mira],
    ] as const)
      expect(() => corrected(key, kickoff, () => 'x', head, en)).toThrow(en.kickoff.partGone)
  })
})

describe('a correction', () => {
  test('of the place takes the words of the list of places', () => {
    expect(fill(['place'], { traits: 'Moves, heard far off' }).place).toMatchObject({
      ...{ moving: true, public: true, audible: 'far' },
    })
    expect(fill(['place'], { traits: '' }).place).toMatchObject({ public: true, audible: 'near' })
    expect(fill(['place'], { type: '', inside: 'Harbour' }).place).toMatchObject({
      type: 'place',
      inside: { name: 'Harbour', type: 'place' },
    })
    expect(fill(['place'], { name: ' ' }).place).toBeNull()
  })

  test('of someone attends to one of the cast by their name, and to a thing by any other', () => {
    const attention = (typed: string) => fill(['person', mira], { attention: typed }).people[0]?.attention
    expect(attention('JON')).toEqual({ entity: jon })
    expect(attention('jo')).toEqual({ thing: 'jo' })
    expect(attention('mira')).toBeNull()
  })

  test('of someone of whom nothing is known leaves them there when nothing is written', () => {
    expect(fill(['person', jon], {}).people).toHaveLength(2)
    expect(fill(['person', mira], { posture: '', attention: '' }).people).toEqual([merelyThere(jon)])
  })

  test('of who is there keeps what is known of those who stay', () => {
    expect(fill(['people'], { people: 'Mira' }).people).toEqual(kickoff.people.slice(0, 1))
    expect(fill(['people'], { people: '' }).people).toEqual([])
  })

  test('of a relation takes whole numbers from 0 to 100; without one, strangers’ feelings', () => {
    const key = ['relation', mira, jon] as const
    expect(fill(key, { affinity: '0', trust: '' }).relations).toMatchObject([{ affinity: 0, trust: 50 }])
    for (const typed of ['101', '-1', '4.5', 'much'])
      expect(() => fill(key, { trust: typed })).toThrow('not a whole number')
    expect(fill(key, { affinity: '', trust: '', summary: '' }).relations).toEqual([])
  })
})

test.each([
  ['18:05', 1085],
  ['Day 2, 18:05', 2525],
  ['day 2 7:05', 1865],
  ['Day 1, 00:00', 0],
  ['dusk', undefined],
  ['25:00', undefined],
  ['Day 0, 10:00', undefined],
  ['Day 9999999, 10:00', undefined],
  ['Day 2', undefined],
  ['', undefined],
])('the time %j is %s', (typed, minutes) => {
  expect(readTime(typed, 1)).toBe(minutes)
})
