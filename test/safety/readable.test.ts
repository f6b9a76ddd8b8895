import { describe, expect, test } from 'vitest'
import { mayRead, type Reader, readableParts } from '../../src/safety/readable.ts'

const leader: Reader = { isInCharge: true, persona: undefined }
const ada: Reader = { isInCharge: false, persona: 'ada' }
const stranger: Reader = { isInCharge: false, persona: undefined }

const part = {
  ...{ section: 'memory', tier: 'should', text: 'Mira hid the key.', tokens: 9, isKept: false },
  ...{ audience: ['mira'], turn: 3, why: 'score 2.1, key', speaker: 'self' },
}

describe('a part may be read', () => {
  test.each([
    ['for everyone', 'everyone', [true, true, true]],
    ['for nobody', 'nobody', [true, false, false]],
    ['for some of the story', ['mira', 'ada'], [true, true, false]],
    ['for others of the story', ['mira'], [true, false, false]],
    ['for none of the story', [], [true, false, false]],
  ] as const)('%s: by whoever leads the story, plays Ada, plays nobody', (_, audience, expected) => {
    expect([leader, ada, stranger].map((reader) => mayRead(reader, audience))).toEqual(expected)
  })
})

describe('the parts of a prompt', () => {
  const read = (reader: Reader, template = '1', ...parts: (typeof part)[]) =>
    readableParts(reader, { template, parts })

  test('are whole where they may be read', () => {
    expect(read(leader, '1', part)).toEqual([{ isHidden: false, part }])
  })

  test('tell of what may not be read no more than what and for whom it is', () => {
    expect(read(ada, '1', part)).toEqual([
      {
        isHidden: true,
        part: { section: 'memory', tier: 'should', tokens: 9, isKept: false, audience: ['mira'] },
      },
    ])
  })

  test('are each judged alone, in their order', () => {
    const shared = { ...part, audience: ['mira', 'ada'] }
    expect(read(ada, '1', part, shared).map(({ isHidden }) => isHidden)).toEqual([true, false])
  })

  test('given instructions of a server’s own, these are for those who lead the story alone', () => {
    const everyone: (typeof part)['audience'] | 'everyone' = 'everyone'
    const rules = { ...part, section: 'rules', audience: everyone }
    const [builtIn] = readableParts(ada, { template: '1', parts: [rules] })
    const [own] = readableParts(ada, { template: '1+2', parts: [rules] })
    const [ledOwn] = readableParts(leader, { template: '1+2', parts: [rules] })
    expect(builtIn).toEqual({ isHidden: false, part: rules })
    expect(own).toMatchObject({ isHidden: true, part: { audience: 'nobody' } })
    expect(ledOwn).toMatchObject({ isHidden: false, part: { text: part.text } })
  })
})
