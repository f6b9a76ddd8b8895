import { type APIMessage, ComponentType } from 'discord-api-types/v10'
import { WebSocket } from 'ws'
import type { Action, Frame, PersonEvent, SeenChannel, Welcome } from '../../src/sandbox/people/protocol.ts'
import { type Control, controlsOf, nameOf, readingOf } from '../../src/sandbox/people/reading.ts'

/** A message as a visitor saw it come and change. Times are milliseconds since the epoch. */
export type SeenMessage = { message: APIMessage; edits: number; readonly at: number; changedAt: number }

/** Someone who uses the loopback Discord as the page does, over its WebSocket. */
export type Visitor = {
  readonly welcome: Welcome
  readonly channels: ReadonlyMap<string, SeenChannel>
  /** All messages seen since the visit began, in the order they appeared. */
  messagesIn(channel: string): SeenMessage[]
  do(action: Action): Promise<unknown>
  /** Waits until `look` finds something, and looks again at each event. Fails after `ms`. */
  until<T>(
    what: string,
    look: (seen: Visitor, event: PersonEvent | undefined) => T | undefined,
    ms?: number,
  ): Promise<T>
  leave(): void
}

const PATIENCE = 15_000

/** Visits the world at `origin`, as the person with this id or, without one, as whom the page begins with. */
export const visit = async (origin: string, as?: string): Promise<Visitor> => {
  const query = as ? `?as=${as}` : ''
  const socket = new WebSocket(`${origin.replace(/^http/u, 'ws')}/people${query}`)
  const channels = new Map<string, SeenChannel>()
  const seen = new Map<string, SeenMessage>()
  const replies = new Map<number, PromiseWithResolvers<unknown>>()
  const lookouts = new Set<(event: PersonEvent | undefined) => void>()
  const welcomed = Promise.withResolvers<Welcome>()
  let asked = 0

  const take = (event: PersonEvent) => {
    const now = Date.now()
    if (event.name === 'message')
      seen.set(event.message.id, { message: event.message, edits: 0, at: now, changedAt: now })
    if (event.name === 'message_edited') {
      const known = seen.get(event.message.id)
      if (known) Object.assign(known, { message: event.message, edits: known.edits + 1, changedAt: now })
      else seen.set(event.message.id, { message: event.message, edits: 1, at: now, changedAt: now })
    }
    if (event.name === 'message_deleted') seen.delete(event.message)
    if (event.name === 'channel') channels.set(event.channel.id, event.channel)
    if (event.name === 'channel_deleted') channels.delete(event.channel)
    for (const look of [...lookouts]) look(event)
  }
  socket.on('message', (data) => {
    const frame = JSON.parse(data.toString()) as Frame
    if (frame.type === 'welcome') {
      for (const channel of frame.channels) channels.set(channel.id, channel)
      welcomed.resolve(frame)
    }
    if (frame.type === 'event') take(frame.event)
    if (frame.type === 'reply') {
      const reply = replies.get(frame.id)
      replies.delete(frame.id)
      if (frame.ok) reply?.resolve(frame.result)
      else reply?.reject(new Error(frame.error))
    }
  })
  socket.on('error', welcomed.reject)
  socket.on('close', () => {
    for (const reply of replies.values()) reply.reject(new Error('the world has closed'))
  })

  const visitor: Visitor = {
    welcome: await welcomed.promise,
    channels,
    messagesIn: (channel) => [...seen.values()].filter(({ message }) => message.channel_id === channel),
    do: (action) => {
      asked += 1
      const reply = Promise.withResolvers<unknown>()
      replies.set(asked, reply)
      socket.send(JSON.stringify({ id: asked, action }))
      return reply.promise
    },
    until: (what, look, ms = PATIENCE) =>
      new Promise((resolve, reject) => {
        const stop = () => {
          clearTimeout(timer)
          lookouts.delete(check)
        }
        const check = (event: PersonEvent | undefined) => {
          const found = look(visitor, event)
          if (found === undefined) return
          stop()
          resolve(found)
        }
        const timer = setTimeout(() => {
          stop()
          const last = [...seen.values()].slice(-3).map(({ message }) => readingOf(message))
          reject(new Error(`waited ${ms} ms in vain for ${what}; last seen: ${JSON.stringify(last)}`))
        }, ms)
        lookouts.add(check)
        check(undefined)
      }),
    leave: () => socket.close(),
  }
  return visitor
}

/** The button or select of a message that is known by this name, however deep it stands. */
export const controlOf = (message: APIMessage, name: string): Control & { readonly custom_id: string } => {
  const control = controlsOf(message).find((one) => nameOf(one) === name)
  if (control && 'custom_id' in control) return control
  throw new Error(`nothing to press is called “${name}” in: ${readingOf(message)}`)
}

/** Presses a button of a message, and gives the id of the interaction. */
export const press = (visitor: Visitor, message: APIMessage, name: string): Promise<unknown> =>
  visitor.do({
    do: 'click',
    channel: message.channel_id,
    message: message.id,
    customId: controlOf(message, name).custom_id,
  })

/** Chooses in a select of a message, by what its options are called, and gives the id of the interaction. */
export const choose = (
  visitor: Visitor,
  message: APIMessage,
  name: string,
  ...labels: string[]
): Promise<unknown> => {
  const control = controlOf(message, name)
  const options = control.type === ComponentType.StringSelect ? control.options : []
  const values = labels.map((label) => {
    const option = options.find((one) => one.label === label)
    if (!option)
      throw new Error(`“${name}” offers no “${label}”: ${options.map((one) => one.label).join(', ')}`)
    return option.value
  })
  return visitor.do({
    do: 'click',
    channel: message.channel_id,
    message: message.id,
    customId: control.custom_id,
    values,
  })
}
