import type { Clock } from '../kit/clock.ts'
import {
  afterHearing,
  afterPassing,
  afterSending,
  afterSilence,
  type Bucket,
  byTurn,
  dueAt,
  type Limits,
  notPassing,
  openGate,
  opensAt,
  shutGate,
  type Urgency,
  unknownBucket,
} from './pacing.ts'

/** What shares a rate limit as far as its address tells: the method and route, and the channel or webhook. */
export type Lane = { readonly route: string; readonly major: string }

/** Leave to send one request. Nobody else sends in this lane until `done` is called. */
export type Turn = {
  /** `sent`: whether a request went out at all. */
  done(sent: boolean): void
}

export type Ticket = {
  readonly granted: Promise<Turn>
  /** For a request that has become more urgent while it waited. */
  hurry(urgency: Urgency): void
}

/**
 * The budget that all live messages of the process share: one request in flight per bucket, evenly spread, and
 * one limit over all of them. Whoever is granted a turn renders its text then, so no body ever waits in a queue.
 */
export type Pace = {
  /** `since`: when this asker last had a turn. The oldest goes first. */
  ask(lane: Lane, urgency: Urgency, since: number): Ticket
  /** A response came in this lane, to whomever; `limits` is what its headers said, if anything. */
  hear(lane: Lane, limits: Limits | undefined): void
  /** A request that counts against the limit over all routes went out past this budget. */
  spend(): void
  /** Discord refuses everything for so many milliseconds. */
  block(ms: number): void
}

type LaneState = { bucket: Bucket; isBusy: boolean; isHeard: boolean }
type Want = {
  readonly lane: Lane
  readonly since: number
  readonly grant: (turn: Turn) => void
  urgency: Urgency
}

const SWEEP_ABOVE = 500

/** `perSecond`: Discord's limit over all routes, 50 unless Discord has raised it for this bot. */
export const createPace = ({ clock, perSecond = 50 }: { clock: Clock; perSecond?: number }): Pace => {
  const lanes = new Map<string, LaneState>()
  const bucketNames = new Map<string, string>()
  const wants = new Set<Want>()
  let gate = openGate(perSecond)
  let alarm = new AbortController()

  const stateOf = ({ route, major }: Lane): LaneState => {
    const unnamed = `${route} ${major}`
    const bucketName = bucketNames.get(route)
    const name = bucketName === undefined ? unnamed : `${bucketName} ${major}`
    // A lane whose bucket has got its name goes on under it, with the turn that may be out.
    const state = lanes.get(name) ??
      lanes.get(unnamed) ?? { bucket: unknownBucket, isBusy: false, isHeard: false }
    if (name !== unnamed) lanes.delete(unnamed)
    lanes.set(name, state)
    return state
  }

  const sweep = (): void => {
    if (lanes.size <= SWEEP_ABOVE) return
    const wanted = new Set(Array.from(wants, (want) => stateOf(want.lane)))
    for (const [name, state] of lanes) {
      if (!state.isBusy && state.bucket.resetAt < clock.now() && !wanted.has(state)) lanes.delete(name)
    }
  }

  const turnIn = (state: LaneState): Turn => {
    const before = state.bucket
    state.isBusy = true
    state.isHeard = false
    state.bucket = afterSending(before, clock.now())
    return {
      done: (sent) => {
        state.isBusy = false
        if (!sent) {
          state.bucket = before
          gate = notPassing(gate)
        } else if (!state.isHeard) {
          state.bucket = afterSilence(state.bucket, clock.now())
        }
        next()
      },
    }
  }

  const dueOf = (want: Want): number => {
    const state = stateOf(want.lane)
    return state.isBusy ? Infinity : dueAt(state.bucket, want.urgency)
  }

  const wakeAt = (at: number): void => {
    if (at === Infinity) return
    const { signal } = alarm
    void clock.sleep(Math.max(1, Math.ceil(at - clock.now())), signal).then(() => {
      if (!signal.aborted) next()
    })
  }

  const next = (): void => {
    alarm.abort()
    alarm = new AbortController()
    for (;;) {
      const now = clock.now()
      const opens = opensAt(gate)
      const [first] = opens > now ? [] : [...wants].filter((want) => dueOf(want) <= now).sort(byTurn)
      if (first === undefined) {
        wakeAt(Math.max(opens, Math.min(...Array.from(wants, dueOf))))
        return
      }
      wants.delete(first)
      gate = afterPassing(gate, now)
      first.grant(turnIn(stateOf(first.lane)))
    }
  }

  return {
    ask: (lane, urgency, since) => {
      const { promise: granted, resolve: grant } = Promise.withResolvers<Turn>()
      const want: Want = { lane, since, grant, urgency }
      wants.add(want)
      next()
      return {
        granted,
        hurry: (urgency) => {
          want.urgency = urgency
          if (wants.has(want)) next()
        },
      }
    },
    hear: (lane, limits) => {
      const asked = stateOf(lane)
      if (asked.isBusy && !asked.isHeard) asked.isHeard = limits !== undefined
      else gate = afterPassing(gate, clock.now())
      if (limits === undefined) return
      if (limits.bucket !== undefined) bucketNames.set(lane.route, limits.bucket)
      const state = stateOf(lane)
      state.bucket = afterHearing(state.bucket, limits, clock.now())
      sweep()
      next()
    },
    spend: () => {
      gate = afterPassing(gate, clock.now())
    },
    block: (ms) => {
      gate = shutGate(gate, clock.now() + ms)
    },
  }
}
