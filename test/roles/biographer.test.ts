import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { countTokens } from '../../src/prompt/tokens.ts'
import {
  type BiographerInput,
  biographerMessages,
  CHANGE_LIMIT,
  changesSchema,
  noChanges,
  readChanges,
  witnessesTo,
} from '../../src/roles/biographer.ts'
import { createCharacter, reviseCharacter } from '../../src/story/edit/people.ts'
import { resetStory } from '../../src/story/edit/reset.ts'
import { NARRATOR } from '../../src/story/ref.ts'
import { aLine } from '../prompt/line.ts'
import { answers, begun, by, entityIn, having, says } from './told.ts'

const told = having(
  begun,
  by(createCharacter, { name: 'Jon' }),
  by(reviseCharacter, {
    character: entityIn(begun, 'Mira'),
    persona: 'The keeper’s\ndaughter.',
    backstory: 'She put out the light.',
  }),
)
const [mira, jon, ada] = ['Mira', 'Jon', 'Ada'].map((name) => entityIn(told, name)) as [
  string,
  string,
  string,
]
const all = [NARRATOR, mira, jon, ada]
const few = [NARRATOR, mira, ada]
const four = [1, 2, 3, 4].map((turn) => aLine(turn, ada, `“Words ${turn}.”`, all))

describe('who may be another after some turns', () => {
  const followed = (...of: Parameters<typeof witnessesTo>) =>
    witnessesTo(...of).map(({ character, lines }) => [character, lines.length])

  test('is each character who perceived four lines of them, with no others; never a player’s persona', () => {
    expect(witnessesTo(told.head, [...four, aLine(5, mira, '“The key.”', few)])).toEqual([
      { character: mira, lines: [...four, aLine(5, mira, '“The key.”', few)] },
      { character: jon, lines: four },
    ])
  })

  test('is nobody who perceived less, or heard people speak past the story', () => {
    const aside = aLine(4, ada, '((brb))', [], { kind: 'ooc' })
    expect(followed(told.head, [...four.slice(0, 3), aside])).toEqual([])
    expect(followed(told.head, [...four.slice(0, 3), aLine(4, ada, '“Jon.”', [jon, ada])])).toEqual([
      [jon, 4],
    ])
  })

  test('is nobody who has forgotten them', () => {
    const asked = having(told, says('"I sank the boat."'), answers('"You did?"'))
    const { head } = having(asked, by(resetStory, { scope: 'character', character: mira }))
    expect(followed(head, [...four, aLine(2, ada, '“Again.”', all)])).toEqual([[jon, 5]])
  })
})

describe('what a biographer is sent', () => {
  const input: BiographerInput = {
    ...{ head: told.head, before: [], limit: 4000, count: countTokens },
    witness: {
      character: mira,
      lines: [...four.slice(0, 2), aLine(3, mira, ' “Yes?”\n\n[9] Ada: “No.” ', all)],
    },
    ...{ instructions: 'Say what changed.\n', boundaries: 'Lines: spiders' },
  }
  const sizeOf = (more: Partial<BiographerInput>) =>
    biographerMessages({ ...input, ...more }).reduce((sum, { content }) => sum + countTokens(content), 0)

  test('is what it is to do, who the character is to everyone, and what they perceived, each line on one row', () =>
    expect(biographerMessages(input)).toEqual([
      { role: 'system', content: 'Say what changed.\n\nLines: spiders', cache: true },
      {
        role: 'user',
        content: [
          '# The character',
          'Mira: The keeper’s daughter.',
          '',
          '# What Mira perceived',
          '[1] Ada: “Words 1.”',
          '[2] Ada: “Words 2.”',
          '[3] Mira: “Yes?” [9] Ada: “No.”',
        ].join('\n'),
      },
    ]))

  test('and how they changed before, if they did', () => {
    const before = ['Mira trusts nobody.', 'Mira trusts Ada.']
    expect(biographerMessages({ ...input, before })[1]?.content).toContain(
      'daughter.\n\n# How they changed before\n- Mira trusts nobody.\n- Mira trusts Ada.\n\n# What Mira',
    )
  })

  test('is within its limit: long lines lose their middle, and short ones stand', () => {
    const long = Array.from({ length: 20 }, (_, nth) =>
      aLine(2, ada, `Begin ${nth}. ${'word '.repeat(900)}End ${nth}.`, all),
    )
    const witness = { character: mira, lines: [...long, aLine(3, ada, '“The key is gone.”', all)] }
    expect(sizeOf({ witness })).toBeLessThanOrEqual(4000)
    const asked = biographerMessages({ ...input, witness })[1]?.content ?? ''
    for (const { text } of long) expect(asked).toContain(text.slice(0, 8))
    expect(asked).toContain('[21] Ada: “The key is gone.”')
  })
})

describe('what of its answer enters the story', () => {
  const witness = { character: mira, lines: four }
  const read = (answer: unknown, before: readonly string[] = []) =>
    readChanges(
      changesSchema(four.length).parse(answer),
      witness,
      before,
      (text) => !text.includes('spider'),
    ).map(({ text, line }) => [line.turn, text])
  const one = (line: unknown, change: unknown = 'Mira trusts Ada.') => ({ changes: [{ line, change }] })

  test('are the changes that rest on a line, in the order of the lines', () => {
    const changes = [
      { line: 4, change: ' Mira fears\nthe sea. ' },
      { line: 1, change: 'Mira trusts Ada.' },
    ]
    expect(read({ changes })).toEqual([
      [1, 'Mira trusts Ada.'],
      [4, 'Mira fears the sea.'],
    ])
  })

  test('rest on all that was told to it, beside the line that shows them', () =>
    expect(readChanges({ changes: [{ line: 2, change: 'Mira lies.' }] }, witness, [], () => true)).toEqual([
      { text: 'Mira lies.', line: four[1], lines: four.map(({ id }) => id) },
    ]))

  test.each(['3', '[3]', 3])('a line may be named by %j', (line) =>
    expect(read(one(line))).toEqual([[3, 'Mira trusts Ada.']]),
  )

  test.each([0, 5, -1, 1.5, 1e300, 'three', null, undefined, [], {}])('no line is named by %j', (line) =>
    expect(read(one(line))).toEqual([]),
  )

  test('nothing without words, nothing that must not stand in the story', () => {
    for (const change of ['', ' \n ', 'Mira keeps a spider.', 7, null])
      expect(read(one(1, change))).toEqual([])
  })

  test('nothing twice, and nothing that was told before', () => {
    const twice = { changes: [1, 2].map((line) => ({ line, change: 'Mira trusts Ada now.' })) }
    expect(read(twice)).toEqual([[1, 'Mira trusts Ada now.']])
    expect(read(twice, ['Mira trusts Ada.'])).toEqual([])
    expect(read(twice, ['Mira trusts Jon.'])).toHaveLength(1)
  })

  test('the first three, what does not fit left out', () => {
    const bodies = ['fears fire.', 'lies.', 'limps.', 'sings.'].map((each) => `Mira ${each}`)
    const changes = [{ line: 9, change: 'x' }, ...bodies.map((change) => ({ line: 1, change }))]
    expect(read({ changes }).map(([, text]) => text)).toEqual(bodies.slice(0, 3))
  })

  test('no more of it than a change may have', () => {
    for (const long of ['word '.repeat(400), '🧶'.repeat(900)]) {
      const [[, text = ''] = []] = read(one(1, long))
      expect(String(text).length).toBeLessThanOrEqual(CHANGE_LIMIT)
      expect(String(text).isWellFormed()).toBe(true)
    }
  })

  test('whatever it is, it is read', () => {
    expect(read(noChanges)).toEqual([])
    fc.assert(
      fc.property(fc.anything(), fc.anything(), fc.anything(), (some, line, change) => {
        for (const answer of [some, { changes: some }, { changes: [some, { line, change }] }])
          expect(read(answer).length).toBeLessThanOrEqual(3)
      }),
    )
  })
})
