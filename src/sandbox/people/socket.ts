import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import { z } from 'zod'
import { UserFacingError, unreachable } from '../../kit/errors.ts'
import type { Logger } from '../../kit/logger.ts'
import { GUILD_NAME } from '../discord/world/present-guild.ts'
import { userOf, type World } from '../discord/world/world.ts'
import { type Person, personOf } from './person.ts'
import { type Action, type Frame, type Reply, Request, type Welcome } from './protocol.ts'
import { channelsSeenBy, commandsFor } from './sight.ts'

export type PeopleDeps = {
  readonly world: World
  readonly isBotOnline: () => boolean
  readonly notice: () => string
  readonly log: Logger
}

/** The close code for a person that the world does not have. */
const UNKNOWN_PERSON = 4004

const welcome = ({ world, isBotOnline, notice }: PeopleDeps, { user }: Person): Welcome => ({
  type: 'welcome',
  me: user,
  people: world.people.all(),
  guild: { id: world.ids.guild, name: GUILD_NAME },
  channels: channelsSeenBy(world, user.id),
  commands: commandsFor(world, user.id),
  bot: { user: userOf(world, world.ids.bot), online: isBotOnline() },
  notice: notice(),
})

const act = (person: Person, action: Action): unknown => {
  switch (action.do) {
    case 'send':
      return person.send(action.channel, action.content, { replyTo: action.replyTo })
    case 'edit':
      return person.edit(action.channel, action.message, action.content)
    case 'delete':
      return person.delete(action.channel, action.message)
    case 'typing':
      return person.typing(action.channel)
    case 'history':
      return person.history(action.channel, action.before)
    case 'command':
      return person.command(action.channel, action.path, action.options, action.files)
    case 'messageCommand':
      return person.messageCommand(action.channel, action.message, action.name)
    case 'suggest':
      return person.suggest(action.channel, action.path, action.options, action.focused)
    case 'click':
      return person.click(action.channel, action.message, action.customId, action.values)
    case 'submit':
      return person.submit(action.interaction, action.values)
    default:
      return unreachable(action)
  }
}

const Numbered = z.object({ id: z.number().int() })

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const answer = (deps: PeopleDeps, person: Person, text: string): Reply => {
  const frame = parse(text)
  const request = Request.safeParse(frame)
  if (!request.success) {
    const id = Numbered.safeParse(frame).data?.id ?? -1
    return { type: 'reply', id, ok: false, error: 'That was not a request this world understands.' }
  }
  const { id, action } = request.data
  try {
    return { type: 'reply', id, ok: true, result: act(person, action) ?? null }
  } catch (error) {
    if (error instanceof UserFacingError) return { type: 'reply', id, ok: false, error: error.message }
    deps.log.error({ err: error, action: action.do }, 'a person’s action failed')
    return { type: 'reply', id, ok: false, error: 'Something went wrong in the sandbox; its log says what.' }
  }
}

/** Refuses an upgrade. */
export const turnAway = (socket: Duplex, status: string): void => {
  // The HTTP server has let go of this socket: nobody else listens for its errors.
  socket.on('error', () => {})
  socket.end(`HTTP/1.1 ${status}\r\n\r\n`)
}

// A page of another site must not be able to act here: browsers name the page's origin, and it has to be ours.
const isOwnPage = ({ headers }: IncomingMessage): boolean =>
  headers.origin === undefined || headers.origin === `http://${headers.host}`

/** The page's side of the world: one WebSocket for each person that is looked through. */
export const createPeople = (deps: PeopleDeps) => {
  const sockets = new WebSocketServer({ noServer: true })
  return {
    upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
      if (!isOwnPage(request)) {
        turnAway(socket, '403 Forbidden')
        return
      }
      sockets.handleUpgrade(request, socket, head, (client) => {
        const wanted = new URL(request.url ?? '/', 'http://loopback').searchParams.get('as')
        const id = wanted ?? deps.world.people.all()[0]?.id ?? ''
        if (!deps.world.people.get(id)) return client.close(UNKNOWN_PERSON, 'There is no such person here.')
        const person = personOf(deps.world, id)
        const send = (frame: Frame) => {
          if (client.readyState === client.OPEN) client.send(JSON.stringify(frame))
        }
        send(welcome(deps, person))
        const stop = person.on((event) => send({ type: 'event', event }))
        client.on('message', (data) => send(answer(deps, person, String(data))))
        client.on('close', stop)
        client.on('error', (error) => deps.log.debug({ err: error }, 'a person’s socket'))
      })
    },
    close: (): void => {
      for (const client of sockets.clients) client.terminate()
      sockets.close()
    },
  }
}
