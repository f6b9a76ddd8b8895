import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { TEXT_LIMIT } from '../../../src/roles/archivist/terms.ts'
import { SHIFT_LIMIT } from '../../../src/story/edge.ts'
import { addPlace, leaveScene, openScene } from '../../../src/story/edit/world.ts'
import { eventSchemas } from '../../../src/story/event.ts'
import { NARRATOR } from '../../../src/story/ref.ts'
import { present } from '../../../src/story/scene.ts'
import { fold } from '../../../src/story/state.ts'
import { adaHerself, by, having, jon, mira, told } from '../../story/given.ts'
import { all, headOf, inTurn, line, lines, settled } from './given.ts'

describe('any proposal at all', () => {
  const head = headOf({
    ...having(told, by(addPlace, { name: 'Kitchen', type: 'room' }), by(openScene, {})),
    turn: { ...told.turn, number: 2 },
  })
  const older = [line('o1', adaHerself, '*I wait for Jon.*', [NARRATOR, mira, adaHerself])]
  const now = inTurn(2, [
    ...lines,
    line('l4', adaHerself, '*I go to the kitchen, past Jon.*'),
    line('l5', adaHerself, '"The word is zyzzyva."', [adaHerself, mira]),
  ])
  const byId = new Map([...older, ...now].map((each) => [each.id, each]))
  const witnessed = (id: string) => byId.get(id)?.witnesses
  const cast = [mira, jon, adaHerself]
  const absent = headOf(having(head.state, by(leaveScene, { entity: jon })))

  const mostly = (usual: fc.Arbitrary<unknown>, rare: fc.Arbitrary<unknown>) =>
    fc.oneof({ arbitrary: usual, weight: 9 }, { arbitrary: rare, weight: 1 })
  const anything = fc.oneof(fc.constant(null), fc.double(), fc.jsonValue({ maxDepth: 2 }))
  const name = mostly(
    fc.constantFrom('Mira', 'Jon', 'ada '),
    fc.constantFrom('Narrator', 'Eli', '__proto__', mira, adaHerself, '', null),
  )
  const words = mostly(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('', ' ', 'Beware of zyzzyvas', 'x'.repeat(5000), null),
  )
  const number = mostly(fc.integer({ min: -20, max: 20 }), anything)
  const cited = mostly(fc.constantFrom(1, 2, 3, 4, 5, '[1]'), fc.oneof(fc.constantFrom(0, 6, 1.5), anything))
  const listOf = (entry: Record<string, fc.Arbitrary<unknown>>) =>
    mostly(fc.array(mostly(fc.record(entry), anything)), anything)
  const nearly = fc.record(
    {
      shifts: listOf({ from: name, to: name, line: cited, affinity: number, trust: number, reason: words }),
      activities: listOf({
        who: name,
        line: cited,
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
        fc.record({
          ...{ line: cited, minutes: mostly(fc.constantFrom(1, 30, 300), anything) },
          reason: fc.constantFrom('talk', 'skip', 'manual', 'rest'),
        }),
        anything,
      ),
      memories: listOf({
        who: name,
        lines: mostly(fc.array(cited), cited),
        text: words,
        significance: number,
        source: fc.constantFrom('direct', 'told', 'overheard', 'summary', null),
        told_by: name,
      }),
      facts: listOf({ who: name, line: cited, text: words }),
      moves: listOf({
        ...{ who: name, line: cited },
        to: mostly(
          fc.constantFrom('Kitchen', 'away', 'here'),
          fc.constantFrom('Moon', '__proto__', '', null),
        ),
      }),
      scene_end: fc.oneof(
        fc.constant({ line: null, reason: 'ending', significance: 1 }),
        fc.record({
          ...{ line: cited, significance: number },
          reason: mostly(fc.constantFrom('place', 'ending', 'time', 'manual'), anything),
        }),
        anything,
      ),
      significance: number,
    },
    { requiredKeys: [] },
  )

  const seen = new Set<string>()

  test.each([
    ['that is nearly right', nearly],
    ['of any JSON', fc.jsonValue()],
    ['of any value', fc.anything()],
  ])(
    '%s settles the turn, with nothing in it that was not witnessed',
    (_, proposals: fc.Arbitrary<unknown>) => {
      fc.assert(
        fc.property(proposals, fc.constantFrom(head, absent), (proposal, at) => {
          const decision = settled(proposal, { head: at, lines: now, older, from: 2 })
          for (const { type, data } of decision.events) {
            seen.add(type)
            expect(eventSchemas[type].parse(data)).toEqual(data)
          }
          const here = present(at.state.cast, at.state.scene)
          for (const { from, to, line, affinity, trust } of all(decision, 'edge.shifted')) {
            expect(witnessed(line)).toContain(from)
            expect(at.state.cast.characters.map(({ character }) => character)).toContain(from)
            for (const end of [from, to]) expect(here).toContain(end)
            expect(Math.max(Math.abs(affinity), Math.abs(trust))).toBeLessThanOrEqual(SHIFT_LIMIT)
          }
          const memories = all(decision, 'memory.formed')
          for (const { owner, lines } of [...memories, ...all(decision, 'fact.learned')]) {
            expect(cast).toContain(owner)
            expect(lines.length).toBeGreaterThan(0)
            for (const line of lines) expect(witnessed(line)).toContain(owner)
          }
          for (const { toldBy, source, lines, chain, owner } of memories) {
            expect(toldBy !== null).toBe(source === 'told')
            if (toldBy !== null) expect(lines.map((id) => byId.get(id)?.speaker)).toContain(toldBy)
            expect(chain).not.toContain(owner)
          }
          for (const { id, turn, witnesses } of byId.values())
            for (const owner of cast.filter((entity) => witnesses.includes(entity)))
              expect(
                memories.some(
                  (each) => each.owner === owner && each.lines.some((line) => byId.get(line)?.turn === turn),
                ),
                `${owner} remembers nothing of the turn of ${id}`,
              ).toBe(true)
          const everHere = [
            ...here,
            ...all(decision, 'scene.joined').map(({ entity }) => entity),
            ...all(decision, 'scene.opened').flatMap(({ participants }) => participants),
          ]
          for (const { entity } of [...all(decision, 'scene.left'), ...all(decision, 'scene.moved')])
            expect(everHere).toContain(entity)
          const readable = [
            ...[...memories, ...all(decision, 'fact.learned')].map(({ owner, text }) => ({ owner, text })),
            ...all(decision, 'edge.shifted').map(({ from, reason }) => ({ owner: from, text: reason })),
          ].filter(({ owner }) => owner === jon)
          for (const { text } of readable)
            expect(decision.texts.find(({ id }) => id === text)?.body ?? '').not.toContain('zyzzyva')
          expect(JSON.stringify(all(decision, 'activity.changed'))).not.toContain('zyzzyva')
          for (const { body } of decision.texts) {
            expect(body.length).toBeLessThanOrEqual(TEXT_LIMIT)
            expect(body.isWellFormed()).toBe(true)
            expect(body).not.toMatch(/\p{Cc}/u)
          }
          expect(all(decision, 'scene.closed').length).toBe(all(decision, 'scene.opened').length)
          expect(all(decision, 'scene.closed').length).toBeLessThanOrEqual(1)
          expect(decision.state.scene.open?.participants).not.toEqual([])
          expect(all(decision, 'turn.settled')).toHaveLength(1)
          expect(decision.events.at(-1)?.type).toBe('turn.settled')
          expect(fold(decision.events, at.state)).toEqual(decision.state)
        }),
        { numRuns: 300 },
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
        'scene.opened',
        'scene.joined',
        'scene.left',
        'scene.moved',
        'turn.settled',
      ]),
    )
  })
})
