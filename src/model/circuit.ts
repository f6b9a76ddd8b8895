import type { FailureKind } from '../turn/ports.ts'

/**
 * Whether a connection may be asked. `open`: not before `until`, then once to see. `trying`: that one call runs.
 * `barred`: its key is not taken, which no waiting mends.
 */
export type Circuit =
  | { readonly state: 'closed'; readonly failures: number }
  | { readonly state: 'open'; readonly until: number }
  | { readonly state: 'trying' }
  | { readonly state: 'barred' }

export type CircuitLimits = {
  /** How many failures in a row open it. */
  readonly failures: number
  readonly coolDownMs: number
}

/** What a call says of its connection. `undecided`: it was stopped before it came to anything. */
export type CallResult = 'answered' | 'undecided' | FailureKind

export const closed: Circuit = { state: 'closed', failures: 0 }

/** What is the connection's fault. A refusal, an empty answer or half of one comes from one that works. */
const COUNTS: readonly CallResult[] = ['unavailable', 'stalled', 'rate_limited']

const isDue = (circuit: Circuit, now: number): boolean => circuit.state === 'open' && now >= circuit.until

export const admits = (circuit: Circuit, now: number): boolean =>
  circuit.state === 'closed' || isDue(circuit, now)

/** A call that was admitted begins. */
export const began = (circuit: Circuit, now: number): Circuit =>
  isDue(circuit, now) ? { state: 'trying' } : circuit

/** Nobody is left alone for longer, whatever was asked: what a server says of itself can be nonsense. */
const LONGEST_REST_MS = 24 * 3_600_000

/**
 * A call ends. Those that began before the circuit opened may end in any state. `until`: when a provider that is asked
 * too often wants to be asked again; before that it is not.
 */
export const ended = (
  circuit: Circuit,
  result: CallResult,
  now: number,
  { failures, coolDownMs }: CircuitLimits,
  until = 0,
): Circuit => {
  if (circuit.state === 'barred' || result === 'unauthorized') return { state: 'barred' }
  if (result === 'rate_limited' && until > now) {
    const rest = Math.min(until, now + LONGEST_REST_MS)
    return { state: 'open', until: circuit.state === 'open' ? Math.max(circuit.until, rest) : rest }
  }
  const open: Circuit = { state: 'open', until: now + coolDownMs }
  if (result === 'undecided') return circuit.state === 'trying' ? { state: 'open', until: now } : circuit
  if (!COUNTS.includes(result)) return closed
  switch (circuit.state) {
    case 'closed':
      return circuit.failures + 1 < failures ? { state: 'closed', failures: circuit.failures + 1 } : open
    case 'trying':
      return open
    case 'open':
      return circuit
  }
}
