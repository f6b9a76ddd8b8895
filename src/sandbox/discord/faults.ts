/** A request of the application: its method, and its route (`/channels/{channel_id}/messages`) or a pattern of paths. */
export type RequestMoment = { readonly method?: string; readonly route?: string | RegExp }

/** A dispatch by its name (`MESSAGE_CREATE`), or what the application sends: `IDENTIFY`, `RESUME`, `HEARTBEAT`. */
export type GatewayMoment = { readonly gateway: string }

/**
 * What goes wrong, and when. `drop_connection` cuts before the request is handled, `drop_answer` after; on a
 * heartbeat `drop_answer` leaves out the acknowledgement. `drop_gateway` cuts the gateway's connections without a
 * close frame: what was about to be sent is replayed on resume. `invalid_session` ends the session. `lost_permission`
 * answers 50013; `deleted_channel` deletes the channel that the path names, for good.
 */
export type FaultKind =
  | 'delay'
  | '429'
  | '500'
  | 'drop_connection'
  | 'drop_answer'
  | 'drop_gateway'
  | 'invalid_session'
  | 'duplicate_dispatch'
  | 'lost_permission'
  | 'deleted_channel'

export type Fault = {
  readonly on: RequestMoment | GatewayMoment
  readonly kind: FaultKind
  /** How often it strikes; without end when not given. */
  readonly times?: number
  /** How many such moments pass before it strikes. */
  readonly after?: number
  /** How long a delay lasts, or after how long a 429 says to try again (1 s when not given). */
  readonly ms?: number
  /** For the two drops: by a TCP reset, after which discord.js repeats the request on its own, a POST too. */
  readonly reset?: boolean
  /** For `invalid_session`: whether the application may resume. */
  readonly resumable?: boolean
}

export type FaultHandle = { readonly remove: () => void; readonly strikes: () => number }

export type Faults = {
  readonly add: (fault: Fault) => FaultHandle
  readonly clear: () => void
  /** The faults that strike at this request. Asking counts as the moment. */
  readonly atRequest: (method: string, route: string, path: string) => Fault[]
  readonly atGateway: (name: string) => Fault[]
}

const matches = (moment: RequestMoment, method: string, route: string, path: string): boolean => {
  if (moment.method && moment.method.toUpperCase() !== method) return false
  if (moment.route instanceof RegExp) return moment.route.test(path)
  return moment.route === undefined || moment.route === route
}

/** Faults to switch on and off while the world runs. */
export const createFaults = (): Faults => {
  const armed = new Map<Fault, { passed: number; strikes: number }>()
  const strike = (isNow: (on: Fault['on']) => boolean): Fault[] =>
    [...armed].flatMap(([fault, count]) => {
      if (!isNow(fault.on) || count.strikes >= (fault.times ?? Number.POSITIVE_INFINITY)) return []
      if (count.passed++ < (fault.after ?? 0)) return []
      count.strikes++
      return fault
    })
  return {
    add: (fault) => {
      // A copy, so that adding the same fault twice arms two.
      const own = { ...fault }
      const count = { passed: 0, strikes: 0 }
      armed.set(own, count)
      return { remove: () => armed.delete(own), strikes: () => count.strikes }
    },
    clear: () => armed.clear(),
    atRequest: (method, route, path) =>
      strike((on) => !('gateway' in on) && matches(on, method, route, path)),
    atGateway: (name) => strike((on) => 'gateway' in on && on.gateway === name),
  }
}
