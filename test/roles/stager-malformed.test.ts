import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SENTENCE_LIMIT } from '../../src/roles/stager/kickoff.ts'
import { proposalSchema } from '../../src/roles/stager/proposal.ts'
import { everyoneIn } from '../../src/roles/stager/request.ts'
import { castMembers, characterIn } from '../../src/story/cast.ts'
import { addPlace, openScene } from '../../src/story/edit/world.ts'
import { eventSchemas } from '../../src/story/event.ts'
import { LABEL_LIMIT } from '../../src/story/label.ts'
import { pathOf, placeIn } from '../../src/story/place.ts'
import { fold } from '../../src/story/state.ts'
import { ada, jon, lighthouse, mira, person, place, read, readWhole, staged, whole } from './staged.ts'
import { by, having } from './told.ts'

describe('a proposal that is none', () => {
  test.each([
    ['nothing', undefined],
    ['null', null],
    ['a list', [whole]],
    ['a text', JSON.stringify(whole)],
    ['an empty object', {}],
    ['parts that are none', { place: 'here', time: 'dusk', weather: 7, present: {}, relations: 'love' }],
    ['only who is there', { present: [person('Ada')] }],
    ['keys that objects have from birth', JSON.parse('{"__proto__": {"weather": "fog"}, "constructor": {}}')],
  ])('given %s, then there is nothing to confirm', (_, proposal) => expect(read(proposal)).toBeUndefined())
})

describe('a proposal that is partly wrong', () => {
  test('given nobody is present, then everybody is', () =>
    expect(readWhole({ weather: 'fog' }).people.map(({ entity }) => entity)).toEqual([mira, jon, ada]))

  test('given some are present, then whoever is played is there in any case, once', () => {
    const peopleIn = (...present: readonly unknown[]) =>
      readWhole({ weather: 'fog', present }).people.map(({ entity }) => entity)
    expect(peopleIn(person('Jon'))).toEqual([jon, ada])
    expect(peopleIn(person('Ada'), person('Jon'))).toEqual([ada, jon])
  })

  test('given unknown names, then they are left out and the others stand', () => {
    const kickoff = readWhole({
      present: [
        person('Eli'),
        person('Narrator'),
        person('constructor'),
        person(' jon', { posture: 'stands' }),
      ],
      relations: [
        { from: 'Eli', to: 'Ada', affinity: 1, trust: 1 },
        { from: 'Ada', to: 'Mira', affinity: 2, trust: 2 },
        { from: 'Mira', to: 'Mira', affinity: 3, trust: 3 },
        { from: 'Jon', to: 'mira', affinity: 4, trust: 4 },
      ],
    })
    expect(kickoff.people).toMatchObject([{ entity: jon, posture: 'stands' }, { entity: ada }])
    expect(kickoff.relations).toEqual([{ from: jon, to: mira, affinity: 4, trust: 4, summary: null }])
  })

  test('given one twice, then what was said first stands', () => {
    const kickoff = readWhole({
      present: [person('Jon', { posture: 'stands' }), person('Mira'), person('JON', { posture: 'lies' })],
      relations: [70, 10].map((affinity) => ({ from: 'Mira', to: 'Ada', affinity, trust: 50 })),
    })
    expect(kickoff.people.map(({ entity, posture }) => [entity, posture])).toEqual([
      [jon, 'stands'],
      [mira, null],
      [ada, null],
    ])
    expect(kickoff.relations).toMatchObject([{ affinity: 70 }])
  })

  test.each([
    ['numbers as texts', '"80"', 80],
    ['more than there is', '1e999', 100],
    ['less than there is', '-40', 0],
    ['a fraction', '33.4', 33],
    ['a word', '"much"', 50],
    ['nothing', 'null', 50],
  ])('given %s for a feeling, then it is a feeling', (_, affinity, expected) => {
    const relation = `{"from": "Mira", "to": "Ada", "trust": 50, "affinity": ${affinity}}`
    expect(readWhole(JSON.parse(`{"relations": [${relation}]}`)).relations).toMatchObject([
      { affinity: expected, trust: 50 },
    ])
  })

  test.each([
    [{ day: 1, hour: 24, minute: 75 }, 23 * 60 + 59],
    [{ day: -3, hour: '7', minute: -1 }, 7 * 60],
    [{ hour: 6.4 }, 6 * 60],
  ])('given the time %j, then it is a time', (time, minutes) =>
    expect(readWhole({ time, weather: 'fog' }).time).toBe(minutes),
  )

  test('given a time without an hour, then the time stays as it is', () =>
    expect(readWhole({ time: { day: 3 }, weather: 'fog' }).time).toBeNull())

  test('given no more of a place than its name, then it is an ordinary one', () =>
    expect(readWhole({ place: { name: 'Jetty', type: ' ' } }).place).toEqual({
      ...{ name: 'Jetty', type: 'Jetty', inside: null },
      ...{ moving: false, public: true, audible: 'near' },
    }))

  test('given words that are too long or of several rows, then they are a label', () => {
    const { people, place: where } = readWhole({
      place: { ...place, name: 'x'.repeat(500) },
      present: [person('Mira', { posture: 'sits\n\u0000 down', holding: ['net', ' net', 7, ''] })],
    })
    expect(where?.name).toHaveLength(LABEL_LIMIT)
    expect(people).toMatchObject([{ posture: 'sits down', holding: ['net'] }, { entity: ada }])
  })

  test('given words that must not stand in the story, then they are left out', () => {
    const spiders = (text: string) => !text.includes('spider')
    const kickoff = read(
      {
        ...whole,
        place: { ...place, name: 'The spider hole' },
        weather: 'a rain of spiders',
        present: [person('Mira', { posture: 'sits', holding: ['a spider', 'a net'] })],
        relations: [{ from: 'Mira', to: 'Ada', affinity: 40, trust: 40, summary: 'Mira owes her a spider.' }],
      },
      lighthouse,
      spiders,
    )
    expect(JSON.stringify(kickoff)).not.toContain('spider')
    expect(kickoff).toMatchObject({ place: null, people: [{ posture: 'sits', holding: ['a net'] }, {}] })
  })
})

describe('any proposal at all', () => {
  const mostly = (usual: fc.Arbitrary<unknown>, rare: fc.Arbitrary<unknown>) =>
    fc.oneof({ arbitrary: usual, weight: 9 }, { arbitrary: rare, weight: 1 })
  const anything = fc.oneof(fc.constant(null), fc.double(), fc.jsonValue({ maxDepth: 2 }))
  const name = mostly(
    fc.constantFrom('Mira', 'Jon', 'ada '),
    fc.constantFrom('Narrator', 'Eli', '__proto__', mira, '', null),
  )
  const words = mostly(
    fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('Jetty', 'Inn', 'Kitchen')),
    fc.constantFrom('', ' ', 'x'.repeat(5000), null),
  )
  const number = mostly(fc.integer({ min: -20, max: 120 }), anything)
  const flag = mostly(fc.boolean(), anything)
  const listOf = (entry: Record<string, fc.Arbitrary<unknown>>) =>
    mostly(fc.array(mostly(fc.record(entry), anything)), anything)
  const nearly = fc.record(
    {
      place: mostly(
        fc.record({
          ...{ name: words, type: words, moving: flag, public: flag },
          inside: mostly(fc.record({ name: words, type: words }), anything),
          audible: mostly(fc.constantFrom('within', 'near', 'far'), anything),
        }),
        anything,
      ),
      time: mostly(fc.record({ day: number, hour: number, minute: number }), anything),
      ...{ first_day: words, weather: words },
      present: listOf({
        ...{ who: name, posture: words, action: words, attends_to: fc.oneof(name, words), status: words },
        holding: mostly(fc.array(words, { maxLength: 20 }), anything),
      }),
      relations: listOf({ from: name, to: name, affinity: number, trust: number, summary: words }),
    },
    { requiredKeys: [] },
  )
  const at = having(
    lighthouse,
    by(addPlace, { name: 'Inn', type: 'house' }),
    by(addPlace, { name: 'Kitchen', type: 'room' }),
    by(openScene, { participants: [jon] }),
  )
  const { state: before } = at.head
  const seen = new Set<string>()

  test.each([
    ['that is nearly right', nearly],
    ['of any JSON', fc.jsonValue()],
  ])('%s is nothing, or one valid decision that begins a scene', (_, proposals: fc.Arbitrary<unknown>) => {
    fc.assert(
      fc.property(proposals, (proposal) => {
        const kickoff = read(proposal, at)
        if (!kickoff) return
        const decision = staged(kickoff, at)
        const { state, events, texts } = decision
        for (const { type, data } of events) {
          seen.add(type)
          expect(eventSchemas[type].parse(data)).toEqual(data)
        }
        expect(fold(events, before)).toEqual(state)
        expect(state.scene.number).toBe(before.scene.number + 1)
        const { place: where, participants } = state.scene.open ?? { place: null, participants: [] }
        expect(participants.length).toBeGreaterThan(0)
        for (const { entity } of participants) expect(castMembers(state.cast)).toContain(entity)
        expect(where === null || placeIn(state.places, where) !== undefined).toBe(true)
        for (const { place: id } of state.places) expect(pathOf(state.places, id).at(0)?.parent).toBeNull()
        for (const { from, to } of state.edges) {
          expect(characterIn(state.cast, from)).toBeDefined()
          expect(from).not.toBe(to)
        }
        for (const { body } of texts) expect(body.length).toBeLessThanOrEqual(SENTENCE_LIMIT)
        expect(state.cast).toEqual(before.cast)
        expect(state.turn).toEqual(before.turn)
      }),
      { numRuns: 500 },
    )
  })

  test('every kind of change came of them', () => {
    expect(seen).toEqual(
      new Set([
        ...['place.added', 'place.changed', 'scene.closed', 'scene.opened', 'activity.changed'],
        ...['clock.set', 'weather.changed', 'edge.set', 'edge.summarised'],
      ]),
    )
  })

  test('fits the schema that it is read with, so that a model is never asked to mend it', () => {
    const schema = proposalSchema(everyoneIn(at.head))
    fc.assert(fc.property(fc.oneof(nearly, fc.jsonValue()), (proposal) => schema.safeParse(proposal).success))
  })
})
