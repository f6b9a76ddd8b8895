import { describe, expect, test } from 'vitest'
import { activityOf, idle } from '../../src/story/activity.ts'
import { advanceClock, setActivity } from '../../src/story/edit/world.ts'
import { accepted, by, having, mira, told } from './given.ts'

const mending = {
  label: 'mends a net',
  interruptibility: 'being_called',
  attention: 'half',
  minutes: 30,
} as const
const busy = having(
  told,
  by(setActivity, {
    entity: mira,
    activity: { slot: 'by the window', posture: 'sits', action: mending, holding: ['a needle'] },
  }),
)
const mirasIn = (state: typeof busy) => activityOf(state.activities, mira)

describe('activity', () => {
  test('given someone of whom nothing is known, when they do something, then it began now', () => {
    expect(mirasIn(busy)).toEqual({
      ...idle,
      slot: 'by the window',
      posture: 'sits',
      action: { ...mending, since: 480 },
      holding: ['a needle'],
    })
  })

  test('given an activity, when a part of it changes, then the rest stays and the event holds what it was', () => {
    const later = having(busy, by(advanceClock, { minutes: 10 }))
    const attention = { thing: 'the door' }
    const changed = accepted(
      by(setActivity, { entity: mira, activity: { attention, action: mending } })(later),
    )
    const activity = { ...mirasIn(busy), attention }
    expect(changed.events).toEqual([
      { type: 'activity.changed', data: { entity: mira, activity, before: mirasIn(busy) } },
    ])
    expect(mirasIn(changed.state)).toEqual(activity)
  })

  test('another action begins when it is begun', () => {
    const walking = { ...mending, label: 'walks' }
    const later = having(
      busy,
      by(advanceClock, { minutes: 10 }),
      by(setActivity, { entity: mira, activity: { action: walking } }),
    )
    expect(mirasIn(later)?.action).toEqual({ ...walking, since: 490 })
  })

  test('given an activity, when it is cleared, then nothing is known', () => {
    const cleared = accepted(by(setActivity, { entity: mira, activity: null })(busy))
    expect(cleared.events).toMatchObject([{ data: { activity: null, before: { posture: 'sits' } } }])
    expect(cleared.state.activities).toEqual([])
  })

  test('attention goes to someone by their id', () => {
    const looks = having(busy, by(setActivity, { entity: mira, activity: { attention: { entity: mira } } }))
    expect(mirasIn(looks)?.attention).toEqual({ entity: mira })
  })

  test('what is unknown, nothing new or out of bounds is refused', () => {
    const set = (entity: string, activity: Parameters<typeof setActivity>[2]['activity']) =>
      by(setActivity, { entity, activity })(busy)
    expect(set('nobody', null)).toEqual({ refused: 'unknown_entity' })
    expect(set('narrator', { posture: 'stands' })).toEqual({ refused: 'unknown_entity' })
    expect(set(mira, {})).toEqual({ refused: 'nothing_changed' })
    expect(set(mira, { posture: 'sits' })).toEqual({ refused: 'nothing_changed' })
    expect(by(setActivity, { entity: mira, activity: null })(told)).toEqual({ refused: 'nothing_changed' })
    expect(by(setActivity, { entity: mira, activity: {} })(told)).toEqual({ refused: 'nothing_changed' })
    expect(set(mira, { holding: Array.from({ length: 13 }, () => 'a net') })).toEqual({
      refused: 'malformed',
      fields: ['activity.holding'],
    })
    expect(set(mira, { action: { ...mending, minutes: -1 } })).toEqual({
      refused: 'malformed',
      fields: ['activity.action.minutes'],
    })
  })
})
