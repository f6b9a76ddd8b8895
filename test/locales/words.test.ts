import { describe, expect, test } from 'vitest'
import { MESSAGE_LIMIT } from '../../src/discord/split.ts'
import { en } from '../../src/locales/en.ts'
import { sections } from '../../src/prompt/part.ts'

describe('why no answer came', () => {
  const until = 1_795_305_600_000

  test('given a prompt with too much of anything, then it says what to make shorter', () => {
    const general = en.failed({ failure: 'too_long' })
    const told = [...sections, 'length'].map((section) => en.failed({ failure: 'too_long', section }))
    expect(told).not.toContain(general)
    expect(new Set(told).size).toBe(told.length)
  })

  test('given an answer may be so long that no story fits beside it, then it says where its length is set', () => {
    expect(en.failed({ failure: 'too_long', section: 'length' })).toContain('`/settings story`')
  })

  test('given a key was refused, then it says that trying again alone is of no use', () => {
    const told = en.failed({ failure: 'unauthorized' })
    expect(told).toMatch(/not asked any more.*starts Skein again.*`\/model test`/u)
    expect(told).not.toContain('OPENAI_API_KEY')
  })

  test.each(['rate_limited', 'over_budget'] as const)(
    'given it is known when %s ends, then it says when',
    (failure) => expect(en.failed({ failure, until })).toContain('<t:1795305600:R>'),
  )
})

describe('for whom a round waits', () => {
  const many = Array.from({ length: 200 }, () => '\\*'.repeat(40))

  test('is said with every name, where there are few', () => {
    expect(en.turns.waiting(['Ada', 'Ben'], 'soon')).toContain('Waiting for Ada and Ben;')
  })

  test.each([
    ['in the line about it', en.turns.waiting(many, '<t:1795305600:R>')],
    ['in a reply', en.turns.gathering.round(many)],
  ])('fits a message %s, however many they are', (_where, told) => {
    expect(told.length).toBeLessThan(MESSAGE_LIMIT)
    expect(told).toContain(' and 192 more')
  })
})
