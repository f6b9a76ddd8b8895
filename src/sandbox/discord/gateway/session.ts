import { randomBytes } from 'node:crypto'
import { GatewayOpcodes } from 'discord-api-types/v10'
import type { Clock } from '../../../kit/clock.ts'

/** What is kept for a client that comes back. */
const BUFFER = 2_000
const RESUMABLE_MS = 180_000

/** The socket's side of a session, as far as a session needs it. */
export type Connection = {
  readonly send: (frame: string) => void
  readonly cut: () => void
}

/** One identified client: its events are numbered, and kept for a while so that it can resume. */
export type Session = {
  readonly id: string
  readonly intents: number
  seq: number
  sent: { readonly seq: number; readonly frame: string }[]
  connection: Connection | undefined
  /** When the connection was lost. */
  lostAt: number
  /** Sends wait for this while a delay lasts, so that their order holds. */
  held: Promise<void> | undefined
}

export const createSession = (intents: number, connection: Connection): Session => ({
  id: randomBytes(16).toString('hex'),
  intents,
  seq: 0,
  sent: [],
  connection,
  lostAt: 0,
  held: undefined,
})

/** Numbers a dispatch and keeps it for a resume; sending it is another matter. */
export const record = (session: Session, t: string, d: unknown): string => {
  session.seq++
  const frame = JSON.stringify({ op: GatewayOpcodes.Dispatch, s: session.seq, t, d })
  session.sent.push({ seq: session.seq, frame })
  if (session.sent.length > BUFFER) session.sent.shift()
  return frame
}

export const transmit = (session: Session, frame: string): void => {
  const { connection, held } = session
  if (!held) {
    connection?.send(frame)
    return
  }
  session.held = held.then(() => {
    // After a resume in the meantime, the replay has sent it already.
    if (session.connection === connection) connection?.send(frame)
  })
}

/** Holds back all that follows for `ms`. */
export const hold = (session: Session, clock: Clock, ms: number, ending: AbortSignal): void => {
  const held = (session.held ?? Promise.resolve())
    .then(() => clock.sleep(ms, ending))
    .then(() => {
      if (session.held === held) session.held = undefined
    })
  session.held = held
}

export const detach = (session: Session, now: number): void => {
  session.connection = undefined
  session.held = undefined
  session.lostAt = now
}

export const isExpired = (session: Session, now: number): boolean =>
  session.connection === undefined && now - session.lostAt > RESUMABLE_MS

/** The frames after `seq`, or undefined when they are no longer all there. */
export const missedSince = (session: Session, seq: number): string[] | undefined => {
  const oldest = session.sent[0]?.seq ?? session.seq + 1
  if (oldest > seq + 1) return undefined
  return session.sent.filter((sent) => sent.seq > seq).map(({ frame }) => frame)
}
