import { describe, expect, test } from 'vitest'
import { beginningFor } from '../../../src/sandbox/model/compose/beginning.ts'
import type { Schema } from '../../../src/sandbox/model/schema/node.ts'

const schema: Schema = { type: 'object', properties: { place: {}, present: {}, relations: {} } }
const system = [
  'You set the stage.\n\n# People\n- Mira (character): The keeper’s daughter.\n- Jon (character)',
  '- Ada (played by a person)\n\n# Now\nTime: Day 1, 08:00',
].join('\n')

const beginning = (prose: string) =>
  beginningFor(schema, [
    { role: 'system', content: system },
    { role: 'user', content: prose },
  ])

describe('how a scene begins is read from prose', () => {
  test('with its place, its time, those who are there, and what is between them', () => {
    const prose =
      'In the lantern room of the lighthouse, at dusk; rain. Mira sits by the lamp, mending a net. ' +
      'You stand at the door, a letter in hand, watching Mira. Mira does not trust Ada.'
    expect(beginning(prose)).toEqual({
      place: {
        ...{ name: 'Lantern room', type: 'room', inside: { name: 'Lighthouse', type: 'lighthouse' } },
        ...{ moving: false, public: false, audible: 'near' },
      },
      time: { day: 1, hour: 19, minute: 0 },
      first_day: null,
      weather: 'rain',
      present: [
        {
          ...{ who: 'Mira', posture: 'sitting', action: 'mending a net' },
          ...{ attends_to: null, holding: [], status: null },
        },
        {
          ...{ who: 'Ada', posture: 'standing', action: null },
          ...{ attends_to: 'Mira', holding: ['a letter'], status: null },
        },
      ],
      relations: [{ from: 'Mira', to: 'Ada', affinity: 45, trust: 20, summary: 'Mira does not trust Ada.' }],
    })
  })

  test.each([
    ['The harbour tavern, 18:05. Jon wipes a glass.', 'Harbour tavern', { hour: 18, minute: 5 }],
    ['Aboard the ship, at dawn, Jon waits.', 'Ship', { hour: 6, minute: 0 }],
    ['Jon waits.', undefined, undefined],
  ])('%j is at %s, %j', (prose, name, time) => {
    const read = beginning(prose)
    if (name === undefined) expect(read).toMatchObject({ place: null, time: null })
    else expect(read).toMatchObject({ place: { name }, time })
  })

  test('without those who are away or not spoken of, but with whom people play', () => {
    expect(beginning('Jon kneels, while Mira watches the sea.')).toMatchObject({
      present: [
        { who: 'Mira', attends_to: 'the sea' },
        { who: 'Jon', posture: 'kneeling', attends_to: null },
        { who: 'Ada' },
      ],
    })
    expect(beginning('Jon waits. Mira is away.')).toMatchObject({ present: [{ who: 'Jon' }, { who: 'Ada' }] })
  })

  test('only where a scene is asked for', () =>
    expect(beginningFor({ type: 'object', properties: { place: {} } }, [])).toBeUndefined())
})
