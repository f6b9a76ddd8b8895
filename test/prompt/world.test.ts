import { describe, expect, test } from 'vitest'
import { activityText, feelingText, sceneText } from '../../src/prompt/world.ts'
import { setEdge, summariseEdge } from '../../src/story/edit/people.ts'
import {
  addPlace,
  changeWeather,
  joinScene,
  openScene,
  setActivity,
  setClock,
} from '../../src/story/edit/world.ts'
import { begun, by, entityIn, having, type Step, type Told } from '../roles/told.ts'

const mira = entityIn(begun, 'Mira')
const ada = entityIn(begun, 'Ada')
const placeIn = ({ head }: Told, name: string) =>
  head.state.places.find((place) => place.name === name)?.place ?? ''
const house = having(begun, by(addPlace, { name: 'Lighthouse', type: 'building' }), (head) =>
  by(addPlace, { name: 'Kitchen', type: 'room', parent: head.state.places[0]?.place ?? null })(head),
)
const textOf = (...steps: readonly Step[]) => sceneText(having(house, ...steps).head)

describe('where and when', () => {
  test('where no scene is open, everybody is together and nowhere in particular', () =>
    expect(textOf()).toBe('Time: Day 1, 08:00\nHere: Mira and Ada'))

  test('a scene has its place and those in it, and says who is elsewhere', () =>
    expect(
      textOf(
        by(openScene, { place: placeIn(house, 'Kitchen'), participants: [ada] }),
        by(joinScene, { entity: mira, place: placeIn(house, 'Lighthouse') }),
        by(setClock, { minutes: 1440 + 65, anchor: 'the first of May' }),
        by(changeWeather, { weather: 'fog' }),
      ),
    ).toBe(
      [
        'Place: Kitchen, in Lighthouse',
        'Time: Day 2, 01:05 (day 1: the first of May)',
        'Weather: fog',
        'Here: Mira and Ada',
        'Mira is in Lighthouse.',
      ].join('\n'),
    ))
})

describe('what someone does', () => {
  const doing = (activity: Parameters<typeof setActivity>[2]['activity']) =>
    activityText(having(begun, by(setActivity, { entity: mira, activity })).head, mira, [mira, ada])

  test('is one line', () =>
    expect(
      doing({
        posture: 'kneeling',
        slot: 'by the stove',
        holding: ['a lamp', 'a rag'],
        attention: { entity: ada },
        status: 'wounded',
      }),
    ).toBe('Mira: kneeling, by the stove, holds a lamp and a rag, attends to Ada, wounded'))

  test('is nothing where nothing is known of it', () => {
    expect(activityText(begun.head, mira, [])).toBeUndefined()
    expect(activityText(begun.head, 'gone', [])).toBeUndefined()
  })

  test('is nothing to those of whom one did not see it', () => {
    const alone = having(
      begun,
      by(openScene, { participants: [mira] }),
      by(setActivity, { entity: mira, activity: { posture: 'kneeling' } }),
    ).head
    expect(activityText(alone, mira, [mira])).toBe('Mira: kneeling')
    expect(activityText(alone, mira, [mira, ada])).toBeUndefined()
  })
})

describe('a feeling', () => {
  const felt = (...steps: readonly Step[]) => feelingText(having(begun, ...steps).head, mira, ada)

  test.each([
    [0, 0, 'hate and deep distrust'],
    [19, 50, 'hate'],
    [20, 39, 'dislike and wariness'],
    [50, 61, 'trust'],
    [80, 80, 'fondness and trust'],
    [81, 81, 'love and trust without question'],
  ])('of affinity %i and trust %i is %s', (affinity, trust, words) =>
    expect(felt(by(setEdge, { from: mira, to: ada, affinity, trust }))).toBe(`- Ada: ${words}`),
  )

  test('has the words in which it was put', () =>
    expect(felt(by(summariseEdge, { from: mira, to: ada, summary: 'She owes her.' }))).toBe(
      '- Ada: She owes her.',
    ))

  test('that is neither this nor that is not spoken of', () => {
    expect(felt()).toBeUndefined()
    expect(felt(by(setEdge, { from: mira, to: ada, affinity: 40, trust: 60 }))).toBeUndefined()
  })
})
