import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isPlural, sentences, tidy, withArticle } from '../../../src/sandbox/model/compose/english.ts'
import { tradeOf } from '../../../src/sandbox/model/compose/stage.ts'
import { genres } from '../../../src/sandbox/model/words/genres/index.ts'
import * as narration from '../../../src/sandbox/model/words/narration.ts'
import { reactions } from '../../../src/sandbox/model/words/reactions.ts'
import * as voice from '../../../src/sandbox/model/words/voice.ts'
import { answer, type Premise, play, systemPrompt } from './play.ts'

const lighthouse: Premise = {
  title: 'The Lighthouse',
  premise:
    'A smuggler comes to the lighthouse on the night the lamp goes out, and the keeper will not say why.',
  cast: ['Mira (character): a gruff lighthouse keeper', 'Ada (played by a person): a smuggler'],
}

const lines = [
  'Ada: *opens the rusty door* "Who is there?"',
  'Ada: *looks around*',
  'Ada: "Who lit the lamp last night?"',
  'Ada: *picks up the logbook and reads it*',
  'Ada: I ask Mira about the storm',
  'Ada: *walks down the iron steps*',
  'Ada: "I am not afraid of you."',
  'Ada: *hides behind the crates*',
  'Ada: *waits*',
  'Ada: *lights a match*',
  'Ada: "Where is my brother?"',
  'Ada: *throws the bottle at the wall*',
  'Ada: *climbs the ladder*',
  'Ada: "Thank you."',
  'Ada: *runs*',
]

const premises: Premise[] = [
  lighthouse,
  { ...lighthouse, speaker: 'Mira' },
  { title: 'Hesper', premise: 'The generation ship Hesper has stopped, and the captain is missing.' },
  { premise: 'An old enchanted forest where the queen of crows keeps her court.' },
  { premise: '' },
]

/** Every rule in the words, with where it stands. */
const rulesIn = (value: unknown, path: string): [string, string][] => {
  if (typeof value === 'string') return [[path, value]]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, each]) => rulesIn(each, `${path}.${key}`))
}

describe('the grammars', () => {
  const symbols =
    'place prop object topic lastwords did you your name self npc trade sound smell light surface thing way stranger'.split(
      ' ',
    )
  const modifiers = /^(cap|a|it|them|s|v\([a-z ]+\))$/
  const rules = [
    ...rulesIn(genres, 'genres'),
    ...rulesIn(narration, 'narration'),
    ...rulesIn(reactions, 'reactions'),
    ...rulesIn(voice, 'voice'),
  ]

  test('use only symbols and modifiers that there are', () => {
    const wrong = rules.filter(([, rule]) =>
      rule.split('#').some((part, index, all) => {
        if (index % 2 === 0) return all.length % 2 === 0
        const [symbol = '', ...rest] = part.split('.')
        return !symbols.includes(symbol) || !rest.every((each) => modifiers.test(each))
      }),
    )
    expect(wrong).toEqual([])
  })

  test('say nothing twice', () => {
    const long = rules.map(([, rule]) => rule).filter((rule) => rule.length > 40)
    expect(long.filter((rule, index) => long.indexOf(rule) !== index)).toEqual([])
  })
})

describe('a story', () => {
  for (const premise of premises) {
    const name = `${premise.speaker ?? 'a narrator'}: ${premise.premise || 'no premise'}`
    for (const seed of ['a', 'b', 'c']) {
      const answers = play(premise, lines, seed)

      test(`${name} (${seed}) reads well`, () => {
        for (const text of answers) {
          expect(text).not.toMatch(/\(\(|#|undefined|\bnull\b| {2}|\s[,.;:!?]|\.\.(?!\.)/)
          expect(text).not.toMatch(/\b(the|a|an|of|to|and|in|at|is) \1\b/i)
          expect(text).not.toMatch(/\ba [aeio]\w|\ban [^aeiouh\s]/i)
          expect(text).not.toMatch(/(^|\n|[.!?] )\p{Ll}/u)
          expect(text.split('*').length % 2, text).toBe(1)
          expect(text.split('"').length % 2, text).toBe(1)
          expect(text.split('\n\n').length).toBeLessThanOrEqual(3)
          expect(text.length).toBeGreaterThan(30)
          expect(text.length).toBeLessThan(1900)
        }
      })

      test(`${name} (${seed}) does not repeat itself`, () => {
        const told = answers.flatMap((text) => text.split(/[*"]/)).flatMap(sentences)
        const long = told.filter((sentence) => sentence.split(' ').length > 6)
        const repeated = long.filter((sentence, index) => long.indexOf(sentence) !== index)
        expect(repeated.length / long.length, repeated.join('\n')).toBeLessThan(0.03)
      })

      test(`${name} (${seed}) never speaks for the player`, () => {
        for (const text of answers) {
          expect(text).not.toMatch(/^\**Ada\**:|Ada says/m)
          if (!premise.speaker) expect(text).not.toMatch(/\byou (say|think|feel|decide)\b/i)
        }
      })
    }
  }

  test('opens with the place and its people', () => {
    const [opening] = play(lighthouse, [])
    expect(opening).toContain('lighthouse')
    expect(opening).toContain('Mira')
    expect(opening?.split('\n\n').length).toBeGreaterThanOrEqual(2)
  })

  test('takes up what the player did', () => {
    const seeds = ['a', 'b', 'c', 'd', 'e', 'f']
    const taken = seeds.filter((seed) =>
      play(lighthouse, [lines[0] ?? ''], seed)[1]?.includes('the rusty door'),
    )
    expect(taken.length).toBeGreaterThanOrEqual(3)
  })

  test('a character speaks in speech and gestures, of their own trade', () => {
    const answers = ['a', 'b', 'c'].flatMap((seed) => play({ ...lighthouse, speaker: 'Mira' }, lines, seed))
    for (const text of answers) expect(text).toMatch(/^\*[^*]+\*(\n\n\*[^*]+\*)? "/)
    expect(answers.join(' ')).toContain('a lighthouse keeper')
    expect(answers.join(' ')).not.toMatch(/\bMira\b/)
  })

  test('a trade is found behind the qualities', () => {
    expect(tradeOf('A tired, courteous detective who lies.')).toBe('a detective')
    expect(tradeOf('A gruff lighthouse keeper')).toBe('a lighthouse keeper')
    expect(tradeOf('The keeper’s daughter. Dry, watchful.')).toBe('the keeper’s daughter')
    expect(tradeOf('A tired, courteous one')).toBeUndefined()
  })

  test('several players are called by their names', () => {
    const cast = ['Ada (played by a person)', 'Bert (played by a person)']
    const answers = play({ ...lighthouse, cast }, ['Bert: *opens the door*', 'Ada: *looks at the map*'])
    expect(answers.join(' ')).not.toMatch(/\byou\b/i)
  })

  test('is the same again for the same chance', () => {
    expect(play(lighthouse, lines)).toEqual(play(lighthouse, lines))
  })
})

describe('any prompt', () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 80 }),
    fc.constantFrom(
      '*#door#*',
      '[a:b]#a#',
      'Ada: \\',
      '*opens the #place.cap#*',
      '**',
      '"',
      '((',
      '```x```',
      '<@123> hi',
    ),
  )
  test('gets an answer without a sign of the grammar', () => {
    fc.assert(
      fc.property(text, text, fc.boolean(), (premise, line, narrated) => {
        const system = systemPrompt({ premise, ...(narrated ? {} : { speaker: 'Mira' }) })
        const said = answer([
          { role: 'system', content: system },
          { role: 'assistant', content: 'The door is shut.' },
          { role: 'user', content: line },
        ])
        expect(said.trim()).not.toBe('')
        expect(said).not.toMatch(/\(\(\w+\)\)|#\w+#/)
      }),
      { numRuns: 200 },
    )
  })
})

describe('English', () => {
  test('articles', () => {
    const words = ['owl', 'union', 'hour', 'house', 'unlit lamp', 'European', 'heir']
    expect(words.map(withArticle)).toEqual([
      'an owl',
      'a union',
      'an hour',
      'a house',
      'an unlit lamp',
      'a European',
      'an heir',
    ])
  })
  test('numbers of things', () => {
    const several = ['the doors', 'you', 'two men', 'the door and the key', 'the police']
    const single = [
      'the glass',
      'a pair of boots',
      'the crossroads',
      'Ada',
      'the canvas',
      'the house of cards',
    ]
    expect(several.filter((each) => !isPlural(each))).toEqual([])
    expect(single.filter(isPlural)).toEqual([])
  })
  test('joints', () => {
    expect(tidy('the the door . it opens  wide')).toBe('the door. It opens wide')
  })
})
