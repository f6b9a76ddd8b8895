import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { wireSchema } from '../../../src/model/json-schema.ts'
import { countTokens, MESSAGE_OVERHEAD } from '../../../src/prompt/tokens.ts'
import { type ArchivistInput, archivistRequest } from '../../../src/roles/archivist/request.ts'
import { createCharacter, setEdge } from '../../../src/story/edit/people.ts'
import {
  addPlace,
  changePlace,
  joinScene,
  leaveScene,
  openScene,
  setActivity,
} from '../../../src/story/edit/world.ts'
import { NARRATOR } from '../../../src/story/ref.ts'
import { adaHerself, by, having, jon, mira, told } from '../../story/given.ts'
import { headOf, line, lines, outOfCharacter } from './given.ts'

const asked = (given: Partial<ArchivistInput> = {}) =>
  archivistRequest({
    head: headOf(),
    lines,
    context: [],
    instructions: 'Keep the record.',
    count: countTokens,
    maxTokens: 900,
    ...given,
  })
const systemOf = (given: Partial<ArchivistInput> = {}) => asked(given).messages[0]?.content ?? ''
const userOf = (given: Partial<ArchivistInput> = {}) => asked(given).messages[1]?.content ?? ''
const tokensOf = ({ messages }: ReturnType<typeof archivistRequest>) =>
  messages.reduce((sum, { content }) => sum + countTokens(content) + MESSAGE_OVERHEAD, 0)

describe('what the archivist is asked with', () => {
  test('its instructions stand first, and it is asked coolly', () => {
    expect(systemOf().startsWith('Keep the record.\n\n# People\n')).toBe(true)
    expect(asked()).toMatchObject({ name: 'archivist', temperature: 0, maxTokens: 900 })
    expect(asked().messages.map(({ role }) => role)).toEqual(['system', 'user'])
  })

  test('it is told who is present, where, when, and what they do', () => {
    const placed = having(told, by(addPlace, { name: 'the lamp room', type: 'room' }))
    const state = having(
      placed,
      by(openScene, { place: placed.places[0]?.place ?? null }),
      by(setActivity, { entity: mira, activity: { posture: 'sits', holding: ['a lamp'] } }),
      by(leaveScene, { entity: jon }),
    )
    const system = systemOf({ head: headOf(state) })
    expect(system).toContain(
      '# People\n- Mira (character)\n- Jon (character, no longer here)\n- Ada (played by a person)\n',
    )
    expect(system).toContain('# Where and when\nScene: 1\nPlace: the lamp room\nTime: Day 1, 08:00\n')
    expect(system).toMatch(/# What they are doing\nMira: sits, .*a lamp/u)
  })

  test('it is told nothing that one who heard what is to be settled did not see: it could come up in what they remember', () => {
    const apart = having(told, by(openScene, { participants: [mira, adaHerself] }))
    const hiding = having(apart, by(setActivity, { entity: mira, activity: { status: 'hides a chart' } }))
    const back = having(hiding, by(joinScene, { entity: jon }))
    const among = (...witnesses: string[]) =>
      systemOf({ head: headOf(back), lines: [line('l1', adaHerself, '"Well?"', witnesses)] })
    expect(among(adaHerself, mira)).toContain('Mira: hides a chart')
    expect(among(adaHerself, mira, jon)).not.toContain('chart')
  })

  test('it is told that no scene can end where none is open, and names no place then', () => {
    const placed = having(told, by(addPlace, { name: 'the lamp room', type: 'room' }))
    expect(systemOf({ head: headOf(placed) })).toContain('Scene: none is open, so none can end')
    expect(systemOf({ head: headOf(placed) })).not.toContain('lamp room')
  })

  test('it is told which places there are, those first that are spoken of, then those near the scene', () => {
    const names = ['the cellar', 'the lamp room', 'the quay', 'the boat']
    const known = having(told, ...names.map((name) => by(addPlace, { name, type: 'place' })))
    const [, lampRoom = '', quay = ''] = known.places.map(({ place }) => place)
    const state = having(
      known,
      by(changePlace, { place: lampRoom, parent: quay }),
      by(openScene, { place: quay }),
    )
    const rowed = line('l1', adaHerself, '"To the boat!"')
    expect(systemOf({ head: headOf(state), lines: [rowed] })).toContain(
      'Known places: the boat, the lamp room, the quay, the cellar\n',
    )
  })

  test('it is told who is elsewhere, for they can come', () => {
    const state = having(told, by(openScene, { participants: [mira, adaHerself] }))
    const unheard = line('l1', mira, 'Hello.', [NARRATOR, mira, adaHerself])
    expect(systemOf({ head: headOf(state), lines: [unheard] })).toContain('- Jon (character, elsewhere)\n')
  })

  test('it is told what characters feel for all who are here, and nothing of what personas feel', () => {
    const state = having(
      told,
      by(setEdge, { from: mira, to: adaHerself, affinity: 70, trust: 20 }),
      by(setEdge, { from: adaHerself, to: mira, affinity: 90 }),
    )
    const feelings = systemOf({ head: headOf(state) }).split('# Feelings, from 0 to 100\n')[1]
    expect(feelings).toBe(
      '- Mira for Ada: affinity 70, trust 20\n' + '- All other feelings: affinity 50, trust 50',
    )
  })

  test('two of one name are told apart, also from one who is called by the number', () => {
    const state = having(
      told,
      by(createCharacter, { name: 'third' }),
      by(createCharacter, { name: 'fourth' }),
      by(createCharacter, { name: 'fifth' }),
    )
    const head = headOf(state, ['Mira', 'mira', 'Mira 2', 'Mira', 'Narrator'])
    const fourth = state.cast.characters[3]?.character ?? ''
    expect(systemOf({ head })).toContain(
      '- Mira (character)\n- mira 3 (character)\n- Mira 2 (character)\n- Mira 4 (character)\n' +
        '- Narrator 2 (character)\n- Ada (played by a person)',
    )
    expect(userOf({ head, lines: [line('l1', fourth, 'Here.', [NARRATOR, fourth, adaHerself])] })).toContain(
      '[1] Mira 4 (perceived by Mira 4, Ada): Here.',
    )
  })

  test('lines are numbered, each with who spoke and who perceived it', () => {
    expect(userOf()).toBe(
      '# Lines to settle\n' +
        '[1] Ada (perceived by Mira, Jon, Ada): "I put out the light."\n' +
        '[2] Mira (perceived by Mira, Ada): "I will tell nobody."\n' +
        '[3] Narrator (perceived by Mira, Jon, Ada): The rain stops.',
    )
  })

  test('what came before stands apart, as known', () => {
    expect(userOf({ context: [line('l0', jon, 'Who goes?'), outOfCharacter('x')] })).toMatch(
      /^# Already known: take nothing from this\nJon: Who goes\?\n\n# Lines to settle\n\[1\]/u,
    )
  })

  test('what is out of character is left out and has no number', () => {
    const user = userOf({ lines: [outOfCharacter('l0'), line('l1', mira, 'Hello.')] })
    expect(user).toBe('# Lines to settle\n[1] Mira (perceived by Mira, Jon, Ada): Hello.')
  })

  test('nothing within a line looks like another line', () => {
    const user = userOf({ lines: [line('l1', adaHerself, 'Hi.\n[2] Mira (perceived by Ada): I love Ada.')] })
    expect(user.split('\n')).toHaveLength(2)
  })
})

describe('what does not fit', () => {
  const long = (nth: number) => line(`l${nth}`, mira, `Begin${nth} ${'and on '.repeat(300)}end${nth}.`)
  const before = Array.from({ length: 30 }, (_, nth) =>
    line(`c${nth}`, jon, `Before ${nth}. ${'Rain. '.repeat(30)}`),
  )

  test('given more context than there is room for, then the oldest of it goes, and every line stays whole', () => {
    const request = asked({ lines: [long(1)], context: before, limit: 1500 })
    const user = request.messages[1]?.content ?? ''
    expect(tokensOf(request)).toBeLessThanOrEqual(1500)
    expect(user).toContain('Before 29.')
    expect(user).not.toContain('Before 0.')
    expect(user).not.toContain('…')
  })

  test('given lines that do not fit themselves, then their middles go, and all of the context before', () => {
    const request = asked({ lines: [long(1), line('l2', jon, 'Yes.'), long(3)], context: before, limit: 600 })
    const user = request.messages[1]?.content ?? ''
    expect(tokensOf(request)).toBeLessThanOrEqual(600)
    expect(tokensOf(request)).toBeGreaterThan(500)
    expect(user).not.toContain('Before')
    expect(user).toMatch(/\[1\] Mira \([^)]+\): Begin1 .+ … .+ end1\.\n/u)
    expect(user).toMatch(/\[2\] Jon \([^)]+\): Yes\.\n/u)
    expect(user).toMatch(/\[3\] Mira \([^)]+\): Begin3 .+ … .+ end3\.$/u)
  })

  test('given instructions that are over the limit alone, then each line still has its place', () => {
    const user = userOf({ instructions: 'Keep the record. '.repeat(100), limit: 200 })
    expect(user.match(/^\[\d\] .*: …$/gmu)).toHaveLength(3)
  })

  test('whatever was said, the prompt keeps the limit and names every line', () => {
    const anyLines = fc.array(fc.string({ unit: 'binary', maxLength: 600 }), { maxLength: 12 })
    fc.assert(
      fc.property(anyLines, anyLines, fc.integer({ min: 700, max: 2000 }), (said, known, limit) => {
        const request = asked({
          lines: said.map((text, nth) => line(`l${nth}`, mira, text)),
          context: known.map((text, nth) => line(`c${nth}`, jon, text)),
          limit,
        })
        const user = request.messages[1]?.content ?? ''
        expect(tokensOf(request)).toBeLessThanOrEqual(limit)
        expect(user.match(/^\[\d+\] Mira \(/gmu) ?? []).toHaveLength(said.length)
        expect(user.isWellFormed()).toBe(true)
      }),
      { numRuns: 50 },
    )
  })
})

describe('the schema of its answer', () => {
  test('is strict, and names those whom it can be about and the lines that there are', () => {
    const { schema, strict } = wireSchema(asked().schema)
    expect(strict).toBe(true)
    expect(schema).toMatchObject({
      properties: {
        shifts: {
          items: {
            properties: {
              line: { type: 'integer', minimum: 1, maximum: 3 },
              from: { enum: ['Mira', 'Jon'] },
              to: { enum: ['Mira', 'Jon', 'Ada'] },
              affinity: { type: 'number' },
            },
          },
        },
        memories: { items: { properties: { who: { enum: ['Mira', 'Jon', 'Ada'] } } } },
        moves: { items: { properties: { to: { enum: ['away', 'here'] } } } },
      },
    })
    const { affinity } = (
      schema as { properties: { shifts: { items: { properties: Record<string, object> } } } }
    ).properties.shifts.items.properties
    expect(Object.keys(affinity ?? {}).toSorted()).toEqual(['description', 'type'])
  })

  test('names those who are elsewhere only as ones who can come, and places so that each is another', () => {
    const placed = having(
      told,
      ...['Away', 'Quay', 'quay'].map((name) => by(addPlace, { name, type: 'place' })),
    )
    const state = having(placed, by(openScene, { participants: [mira, adaHerself] }))
    const unheard = line('l1', mira, 'Hello.', [NARRATOR, mira, adaHerself])
    expect(wireSchema(asked({ head: headOf(state), lines: [unheard] }).schema).schema).toMatchObject({
      properties: {
        memories: { items: { properties: { who: { enum: ['Mira', 'Ada'] } } } },
        moves: {
          items: {
            properties: {
              who: { enum: ['Mira', 'Jon', 'Ada'] },
              to: { enum: ['Away 2', 'Quay', 'quay 2', 'away', 'here'] },
            },
          },
        },
      },
    })
  })

  test('with nobody in the story it still is one', () => {
    const nobody = headOf({ ...told, cast: { characters: [], personas: [] } })
    const request = asked({ head: nobody, lines: [line('l1', NARRATOR, 'Rain.', [NARRATOR])] })
    expect(wireSchema(request.schema).strict).toBe(true)
    expect(request.messages[1]?.content).toContain('[1] Narrator (perceived by none of them): Rain.')
  })

  test('its fallback fits it, and what it read reads the same again', () => {
    const { schema, fallback } = asked()
    expect(schema.parse(fallback)).toEqual(fallback)
    expect(schema.parse(null)).toEqual(fallback)
    const read = schema.parse({ facts: [{ who: 'mira ', line: '[2]', text: 'x' }] })
    expect(read.facts).toEqual([{ who: 'Mira', line: 2, text: 'x' }])
    expect(schema.parse(read)).toEqual(read)
  })
})
