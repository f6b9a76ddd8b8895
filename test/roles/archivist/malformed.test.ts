import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ENTRY_LIMITS } from '../../../src/roles/archivist/proposal.ts'
import { TEXT_LIMIT } from '../../../src/roles/archivist/terms.ts'
import { openScene } from '../../../src/story/edit/world.ts'
import { eventSchemas } from '../../../src/story/event.ts'
import { fold } from '../../../src/story/state.ts'
import { adaHerself, by, having, jon, mira, told } from '../../story/given.ts'
import { all, bodies, headOf, lines, settled } from './given.ts'

const onlyTalk = ['time.passed', 'turn.settled']
const memory = {
  who: 'Jon',
  lines: [3],
  text: 'The rain stopped.',
  significance: 1,
  source: 'direct',
  told_by: null,
}
const shift = { from: 'Mira', to: 'Ada', line: 1, affinity: 3, trust: 0 }

describe('a proposal that is none', () => {
  test.each([
    ['nothing', undefined],
    ['null', null],
    ['a list', [memory]],
    ['a text', '{"memories": []}'],
    ['a number', Number.NaN],
    ['an empty object', {}],
    [
      'lists that are none',
      { shifts: 'none', memories: { 0: memory }, facts: 7, activities: null, elapsed: [] },
    ],
    ['other names', { memory: [memory], Shifts: [shift] }],
    ['keys that objects have from birth', JSON.parse('{"__proto__": {"memories": [1]}, "constructor": {}}')],
  ])('given %s, then the turn is settled with a little talk', (_, proposal) => {
    expect(settled(proposal).events.map(({ type }) => type)).toEqual(onlyTalk)
  })
})

describe('a proposal that is partly wrong', () => {
  test.each([
    ['null', null],
    ['a text', 'Jon remembers the rain.'],
    ['a list', [[]]],
    ['an unknown name', { ...memory, who: 'Eli' }],
    ['the narrator', { ...memory, who: 'Narrator' }],
    ['a name from birth', { ...memory, who: 'constructor' }],
    ['no name', { ...memory, who: undefined }],
    ['no text', { ...memory, text: 12 }],
    ['a blank text', { ...memory, text: ' \n\u0000 ' }],
    ['a line that is not there', { ...memory, lines: [0] }],
    ['half a line', { ...memory, lines: [1.5] }],
    ['a line that is no number', { ...memory, lines: ['l3'] }],
  ])('given a memory that is or has %s, then it is dropped and the others stand', (_, wrong) => {
    expect(bodies(settled({ memories: [wrong, memory] }), 'memory.formed')).toEqual([
      { owner: jon, body: 'The rain stopped.' },
    ])
  })

  test('given a memory with little to it, then it stands with what is usual', () => {
    const decision = settled({
      memories: [
        { who: ' jon', lines: '3', text: memory.text, significance: 'high', source: 'dream', told_by: 5 },
      ],
    })
    expect(all(decision, 'memory.formed')).toMatchObject([
      { owner: jon, lines: ['l3'], significance: 1, source: 'direct', toldBy: null },
    ])
  })

  test.each([
    ['as a text', '"+4"', 4],
    ['beyond all numbers', '1e999', 15],
    ['as nothing', 'null', 0],
    ['as a word', '"much"', 0],
  ])('given a shift %s, then it comes to what it can', (_, affinity, expected) => {
    const proposal = JSON.parse(
      `{"shifts": [{"from":"Mira","to":"Ada","line":1,"trust":-2,"affinity":${affinity}}]}`,
    )
    expect(all(settled(proposal), 'edge.shifted')).toMatchObject([{ affinity: expected, trust: -2 }])
  })

  test('given an activity with one wrong part, then the others stand', () => {
    const decision = settled({
      activities: [{ who: 'Mira', line: 1, posture: 'sits', action: 'mending', holding: [1], status: {} }],
    })
    expect(all(decision, 'activity.changed')).toMatchObject([
      { entity: mira, activity: { posture: 'sits', action: null, holding: [], status: null } },
    ])
  })

  test('given an action with no more than a label, then it is an ordinary one', () => {
    const decision = settled({ activities: [{ who: 'Mira', line: 1, action: { label: 'waits' } }] })
    expect(all(decision, 'activity.changed')).toMatchObject([
      {
        activity: {
          action: { label: 'waits', interruptibility: 'anything', attention: 'half', minutes: null },
        },
      },
    ])
  })

  test('given a flood, then no more is taken in than a turn can hold', () => {
    const words = Array.from({ length: 500 }, (_, nth) => `Drop number ${nth}.`)
    const decision = settled({
      memories: words.map((text) => ({ ...memory, text })),
      facts: words.map((text) => ({ who: 'Jon', line: 3, text })),
      activities: words.map((status) => ({ who: 'Jon', line: 3, status })),
    })
    expect(all(decision, 'memory.formed')).toHaveLength(ENTRY_LIMITS.memories)
    expect(all(decision, 'fact.learned')).toHaveLength(ENTRY_LIMITS.facts)
    expect(all(decision, 'activity.changed')).toHaveLength(ENTRY_LIMITS.activities)
  })
})

describe('any proposal at all', () => {
  const head = headOf(having(told, by(openScene, {})))
  const witnesses = new Map(lines.map(({ id, witnesses }) => [id, witnesses]))

  const mostly = (usual: fc.Arbitrary<unknown>, rare: fc.Arbitrary<unknown>) =>
    fc.oneof({ arbitrary: usual, weight: 9 }, { arbitrary: rare, weight: 1 })
  const anything = fc.oneof(fc.constant(null), fc.double(), fc.jsonValue({ maxDepth: 2 }))
  const name = mostly(
    fc.constantFrom('Mira', 'Jon', 'ada '),
    fc.constantFrom('Narrator', 'Eli', '__proto__', mira, adaHerself, '', null),
  )
  const words = mostly(fc.string({ unit: 'binary' }), fc.constantFrom('', ' ', 'x'.repeat(5000), null))
  const number = mostly(fc.integer({ min: -20, max: 20 }), anything)
  const line = mostly(fc.constantFrom(1, 2, 3, '[1]'), fc.oneof(fc.constantFrom(0, 4, 1.5), anything))
  const listOf = (entry: Record<string, fc.Arbitrary<unknown>>) =>
    mostly(fc.array(mostly(fc.record(entry), anything)), anything)
  const nearly = fc.record(
    {
      shifts: listOf({ from: name, to: name, line, affinity: number, trust: number }),
      activities: listOf({
        who: name,
        line,
        posture: words,
        action: mostly(
          fc.record({ label: words, minutes: number, attention: words, interruptibility: words }),
          anything,
        ),
        attends_to: fc.oneof(name, words),
        holding: mostly(fc.array(words), anything),
        status: words,
      }),
      elapsed: mostly(
        fc.record({ line, minutes: number, reason: fc.constantFrom('talk', 'skip', 'manual', 'rest') }),
        anything,
      ),
      memories: listOf({
        who: name,
        lines: mostly(fc.array(line), line),
        text: words,
        significance: number,
        source: fc.constantFrom('direct', 'told', 'overheard', 'summary', null),
        told_by: name,
      }),
      facts: listOf({ who: name, line, text: words }),
      scene_end: mostly(fc.record({ line, significance: number }), anything),
      significance: number,
    },
    { requiredKeys: [] },
  )

  const seen = new Set<string>()

  test.each([
    ['that is nearly right', nearly],
    ['of any JSON', fc.jsonValue()],
  ])(
    '%s settles the turn, with nothing in it that was not witnessed',
    (_, proposals: fc.Arbitrary<unknown>) => {
      fc.assert(
        fc.property(proposals, (proposal) => {
          const decision = settled(proposal, { head })
          for (const { type, data } of decision.events) {
            seen.add(type)
            expect(eventSchemas[type].parse(data)).toEqual(data)
          }
          for (const { from, line } of all(decision, 'edge.shifted'))
            expect(witnesses.get(line)).toContain(from)
          for (const { owner, lines } of [
            ...all(decision, 'memory.formed'),
            ...all(decision, 'fact.learned'),
          ]) {
            expect(lines.length).toBeGreaterThan(0)
            for (const line of lines) expect(witnesses.get(line)).toContain(owner)
          }
          for (const { body } of decision.texts) expect(body.length).toBeLessThanOrEqual(TEXT_LIMIT)
          expect(all(decision, 'turn.settled')).toHaveLength(1)
          expect(decision.events.at(-1)?.type).toBe('turn.settled')
          expect(fold(decision.events, head.state)).toEqual(decision.state)
        }),
        { numRuns: 500 },
      )
    },
  )

  test('every kind of effect came of them', () => {
    expect(seen).toEqual(
      new Set([
        'edge.shifted',
        'activity.changed',
        'time.passed',
        'memory.formed',
        'memory.pinned',
        'fact.learned',
        'scene.closed',
        'turn.settled',
      ]),
    )
  })
})
