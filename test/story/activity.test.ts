import { describe, expect, test } from 'vitest'
import { activityOf, activitySeenBy, idle } from '../../src/story/activity.ts'
import { advanceClock, joinScene, openScene, setActivity } from '../../src/story/edit/world.ts'
import { NARRATOR } from '../../src/story/ref.ts'
import { accepted, adaHerself as ada, by, having, jon, mira, told } from './given.ts'

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

describe('who knows of an activity', () => {
  const alone = having(told, by(openScene, { participants: [mira, ada] }))
  const hiding = having(
    alone,
    by(setActivity, { entity: mira, activity: { status: 'hides a chart', holding: ['a lamp'] } }),
  )
  const joined = having(hiding, by(joinScene, { entity: jon }))
  const knownTo = (state: typeof told, ...readers: readonly string[]) =>
    activitySeenBy(state.activities, mira, readers)
  const doing = (activity: Parameters<typeof setActivity>[2]['activity']) =>
    by(setActivity, { entity: mira, activity })

  test('those who saw it when it was noted, and the narrator', () => {
    expect(knownTo(hiding, mira, ada, NARRATOR)).toEqual(mirasIn(hiding))
    expect(knownTo(hiding, jon)).toBeUndefined()
    expect(knownTo(told, mira)).toBeUndefined()
  })

  test('given one who comes in later, then they do not, nor does anyone together with them', () => {
    expect(knownTo(joined, jon)).toBeUndefined()
    expect(knownTo(joined, ada, jon)).toBeUndefined()
    expect(knownTo(joined, ada)).toMatchObject({ status: 'hides a chart' })
  })

  test('given one who comes in later, when a part changes, then what they did not see is over', () => {
    const sitting = having(joined, doing({ posture: 'sits' }))
    expect(knownTo(sitting, mira, ada, jon, NARRATOR)).toEqual({ ...idle, posture: 'sits' })
  })

  test('given one who comes in later, when the same is noted again, then they know it', () => {
    const shown = having(joined, doing({ status: 'hides a chart', holding: ['a lamp'] }))
    expect(knownTo(shown, jon)).toEqual(mirasIn(hiding))
  })

  test('given one who comes in later, when a part is over, then all is; a change of nothing is refused', () => {
    expect(mirasIn(having(joined, doing({ status: null })))).toEqual(idle)
    expect(doing({})(joined)).toEqual({ refused: 'nothing_changed' })
  })

  test('given fewer who see it, when a part changes, then the rest goes on', () => {
    const together = having(told, doing({ status: 'wounded' }))
    const apart = having(together, by(openScene, { participants: [mira] }), doing({ posture: 'sits' }))
    expect(knownTo(apart, mira)).toEqual({ ...idle, status: 'wounded', posture: 'sits' })
    expect(knownTo(apart, ada)).toBeUndefined()
  })
})
