import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { assemble, messagesOf } from '../../src/prompt/assemble.ts'
import { DEFAULT_BUDGET, type Part, type Section, sections, type Tier } from '../../src/prompt/part.ts'
import { countTokens } from '../../src/prompt/tokens.ts'

const part = (section: Section, text: string, more: Partial<Part> = {}): Part => ({
  ...{ section, text, tier: 'must', audience: 'everyone' },
  ...more,
})
/** As many words as are said, each of which is one token. */
const words = (count: number, first = 'word') => [first, ...Array(count - 1).fill('word')].join(' ')
const said = (turn: number, text: string, tier: Tier = 'nice') => part('history', text, { turn, tier })
const contents = (parts: readonly Part[], soft = 1e6, hard = 1e6) =>
  assemble(parts, { soft, hard }).messages.map(({ content }) => content)
const keptOf = (parts: readonly Part[], soft: number, hard = 1e6) =>
  assemble(parts, { soft, hard })
    .parts.filter(({ isKept }) => isKept)
    .map(({ section, turn, text }) => `${section} ${turn ?? text.split(' ')[0]}`)

describe('a prompt', () => {
  test('holds the standing instructions, what was said, the notes and what is to be answered, in this order', () => {
    const parts = [
      part('request', 'Go on.'),
      part('line', 'Ada: Knock.', { turn: 3 }),
      part('memory', '- A key.', { tier: 'should' }),
      part('scene', 'Night.'),
      part('history', 'Ada: Hello?', { turn: 1 }),
      part('history', 'Who is there?', { turn: 1, speaker: 'self' }),
      part('cast', '- Ada'),
      part('rules', 'You tell a story.'),
    ]
    expect(assemble(parts).messages).toEqual([
      { role: 'system', content: 'You tell a story.\n\n# Cast\n- Ada', cache: true },
      { role: 'user', content: 'Ada: Hello?' },
      { role: 'assistant', content: 'Who is there?', cache: true },
      {
        role: 'user',
        content:
          '[Notes for this answer, which nobody in the story hears]\n# Where and when\nNight.\n\n# What comes to your mind\n- A key.\n[End of the notes]',
      },
      { role: 'user', content: 'Ada: Knock.' },
      { role: 'user', content: 'Go on.' },
    ])
  })

  test('is the same whatever the order in which its sections come', () => {
    const parts = sections.map((section) => part(section, `The ${section}.`))
    expect(contents(parts.toReversed())).toEqual(contents(parts))
  })

  test('begins with the same bytes while only what is true now changes', () => {
    const standing = [part('rules', 'Tell.'), part('self', 'Mira: a keeper.'), said(1, 'Rain.')]
    const notes = (text: string) =>
      (['scene', 'activity', 'feelings', 'pin', 'fact', 'memory', 'plan'] as const).map((section) =>
        part(section, text),
      )
    const upTo = (text: string) => assemble([...notes(text), ...standing]).messages.slice(0, 2)
    expect(upTo('Day 2.')).toEqual(upTo('Day 3, and much else.'))
    expect(upTo('Day 2.').map(({ cache }) => cache)).toEqual([true, true])
  })

  test('marks how far it stays the same: the standing instructions, and what was said before', () => {
    const marked = (parts: readonly Part[]) => assemble(parts).messages.map(({ cache = false }) => cache)
    expect(marked([part('rules', 'a'), said(1, 'b'), said(2, 'c'), part('line', 'd')])).toEqual([
      true,
      false,
      true,
      false,
    ])
    expect(marked([part('rules', 'a'), part('scene', 'b'), part('line', 'c')])).toEqual([true, false, false])
  })

  test('has no message and no heading for what is not there', () => {
    expect(contents([part('rules', 'Tell.')])).toEqual(['Tell.'])
    expect(contents(sections.map((section) => part(section, section === 'rules' ? 'Tell.' : '')))).toEqual([
      'Tell.',
    ])
  })
})

describe('what is spared when there is too much', () => {
  const everything = [
    part('rules', words(20, 'rules')),
    part('examples', words(50, 'voice'), { tier: 'nice' }),
    part('summary', words(50, 'first'), { tier: 'should' }),
    part('summary', words(50, 'second'), { tier: 'should' }),
    said(3, words(50)),
    said(4, words(50)),
    said(5, words(50), 'must'),
    part('pin', words(50, 'pinned'), { tier: 'should' }),
    part('fact', words(50, 'fact'), { tier: 'should' }),
    part('memory', words(50, 'best'), { tier: 'should' }),
    part('memory', words(50, 'next'), { tier: 'should' }),
    part('memory', words(50, 'further'), { tier: 'nice' }),
    part('memory', words(50, 'last'), { tier: 'nice' }),
    part('plan', words(50, 'plan'), { tier: 'should' }),
    part('line', words(20, 'line')),
  ]
  const inTurn = [
    'examples voice',
    'history 3',
    'history 4',
    'memory last',
    'memory further',
    'memory next',
    'memory best',
    'fact fact',
    'summary first',
    'summary second',
    'pin pinned',
    'plan plan',
  ]

  test('is what is nice, then what should be there, each in its order; never what must', () => {
    const whole = keptOf(everything, 1e6)
    expect(whole).toHaveLength(everything.length)
    const gone: string[] = []
    for (let soft = 900; soft > 0; soft -= 10) {
      const kept = keptOf(everything, soft)
      gone.push(...whole.filter((each) => !kept.includes(each) && !gone.includes(each)))
    }
    expect(gone).toEqual(inTurn)
    expect(keptOf(everything, 0)).toEqual(['rules rules', 'history 5', 'line line'])
  })

  test('is no more than it takes', () => {
    const { tokens } = assemble(everything)
    expect(keptOf(everything, tokens + 100)).toHaveLength(everything.length)
    expect(keptOf(everything, tokens - 1)).toHaveLength(everything.length - 1)
  })

  test('is not in the messages; these can be had again from the parts that are', () => {
    const { messages, parts } = assemble(everything, { soft: 500, hard: 1000 })
    expect(messagesOf(parts.filter(({ isKept }) => isKept))).toEqual(messages)
    expect(messages.map(({ content }) => content).join('\n')).not.toContain('voice')
  })

  test('is said with how long each part is', () => {
    const { parts, soft } = assemble(everything, { soft: 500, hard: 1000 })
    expect(soft).toBe(500)
    expect(parts.map(({ text }) => text).sort()).toEqual(everything.map(({ text }) => text).sort())
    for (const { text, tokens } of parts) expect(tokens).toBe(countTokens(text))
    expect(parts.find(({ section }) => section === 'examples')).toMatchObject({ isKept: false, tokens: 50 })
    expect(parts.find(({ section }) => section === 'rules')).toMatchObject({ isKept: true, tokens: 20 })
  })

  test('goes by whole turns: no question stands without its answer', () => {
    const asked = (turn: number) => [
      said(turn, words(50)),
      { ...said(turn, words(50)), speaker: 'self' as const },
    ]
    const parts = [part('rules', 'Tell.'), ...[1, 2, 3].flatMap(asked)]
    const turns = (soft: number) => keptOf(parts, soft).filter((each) => each.startsWith('history'))
    const whole = assemble(parts).tokens
    expect(turns(whole - 30)).toEqual(['history 2', 'history 2', 'history 3', 'history 3'])
    expect(turns(whole - 130)).toEqual(['history 3', 'history 3'])
  })
})

describe('a prompt whose musts are too long', () => {
  test('is kept over the soft limit, as long as it is within the hard one', () =>
    expect(keptOf([part('rules', words(100)), said(1, words(9))], 50, 300)).toEqual(['rules word']))

  test('is refused, and says what is to be shortened', () => {
    const refusal = (parts: readonly Part[]) => {
      try {
        return assemble(parts, { soft: 50, hard: 500 })
      } catch (error) {
        return error
      }
    }
    expect(
      refusal([part('rules', 'Tell.'), said(1, words(300), 'must'), part('line', words(600))]),
    ).toMatchObject({
      code: 'prompt_too_long',
      details: { section: 'line', limit: 500 },
    })
    expect(refusal([part('story', words(600)), part('line', words(99))])).toMatchObject({
      details: { section: 'story' },
    })
    expect(refusal([part('story', words(300)), said(1, words(999))])).not.toBeInstanceOf(Error)
  })
})

describe('whatever a prompt is made of', () => {
  const aPart: fc.Arbitrary<Part> = fc.record({
    section: fc.constantFrom(...sections),
    tier: fc.constantFrom('must', 'should', 'nice'),
    text: fc.nat({ max: 60 }).map((length) => 'x'.repeat(length)),
    audience: fc.constant('everyone' as const),
    turn: fc.nat({ max: 5 }),
  })
  const someParts = fc
    .array(aPart, { maxLength: 25 })
    .map((parts) =>
      parts.map(
        (each): Part =>
          each.section === 'history' ? { ...each, tier: each.turn === 5 ? 'must' : 'nice' } : each,
      ),
    )
  const lengthOf = (text: string) => text.length

  test('its words are within the soft limit unless only musts are left', () => {
    fc.assert(
      fc.property(someParts, fc.nat({ max: 1500 }), (parts, soft) => {
        const prompt = assemble(parts, { soft, hard: 1e6 }, lengthOf)
        const kept = prompt.parts.filter(({ isKept }) => isKept)
        const isLeast = kept.every(({ tier }) => tier === 'must')
        expect(isLeast || prompt.tokens <= soft).toBe(true)
        const all = prompt.messages.map(({ content }) => content).join('\n')
        for (const { text } of kept) expect(all).toContain(text)
      }),
    )
  })

  test('it is refused, or fits its model', () => {
    const sizeOf = (parts: readonly Part[], limit: number) => {
      try {
        return assemble(parts, { soft: limit, hard: limit }, lengthOf).tokens
      } catch (error) {
        expect(error).toMatchObject({ code: 'prompt_too_long' })
        return 0
      }
    }
    fc.assert(
      fc.property(someParts, fc.nat({ max: 1500 }), (parts, limit) => {
        expect(sizeOf(parts, limit)).toBeLessThanOrEqual(limit)
      }),
    )
  })

  test('nothing that must stand in it is dropped, and nothing dear while something less dear stands', () => {
    fc.assert(
      fc.property(someParts, fc.nat({ max: 1500 }), (parts, soft) => {
        const { parts: placed } = assemble(parts, { soft, hard: 1e6 }, lengthOf)
        const tiersOf = (isKept: boolean) =>
          new Set(placed.filter((each) => each.isKept === isKept).map(({ tier }) => tier))
        expect(tiersOf(false)).not.toContain('must')
        if (tiersOf(false).has('should')) expect(tiersOf(true)).not.toContain('nice')
      }),
    )
  })

  test('a real prompt is within its limit by a real count, headings and all', () => {
    const many = Array.from({ length: 200 }, (_, turn) => said(turn, `Turn ${turn}. ${words(60)}`))
    const notes = (['scene', 'activity', 'feelings', 'pin', 'fact', 'memory', 'plan'] as const).map(
      (section) =>
        part(section, `- The ${section}, and what else there is to say of it.`, { tier: 'should' }),
    )
    const { tokens, parts } = assemble([part('rules', words(500)), ...notes, ...many])
    expect(tokens).toBeLessThanOrEqual(DEFAULT_BUDGET.soft)
    expect(tokens).toBeGreaterThan(DEFAULT_BUDGET.soft * 0.9)
    expect(parts.filter(({ isKept }) => !isKept).every(({ section }) => section === 'history')).toBe(true)
  })
})
