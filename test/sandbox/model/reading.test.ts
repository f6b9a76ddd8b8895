import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Deed, readDeed } from '../../../src/sandbox/model/read/deed.ts'
import { readPrompt } from '../../../src/sandbox/model/read/prompt.ts'
import { systemPrompt } from './play.ts'

const cast = [
  { name: 'Mira', played: false, description: 'a lighthouse keeper' },
  { name: 'Ada', played: true, description: 'a smuggler' },
]
const deedOf = (text: string) => readDeed([{ by: 'Ada', own: false, text }], cast)

describe('what a player did', () => {
  const cases: [text: string, deed: Partial<Omit<Deed, 'speech'>>][] = [
    ['*opens the rusty door*', { kind: 'open', restated: 'open the rusty door', object: 'the rusty door' }],
    ['I open the rusty door and look inside', { kind: 'open', restated: 'open the rusty door' }],
    ['*opened my bag*', { kind: 'open', restated: 'open your bag', object: 'your bag' }],
    [
      'Ada follows the old man down the stairs',
      { kind: 'go', restated: 'follow the old man down the stairs' },
    ],
    ['walks slowly towards the old well', { kind: 'go', object: 'the old well' }],
    ['*picks up her lantern*', { kind: 'take', restated: undefined, object: 'the lantern' }],
    ['*glances at Mira and smiles*', { kind: 'look', target: 'Mira', object: undefined }],
    ['light a match', { kind: 'light', object: 'the match' }],
    ["I don't move", { kind: 'wait', restated: 'do not move' }],
    ['*sits down by the fire*', { kind: 'sit', object: undefined }],
    ['*reads the letter aloud*', { kind: 'read', object: 'the letter' }],
    ['*smiles at the old woman*', { kind: 'gesture', object: undefined }],
    ['*attacks the guard*', { kind: 'attack', object: 'the guard' }],
    ['*hides behind the crates* ((brb, door))', { kind: 'hide', object: 'the crates' }],
    ['*frobnicates*', { kind: 'other' }],
  ]
  for (const [text, deed] of cases) test(text, () => expect(deedOf(text)).toMatchObject(deed))

  test('is nothing when it was out of character', () => expect(deedOf('((back in five))')).toBeUndefined())
})

describe('what a player said', () => {
  const cases: [text: string, act: string, topic: string | undefined][] = [
    ['"Who lit the lamp?"', 'who', 'the lamp'],
    ['*waves* Hello there!', 'greeting', undefined],
    ['Where is my brother?', 'where', 'your brother'],
    ['“Tell me about the storm.”', 'request', 'the storm'],
    ['Is that your boat, Mira?', 'whether', 'my boat'],
    ['Drop it or I kill you', 'threat', undefined],
    ['"Did you kill the miller?"', 'whether', 'the miller'],
    ['"Who are you?"', 'name', undefined],
    ['"What is your name?"', 'name', undefined],
    ['"No."', 'no', undefined],
    ['My name is Ada.', 'introduction', undefined],
    ['The guards are lying.', 'statement', 'the guards'],
  ]
  for (const [text, act, topic] of cases) {
    test(text, () => expect(deedOf(text)?.speech).toMatchObject({ act, topic }))
  }
})

describe('what a prompt tells', () => {
  const system = systemPrompt({
    title: 'The Lighthouse',
    premise: 'The lamp goes out.',
    cast: ['Mira (character): a keeper', 'Ada (played by a person): a smuggler'],
    speaker: 'Mira',
  })
  const prompt = (...rest: [role: string, content: string][]) =>
    readPrompt([{ role: 'system', content: system }, ...rest.map(([role, content]) => ({ role, content }))])

  test('the story, the cast and the speaker', () => {
    expect(prompt(['user', 'Begin the story: set the opening scene.'])).toMatchObject({
      title: 'The Lighthouse',
      premise: 'The lamp goes out.',
      speaker: { name: 'Mira', persona: 'a keeper' },
      cast: [
        { name: 'Mira', played: false },
        { name: 'Ada', played: true },
      ],
      opening: true,
      latest: [],
    })
  })

  test('who said what, and what is not answered yet', () => {
    const reading = prompt(
      ['assistant', 'Mira: *nods*'],
      ['user', 'Narrator: The wind drops.'],
      ['user', 'Ada: *waits*\nfor a while'],
    )
    expect(reading.opening).toBe(false)
    expect(reading.moments.map(({ by, own }) => [by, own])).toEqual([
      ['Mira', true],
      ['Narrator', false],
      ['Ada', false],
    ])
    expect(reading.latest).toEqual([{ by: 'Ada', own: false, text: '*waits*\nfor a while' }])
  })

  test('what another character has answered is not answered again', () => {
    const narrator = (...rest: [role: string, content: string][]) =>
      readPrompt([
        { role: 'system', content: systemPrompt({ cast: ['Mira (character)', 'Ada (played by a person)'] }) },
        ...rest.map(([role, content]) => ({ role, content })),
      ]).latest.map(({ text }) => text)
    const before: [string, string][] = [
      ['assistant', 'The wind drops.'],
      ['user', 'Ada: Who are you?'],
      ['user', 'Mira: Nobody.'],
    ]
    expect(narrator(...before, ['user', 'Ada: *leaves*'])).toEqual(['*leaves*'])
    expect(narrator(...before)).toEqual(['Who are you?'])
  })

  test('what notes and directions say was said by nobody', () => {
    const notes =
      '[Notes for this answer]\n# Where and when\nHere: Mira\n# Doing\nMira: sitting\n[End of the notes]'
    expect(prompt(['user', notes], ['user', 'Begin the story: set the opening scene.']).opening).toBe(true)
    const reading = prompt(
      ['assistant', 'Mira: *nods*'],
      ['user', notes],
      ['user', 'Ada: *waits*'],
      ['user', '(Direction for this answer: a storm)'],
    )
    expect(reading.moments.map(({ text }) => text)).toEqual(['*nods*', '*waits*'])
    expect(reading.latest.map(({ text }) => text)).toEqual(['*waits*'])
  })

  test('a prompt without any labels', () => {
    expect(readPrompt([{ role: 'user', content: 'Ada: hello' }])).toMatchObject({
      speaker: undefined,
      cast: [],
      latest: [{ by: 'Ada', text: 'hello' }],
    })
  })

  test('any text at all', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (one, other) => {
        const { latest, cast: members } = readPrompt([
          { role: 'system', content: one },
          { role: 'user', content: other },
        ])
        readDeed(latest, members)
      }),
    )
  })
})
