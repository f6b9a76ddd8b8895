import { describe, expect, test } from 'vitest'
import { pinMemory } from '../../src/story/edit/memory.ts'
import { reviseCharacter, setEdge } from '../../src/story/edit/people.ts'
import { resetStory } from '../../src/story/edit/reset.ts'
import { addPlace, advanceClock, changeWeather, openScene, setActivity } from '../../src/story/edit/world.ts'
import type { Line } from '../../src/story/line.ts'
import { knownSince } from '../../src/story/reset.ts'
import { accepted, ada, by, having, jon, mira, told } from './given.ts'

const identities = having(
  told,
  by(addPlace, { name: 'Inn', type: 'inn' }),
  by(reviseCharacter, { character: mira, traits: 'Dry.' }),
)
const lived = having(
  identities,
  by(openScene, {}),
  by(advanceClock, { minutes: 90 }),
  by(changeWeather, { weather: 'fog' }),
  ...[mira, jon].flatMap((entity) => [
    by(setActivity, { entity, activity: { posture: 'sits' } }),
    by(setEdge, { from: entity, to: entity === mira ? jon : mira, trust: 90 }),
    by(pinMemory, { owner: entity, memory: 'm' }),
  ]),
)

describe('reset', () => {
  test('given a story, when it is reset, then who and where remain, and it goes on at its turn', () => {
    const reset = accepted(by(resetStory, { scope: 'story' })(lived))
    expect(reset.events).toEqual([{ type: 'story.reset', data: { scope: 'story' } }])
    expect(reset.state).toEqual({
      ...identities,
      scene: { number: 1, open: null, untold: [] },
      settled: 1,
      evolved: 1,
      resets: [{ character: null, turn: 1 }],
    })
  })

  test('given a story, when a character is reset, then what others have stays, and it saw nothing of it', () => {
    const [, jons] = lived.activities
    const reset = accepted(by(resetStory, { scope: 'character', character: mira })(lived))
    expect(reset.events).toEqual([{ type: 'story.reset', data: { scope: 'character', character: mira } }])
    expect(reset.state).toEqual({
      ...lived,
      activities: [{ ...jons, seen: jons?.seen.filter((entity) => entity !== mira) }],
      edges: lived.edges.slice(1),
      pins: lived.pins.slice(1),
      resets: [{ character: mira, turn: 1 }],
    })
    expect(reset.state.edges).toMatchObject([{ from: jon, to: mira }])
  })

  const line = (turn: number): Line => ({
    ...{ id: `l${turn}`, turn, place: turn, speaker: jon, kind: 'prose', text: `Turn ${turn}.` },
    ...{ witnesses: [mira, jon], source: null },
  })
  const lines = [1, 2, 3].map(line)

  test('given a reset, then who begins anew knows the opening and what came since; a newer one counts', () => {
    const resets = [
      { character: mira, turn: 2 },
      { character: null, turn: 1 },
    ]
    expect(knownSince(resets, mira, lines)).toEqual([line(1), line(3)])
    expect(knownSince(resets, jon, lines)).toEqual(lines)
    expect(knownSince([{ character: null, turn: 3 }], jon, lines)).toEqual([line(1)])
  })

  test('one who is no character cannot be reset', () => {
    for (const character of ['nobody', 'narrator', ada.id])
      expect(by(resetStory, { scope: 'character', character })(lived)).toEqual({
        refused: 'unknown_entity',
      })
  })
})
