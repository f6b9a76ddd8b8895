import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openLiveMessage } from '../../src/discord/live-message.ts'
import { createPace, type Lane, type Turn } from '../../src/discord/pace.ts'
import {
  afterHearing,
  afterPassing,
  afterSending,
  afterSilence,
  type Bucket,
  dueAt,
  openGate,
  opensAt,
  unknownBucket,
} from '../../src/discord/pacing.ts'
import { silentLogger } from '../../src/kit/logger.ts'
import { type ManualClock, manualClock } from '../doubles/clock.ts'
import { type ScriptedChannel, scriptedChannel } from './scripted-channel.ts'

const bucket = (remaining: number, resetAt: number, sentAt: number): Bucket => ({
  remaining,
  resetAt,
  sentAt,
})

describe('a bucket', () => {
  it.each([
    ['nothing is known: at once', unknownBucket, -Infinity],
    ['four left in five seconds: one second apart', bucket(4, 5000, 0), 1000],
    ['sent late: the rest moves closer together', bucket(3, 5000, 2000), 2750],
    ['none left: at the reset', bucket(0, 5000, 4000), 5000],
    ['a new window, the last sent long before it', bucket(4, 60_000, 10_000), 20_000],
    ['an old window', bucket(2, 5000, 3000), 3000 + 2000 / 3],
  ])('takes an edit when due: %s', (_case, state, due) => {
    expect(dueAt(state, 'paced')).toBeCloseTo(due)
  })

  it('takes a post or a final text at once when it has room', () => {
    expect(dueAt(bucket(1, 5000, 4000), 'final')).toBe(-Infinity)
    expect(dueAt(bucket(1, 5000, 4000), 'post')).toBe(-Infinity)
    expect(dueAt(bucket(0, 5000, 4000), 'final')).toBe(5000)
  })

  it('is thought of carefully when an answer says nothing', () => {
    expect(dueAt(afterSilence(afterSending(unknownBucket, 100), 200), 'final')).toBe(1100)
    expect(afterSilence(bucket(3, 5000, 100), 200).remaining).toBe(2)
  })

  it('never draws a 429, whatever the network does and whenever there is something to send', () => {
    const moment = fc.record({
      idle: fc.oneof(fc.constant(0), fc.nat(8000)),
      there: fc.integer({ min: 1, max: 400 }),
      back: fc.integer({ min: 1, max: 400 }),
      urgency: fc.constantFrom('paced' as const, 'final' as const),
    })
    fc.assert(
      fc.property(fc.array(moment, { minLength: 1, maxLength: 60 }), (moments) => {
        let now = 0
        let state = unknownBucket
        let open = { used: 0, resetsAt: 0 }
        for (const { idle, there, back, urgency } of moments) {
          now = Math.max(now + idle, dueAt(state, urgency))
          state = afterSending(state, now)
          now += there
          if (open.resetsAt <= now) open = { used: 0, resetsAt: now + 5000 }
          open.used += 1
          expect(open.used).toBeLessThanOrEqual(5)
          const limits = { remaining: 5 - open.used, resetAfter: open.resetsAt - now }
          now += back
          state = afterHearing(state, limits, now)
        }
      }),
    )
  })
})

describe('the limit over all routes', () => {
  it('lets no more than fifty through in any second, however they press', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constant(0), fc.nat(120)), { maxLength: 400 }), (idles) => {
        let now = 0
        let gate = openGate(50)
        const passed: number[] = []
        for (const idle of idles) {
          now = Math.max(now + idle, opensAt(gate))
          gate = afterPassing(gate, now)
          passed.push(now)
        }
        for (const [index, at] of passed.entries())
          expect((passed[index + 50] ?? Infinity) - at).toBeGreaterThan(1000)
      }),
    )
  })
})

describe('the budget of all streams', () => {
  const edit = (major: string): Lane => ({ route: 'PATCH', major })
  const limits = { remaining: 4, resetAfter: 5000 }

  it('lets one request out at a time in a bucket', async () => {
    const clock = manualClock()
    const pace = createPace({ clock })
    const granted: Turn[] = []
    for (const since of [2, 1])
      void pace.ask(edit('1'), 'final', since).granted.then((turn) => granted.push(turn))
    await clock.advance(1000)
    expect(granted).toHaveLength(1)
    pace.hear(edit('1'), limits)
    granted[0]?.done(true)
    await clock.advance(0)
    expect(granted).toHaveLength(2)
  })

  it('serves finals first, then posts, then whoever has waited longest', async () => {
    const clock = manualClock()
    const pace = createPace({ clock, perSecond: 10 })
    const order: string[] = []
    const ask = (name: string, urgency: 'final' | 'post' | 'paced', since: number) =>
      void pace.ask(edit(name), urgency, since).granted.then(() => order.push(name))
    ask('taken at once', 'paced', 9)
    ask('young', 'paced', 8)
    ask('old', 'paced', 7)
    ask('post', 'post', 9)
    ask('final', 'final', 9)
    await clock.advance(2000)
    expect(order).toEqual(['taken at once', 'final', 'post', 'old', 'young'])
  })

  it('moves up a request that becomes final while it waits', async () => {
    const clock = manualClock()
    const pace = createPace({ clock })
    const first = await pace.ask(edit('1'), 'paced', 0).granted
    pace.hear(edit('1'), limits)
    first.done(true)
    let isGranted = false
    const ticket = pace.ask(edit('1'), 'paced', 0)
    void ticket.granted.then(() => {
      isGranted = true
    })
    await clock.advance(500)
    expect(isGranted).toBe(false)
    ticket.hurry('final')
    await clock.advance(0)
    expect(isGranted).toBe(true)
  })

  it('shares one bucket between routes that turn out to have the same', async () => {
    const clock = manualClock()
    const pace = createPace({ clock })
    const other: Lane = { route: 'POST', major: '1' }
    for (const lane of [edit('1'), other]) {
      const { granted } = pace.ask(lane, 'final', 0)
      await clock.advance(20)
      const turn = await granted
      pace.hear(lane, { remaining: lane === other ? 0 : 1, resetAfter: 5000, bucket: 'same' })
      turn.done(true)
    }
    let isGranted = false
    void pace.ask(edit('1'), 'final', 0).granted.then(() => {
      isGranted = true
    })
    await clock.advance(4990)
    expect(isGranted).toBe(false)
    await clock.advance(10)
    expect(isGranted).toBe(true)
  })

  it('goes on when the name of a bucket is learned while requests are out', async () => {
    const clock = manualClock()
    const pace = createPace({ clock })
    const tickets = [pace.ask(edit('1'), 'final', 0), pace.ask(edit('2'), 'final', 0)]
    await clock.advance(20)
    const [one, two] = await Promise.all(tickets.map((ticket) => ticket.granted))
    let isGranted = false
    void pace.ask(edit('2'), 'final', 0).granted.then(() => {
      isGranted = true
    })
    pace.hear(edit('1'), { ...limits, bucket: 'edits' })
    one?.done(true)
    await clock.advance(1000)
    expect(isGranted).toBe(false)
    pace.hear(edit('2'), { ...limits, bucket: 'edits' })
    two?.done(true)
    await clock.advance(0)
    expect(isGranted).toBe(true)
  })

  it('counts no turn that was not used', async () => {
    const clock = manualClock()
    const pace = createPace({ clock })
    const unused = await pace.ask(edit('1'), 'paced', 0).granted
    unused.done(false)
    let isGranted = false
    void pace.ask(edit('1'), 'paced', 0).granted.then(() => {
      isGranted = true
    })
    await clock.advance(0)
    expect(isGranted).toBe(true)
  })

  it('makes room for what others of the program send', async () => {
    const clock = manualClock()
    const pace = createPace({ clock })
    for (let n = 0; n < 10; n++) pace.spend()
    let isGranted = false
    void pace.ask(edit('1'), 'final', 0).granted.then(() => {
      isGranted = true
    })
    await clock.advance(150)
    expect(isGranted).toBe(false)
    await clock.advance(100)
    expect(isGranted).toBe(true)
  })

  it('stands still while Discord refuses everything', async () => {
    const clock = manualClock()
    const pace = createPace({ clock })
    pace.block(3000)
    let isGranted = false
    void pace.ask(edit('1'), 'final', 0).granted.then(() => {
      isGranted = true
    })
    await clock.advance(2900)
    expect(isGranted).toBe(false)
    await clock.advance(200)
    expect(isGranted).toBe(true)
  })
})

/** Streams 50 tokens a second for 30 seconds, one text into each of `channels`, and gives the edits that came of it. */
const stream = async (
  clock: ManualClock,
  channels: readonly ScriptedChannel[],
  pace: ReturnType<typeof createPace>,
) => {
  const lives = channels.map(({ poster }, index) =>
    openLiveMessage({ poster, pace, clock, log: silentLogger() }, { nonce: `n${index}` }),
  )
  const seconds = 30
  for (let token = 1; token <= seconds * 50; token++) {
    for (const live of lives) live.show('word '.repeat(1 + (token % 380)))
    await clock.advance(20)
  }
  return [...new Set(channels)].flatMap(({ requests }) => requests.filter(({ kind }) => kind === 'edit'))
}

describe('streams', () => {
  it('share one channel fairly', async () => {
    const clock = manualClock()
    const pace = createPace({ clock })
    const shared = scriptedChannel(clock, pace)
    const edits = await stream(clock, [shared, shared, shared, shared], pace)
    const byMessage = Map.groupBy(edits, ({ id }) => id)
    const counts = Array.from(byMessage.values(), (own) => own.length)
    expect(counts).toHaveLength(4)
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1)
    expect(edits.length).toBeGreaterThanOrEqual(29)
    expect(edits.length).toBeLessThanOrEqual(31)
    expect(shared.counts).toEqual({ overlaps: 0, tooMany: 0 })
  })

  it('share the limit over all routes fairly', async () => {
    const clock = manualClock()
    const pace = createPace({ clock })
    const channels = Array.from({ length: 100 }, (_, n) => scriptedChannel(clock, pace, {}, `${n + 100}`))
    const edits = await stream(clock, channels, pace)
    const counts = Array.from(Map.groupBy(edits, ({ id }) => id).values(), (own) => own.length)
    expect(counts).toHaveLength(100)
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(2)
    const times = channels.flatMap(({ requests }) => requests.map(({ at }) => at)).sort((a, b) => a - b)
    for (const [index, at] of times.entries())
      expect((times[index + 50] ?? Infinity) - at).toBeGreaterThan(999)
    expect(times.length).toBeGreaterThan(30 * 46)
  })
})
