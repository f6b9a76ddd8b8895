import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { countTokens } from '../../src/prompt/tokens.ts'
import {
  readSummary,
  SUMMARY_LIMIT,
  type SummariserInput,
  summariserMessages,
  viewsOf,
} from '../../src/roles/summariser.ts'
import { boundaryMatcher } from '../../src/safety/boundaries.ts'
import { createCharacter } from '../../src/story/edit/people.ts'
import { resetStory } from '../../src/story/edit/reset.ts'
import { NARRATOR } from '../../src/story/ref.ts'
import { aLine } from '../prompt/line.ts'
import { answers, begun, by, entityIn, having, says } from './told.ts'

const told = having(begun, by(createCharacter, { name: 'Jon' }))
const [mira, jon, ada] = ['Mira', 'Jon', 'Ada'].map((name) => entityIn(told, name)) as [
  string,
  string,
  string,
]
const all = [NARRATOR, mira, jon, ada]

describe('how a part of a story was perceived', () => {
  test('those who perceived the same of it share a view; who perceived nothing has none', () => {
    const lines = [
      aLine(2, ada, '"Mira?"', [NARRATOR, mira, ada]),
      aLine(2, mira, '"Yes?"', [NARRATOR, mira, ada]),
    ]
    expect(viewsOf(told.head, lines)).toEqual([{ owners: [mira, ada], lines }])
  })

  test('a single line that one did not hear makes another view', () => {
    const [loud, quiet] = [aLine(2, ada, '"Hello!"', all), aLine(2, ada, '"The key."', [NARRATOR, mira, ada])]
    expect(viewsOf(told.head, [loud, quiet])).toEqual([
      { owners: [mira, ada], lines: [loud, quiet] },
      { owners: [jon], lines: [loud] },
    ])
  })

  test('what someone has forgotten is in no view of theirs, but for the opening', () => {
    const asked = having(told, says('"I sank the boat."'), answers('"You did?"'))
    const { head, lines } = having(asked, by(resetStory, { scope: 'character', character: mira }))
    expect(
      viewsOf(head, lines).map(({ owners, lines: known }) => [owners, known.map(({ turn }) => turn)]),
    ).toEqual([
      [[mira], [1]],
      [[jon], [2, 2]],
      [[ada], [1, 2, 2]],
    ])
  })

  test('what was said out of character is in none', () =>
    expect(viewsOf(told.head, [aLine(2, ada, '((brb))', [], { kind: 'ooc' })])).toEqual([]))

  test('each of the cast has one view at most, of all lines that they perceived and no others', () => {
    const someLines = fc
      .array(fc.subarray(all), { maxLength: 10 })
      .map((each) => each.map((witnesses, nth) => aLine(2 + nth, ada, `line ${nth}`, witnesses)))
    fc.assert(
      fc.property(someLines, (lines) => {
        const views = viewsOf(told.head, lines)
        for (const entity of [mira, jon, ada]) {
          const own = views.filter(({ owners }) => owners.includes(entity))
          const perceived = lines.filter(({ witnesses }) => witnesses.includes(entity))
          expect(own.map((view) => view.lines)).toEqual(perceived.length > 0 ? [perceived] : [])
        }
        const seen = views.map((view) => view.lines.map(({ id }) => id).join())
        expect(new Set(seen).size).toBe(seen.length)
      }),
    )
  })
})

describe('what a summariser is sent', () => {
  const input: SummariserInput = {
    head: told.head,
    instructions: 'Sum up.',
    boundaries: 'Lines: spiders',
    told: [aLine(2, ada, ' "Mira?" ', all), aLine(2, mira, '"Yes?"', all)],
    limit: 4000,
    count: countTokens,
  }
  const sizeOf = (more: Partial<SummariserInput>) =>
    summariserMessages({ ...input, ...more }).reduce((sum, { content }) => sum + countTokens(content), 0)

  test('is what it is to do, and what was said by whom', () =>
    expect(summariserMessages(input)).toEqual([
      { role: 'system', content: 'Sum up.\n\nLines: spiders', cache: true },
      { role: 'user', content: 'Tell this in short:\n\nAda: "Mira?"\n\nMira: "Yes?"' },
    ]))

  test('or summaries that become one', () => {
    const summaries = ['Ada came.', 'Ada left.'].map((body, nth) => ({
      from: nth,
      to: nth,
      owners: [ada],
      body,
    }))
    expect(summariserMessages({ ...input, told: summaries })[1]?.content).toBe(
      'Tell this in short:\n\nAda came.\n\nAda left.',
    )
  })

  test('is within its limit: long lines lose their middle, and short ones stand', () => {
    const long = Array.from({ length: 20 }, (_, nth) =>
      aLine(2, mira, `Begin ${nth}. ${'word '.repeat(900)}End ${nth}.`, all),
    )
    const lines = [...long, aLine(3, ada, '"The key is gone."', all)]
    expect(sizeOf({ told: lines })).toBeLessThanOrEqual(4000)
    const asked = summariserMessages({ ...input, told: lines })[1]?.content ?? ''
    for (const { text } of long) expect(asked).toContain(text.slice(0, 8))
    expect(asked).toContain('Ada: "The key is gone."')
  })

  test('never holds half a character', () => {
    const lines = Array.from({ length: 9 }, (_, nth) =>
      aLine(2, mira, `${'x'.repeat(nth)}${'🧶'.repeat(800)}`, all),
    )
    const [, asked] = summariserMessages({ ...input, told: lines, limit: 1000 })
    expect(asked?.content).toContain('…')
    expect(asked?.content.isWellFormed()).toBe(true)
  })
})

describe('what of its answer is kept', () => {
  const { firstIn } = boundaryMatcher([{ label: 'spiders', words: [] }], [])
  const read = (summary: string) => readSummary({ summary }, (text) => firstIn(text)?.at)

  test('are its words, on one row', () =>
    expect(read(' Ada came.\n\nMira left. ')).toBe('Ada came. Mira left.'))

  test.each([
    ['Ada came. A spider sat there. Mira left.', 'Ada came. Mira left.'],
    ['A spider sat there. Mira left! Spiders again? No more.', 'Mira left! No more.'],
    ['Ada came. Then, a spider', 'Ada came.'],
  ])('of %j, without the sentences that must not stand in the story', (summary, kept) =>
    expect(read(summary)).toBe(kept),
  )

  test('where it is shortened, nothing that only this made of it', () => {
    const long = `Ada came. Y${'y'.repeat(SUMMARY_LIMIT - 19)} spider${'webs'.repeat(9)}`
    expect(read(long)).toBe('Ada came.')
  })

  test('as many as a summary may have, in whatever script', () => {
    for (const long of ['word '.repeat(400), '雨が降る。 '.concat('雨'.repeat(2000)), '🧶'.repeat(900)]) {
      const kept = read(long) ?? ''
      expect(kept.length).toBeLessThanOrEqual(SUMMARY_LIMIT)
      expect(kept.length).toBeGreaterThan(SUMMARY_LIMIT - 10)
      expect(kept.endsWith('…') && kept.isWellFormed()).toBe(true)
    }
  })

  test.each(['', '  \n ', 'A spider came.'])('of %j, nothing', (summary) =>
    expect(read(summary)).toBeUndefined(),
  )
})
