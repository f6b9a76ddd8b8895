import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { GatewayCloseCodes, GatewayOpcodes } from 'discord-api-types/v10'
import { WebSocketServer } from 'ws'
import { closeWith, converse } from './connection.ts'
import { createHub, type GatewayDeps } from './hub.ts'

export type Gateway = {
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void
  /** Whether the bot is connected. */
  readonly isOnline: () => boolean
  /** Cuts every connection without a close frame; the sessions can be resumed. */
  readonly drop: () => void
  /** Asks every client to reconnect and resume (op 7). */
  readonly reconnect: () => void
  readonly invalidate: (resumable: boolean) => void
  readonly close: () => void
}

/** Discord's gateway, version 10, JSON without compression. */
export const createGateway = (deps: GatewayDeps): Gateway => {
  const hub = createHub(deps)
  const sockets = new WebSocketServer({ noServer: true })
  return {
    upgrade: (request, socket, head) =>
      sockets.handleUpgrade(request, socket, head, (client) => {
        const query = new URL(request.url ?? '/', 'http://loopback').searchParams
        if ((query.get('v') ?? '10') !== '10') return closeWith(client, GatewayCloseCodes.InvalidAPIVersion)
        if ((query.get('encoding') ?? 'json') !== 'json' || query.has('compress')) {
          deps.log.warn({ url: request.url }, 'The loopback gateway speaks JSON without compression only.')
          return closeWith(client, GatewayCloseCodes.DecodeError)
        }
        converse(client, hub, deps)
      }),
    isOnline: hub.isOnline,
    drop: () => {
      for (const { connection } of hub.attached()) connection?.cut()
    },
    reconnect: () => {
      const frame = JSON.stringify({ op: GatewayOpcodes.Reconnect, d: null, s: null, t: null })
      for (const { connection } of hub.attached()) connection?.send(frame)
    },
    invalidate: (resumable) => {
      for (const session of hub.attached()) hub.invalidate(session, resumable)
    },
    close: () => {
      hub.close()
      for (const client of sockets.clients) client.terminate()
      sockets.close()
    },
  }
}
