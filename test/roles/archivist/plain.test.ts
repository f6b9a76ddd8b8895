import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { plainMemories } from '../../../src/roles/archivist/plain.ts'
import { citedIn, TEXT_LIMIT } from '../../../src/roles/archivist/terms.ts'
import { resetStory } from '../../../src/story/edit/reset.ts'
import { type EntityId, NARRATOR } from '../../../src/story/ref.ts'
import { adaHerself, by, having, jon, mira, told } from '../../story/given.ts'
import { bodiesOf, headOf, inTurn, line, lines, outOfCharacter, plain, settled } from './given.ts'

const names = new Map([
  [NARRATOR, 'Narrator'],
  [mira, 'Mira'],
  [jon, 'Jon'],
  [adaHerself, 'Ada'],
])
const called = (entity: EntityId) => names.get(entity) ?? ''
const owners = [mira, jon, adaHerself]

const remembered = (
  of: typeof lines,
  roomFor: (owner: EntityId, turn: number) => number = () => TEXT_LIMIT,
  isAllowed: (text: string) => boolean = () => true,
) => plainMemories(owners, citedIn([], of), roomFor, called, isAllowed)
const texts = (...given: Parameters<typeof remembered>) => remembered(...given).map(({ text }) => text)

describe('what those remember who have no other memory of a turn', () => {
  test('is what each of them perceived of it, as it was said', () => {
    expect(remembered(lines)).toMatchObject([
      {
        owner: mira,
        text: 'Ada: "I put out the light." Mira: "I will tell nobody." Narrator: The rain stops.',
        lines: [{ id: 'l1' }, { id: 'l2' }, { id: 'l3' }],
      },
      {
        owner: jon,
        text: 'Ada: "I put out the light." Narrator: The rain stops.',
        lines: [{ id: 'l1' }, { id: 'l3' }],
      },
      { owner: adaHerself },
    ])
  })

  test('is a memory of each turn, except of those of which they have one', () => {
    const two = [...lines, ...inTurn(2, [line('l4', jon, 'Well.')])]
    expect(
      remembered(two, (owner, turn) => (owner === mira && turn === 2 ? 0 : TEXT_LIMIT)).map(
        ({ owner, lines }) => [owner, lines.at(-1)?.turn],
      ),
    ).toEqual([
      [mira, 1],
      [jon, 1],
      [adaHerself, 1],
      [jon, 2],
      [adaHerself, 2],
    ])
  })

  test.each([24, 60, 120])('is cut to the room that it has: %d', (room) => {
    for (const text of texts([...lines, line('l4', jon, 'and on '.repeat(99))], () => room)) {
      expect(text.length).toBeLessThanOrEqual(room)
      expect(text).toMatch(/^Ada: .* … /u)
    }
  })

  test('is nothing where they perceived nothing, and nothing of what is out of character', () => {
    expect(remembered([outOfCharacter('l0'), line('l1', NARRATOR, 'Rain.', [NARRATOR])])).toEqual([])
  })

  test('given long lines, then each gives up its middle and short ones stay whole', () => {
    const long = (nth: number) =>
      line(`l${nth}`, mira, `Begin${nth}\n${'and on '.repeat(200)}\u0000end${nth}.`)
    const [text = ''] = texts([long(1), line('l2', jon, '"Yes."'), long(3)])
    expect(text).toMatch(/^Mira: Begin1 and .+ … .+ end1\. Jon: "Yes\." Mira: Begin3 and .+ … .+ end3\.$/u)
    expect(text.length).toBeLessThanOrEqual(TEXT_LIMIT)
    expect(text.length).toBeGreaterThan(TEXT_LIMIT - 20)
  })

  test('given more lines than there is room for, then the first and the last of them are in it', () => {
    const many = Array.from({ length: 90 }, (_, nth) => line(`l${nth}`, mira, `Word ${nth}.`))
    const [text = ''] = texts(many)
    expect(text).toMatch(/^Mira: Word 0\. .+ … .+ Mira: Word 89\.$/u)
    expect(text.length).toBeLessThanOrEqual(TEXT_LIMIT)
  })

  test('leaves out the lines that must not stand in the story, alone or with those before them', () => {
    const spiders = (text: string) => !/spider|Hello\..*Goodbye/u.test(text)
    const said = ['Hello.', 'A spider!', 'Goodbye.', 'Rain.'].map((text, nth) => line(`l${nth}`, jon, text))
    expect(texts(said, undefined, spiders)[0]).toBe('Jon: Hello. Jon: Rain.')
    expect(texts([line('l1', jon, 'A spider!')], undefined, spiders)).toEqual([])
  })

  test('whatever was said is one well-formed row of bounded length', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 300 }), { maxLength: 60 }), (said) => {
        for (const text of texts(said.map((text, nth) => line(`l${nth}`, mira, text)))) {
          expect(text.length).toBeLessThanOrEqual(TEXT_LIMIT)
          expect(text.isWellFormed()).toBe(true)
          expect(text).not.toMatch(/[\p{Cc}\n]/u)
        }
      }),
      { numRuns: 100 },
    )
  })
})

describe('a settlement', () => {
  const noted = { who: 'Jon', lines: [3], text: 'Jon saw the rain stop.', significance: 1 }

  test('leaves everyone who witnessed a turn a memory of it, and those who have one no other', () => {
    const decision = settled({ memories: [noted] })
    expect(plain(decision)).toMatchObject([
      { owner: mira, source: 'direct', reliability: 1, toldBy: null, chain: [], lines: ['l1', 'l2', 'l3'] },
      { owner: adaHerself, lines: ['l1', 'l2', 'l3'] },
    ])
  })

  test('given a memory that is dropped, for it is known already, then its owner has a short plain one', () => {
    const known = [{ owner: jon, body: noted.text }]
    const long = [...lines, line('l4', adaHerself, `"${'As I said. '.repeat(50)}"`)]
    const decision = settled({ memories: [noted] }, { known, lines: long })
    const lengths = new Map(
      bodiesOf(decision, plain(decision)).map(({ owner, body = '' }) => [owner, body.length]),
    )
    expect([...lengths.keys()]).toEqual(owners)
    expect(lengths.get(jon)).toBeLessThanOrEqual(120)
    expect(lengths.get(mira)).toBeGreaterThan(300)
  })

  test('given turns that nobody was asked about, then they are remembered as well, before the others', () => {
    const later = { ...told, turn: { ...told.turn, number: 3 } }
    const older = [line('o1', jon, 'Who goes?', [NARRATOR, jon])]
    const decision = settled(
      { memories: [{ ...noted, lines: [1] }], shifts: [{ from: 'Jon', to: 'Ada', line: 1, affinity: 1 }] },
      { head: headOf(later), older, from: 3, lines: inTurn(3, [line('l9', adaHerself, 'Me.')]) },
    )
    expect(bodiesOf(decision, plain(decision))).toEqual([
      { owner: jon, body: 'Jon: Who goes?' },
      { owner: mira, body: 'Ada: Me.' },
      { owner: adaHerself, body: 'Ada: Me.' },
    ])
    expect(decision.events.map(({ type, data }) => ('lines' in data ? data.lines : type))).toEqual([
      'edge.shifted',
      'time.passed',
      ['o1'],
      ['l9'],
      ['l9'],
      ['l9'],
      'turn.settled',
    ])
  })

  test('leaves one who began anew since nothing of what was before', () => {
    const later = { ...told, turn: { ...told.turn, number: 2 } }
    const head = headOf(having(later, by(resetStory, { scope: 'character', character: mira })))
    const owned = plain(settled({}, { head, lines: inTurn(2, lines) })).map(({ owner }) => owner)
    expect(owned).toEqual([jon, adaHerself])
  })
})
