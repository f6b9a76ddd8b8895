import { GatewayOpcodes } from 'discord-api-types/v10'
import type { Logger } from '../../../kit/logger.ts'
import type { Faults } from '../faults.ts'
import type { PrivilegedIntents } from '../settings.ts'
import type { World } from '../world/world.ts'
import { dispatchesOf } from './dispatches.ts'
import {
  type Connection,
  createSession,
  detach,
  hold,
  isExpired,
  record,
  type Session,
  transmit,
} from './session.ts'

export type GatewayDeps = {
  readonly world: World
  readonly token: string
  readonly privileged: PrivilegedIntents
  readonly url: () => string
  readonly faults: Faults
  readonly log: Logger
  readonly heartbeatMs: number
}

/** All sessions, and what the world tells them. */
export type Hub = {
  readonly open: (intents: number, connection: Connection) => Session
  /** The session of that id if it can still be resumed. */
  readonly find: (id: string) => Session | undefined
  readonly attach: (session: Session, connection: Connection) => void
  /** The connection is gone; `forget` when the session ends with it. */
  readonly leave: (session: Session, connection: Connection, forget: boolean) => void
  readonly deliver: (session: Session, t: string, d: unknown) => void
  readonly invalidate: (session: Session, resumable: boolean) => void
  readonly attached: () => Session[]
  readonly isOnline: () => boolean
  readonly close: () => void
}

export const createHub = ({ world, faults }: GatewayDeps): Hub => {
  const { clock } = world
  const sessions = new Map<string, Session>()
  let online = false

  const attached = () => [...sessions.values()].filter(({ connection }) => connection)
  const updatePresence = () => {
    const now = attached().length > 0
    if (now === online) return
    online = now
    world.emit({ name: 'bot_presence', online })
  }

  const invalidate = (session: Session, resumable: boolean): void => {
    const { connection } = session
    detach(session, clock.now())
    if (!resumable) sessions.delete(session.id)
    connection?.send(JSON.stringify({ op: GatewayOpcodes.InvalidSession, d: resumable }))
    updatePresence()
  }

  const deliver = (session: Session, t: string, d: unknown): void => {
    const struck = faults.atGateway(t)
    const strikes = (kind: string) => struck.find((fault) => fault.kind === kind)
    const frame = record(session, t, d)
    if (strikes('drop_gateway')) session.connection?.cut()
    const invalid = strikes('invalid_session')
    if (invalid) invalidate(session, invalid.resumable ?? false)
    const delay = strikes('delay')
    if (delay) hold(session, clock, delay.ms ?? 1000, world.ending)
    transmit(session, frame)
    if (strikes('duplicate_dispatch')) transmit(session, record(session, t, d))
  }

  const stopListening = world.on((event) => {
    for (const { t, intents, data } of dispatchesOf(world, event)) {
      for (const session of sessions.values()) {
        if (isExpired(session, clock.now())) sessions.delete(session.id)
        else if (intents === 0 || session.intents & intents) deliver(session, t, data(session.intents))
      }
    }
  })

  return {
    open: (intents, connection) => {
      const session = createSession(intents, connection)
      sessions.set(session.id, session)
      return session
    },
    find: (id) => {
      const session = sessions.get(id)
      return session && !isExpired(session, clock.now()) ? session : undefined
    },
    attach: (session, connection) => {
      session.connection?.cut()
      session.connection = connection
      session.held = undefined
    },
    leave: (session, connection, forget) => {
      if (session.connection !== connection) return
      detach(session, clock.now())
      if (forget) sessions.delete(session.id)
      updatePresence()
    },
    deliver: (session, t, d) => {
      deliver(session, t, d)
      updatePresence()
    },
    invalidate,
    attached,
    isOnline: () => online,
    close: stopListening,
  }
}
