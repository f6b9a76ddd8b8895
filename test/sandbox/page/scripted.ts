import {
  type APIApplicationCommand,
  type APIAttachment,
  type APIMessage,
  type APIUser,
  ApplicationCommandType,
  ChannelType,
  MessageType,
} from 'discord-api-types/v10'
import { fastify } from 'fastify'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { mountPage } from '../../../src/sandbox/page/mount.ts'
import {
  type Action,
  type Frame,
  type PersonEvent,
  Request,
  type Welcome,
} from '../../../src/sandbox/people/protocol.ts'

export const CHANNEL = '300000000000000001'

const user = (id: string, username: string, name: string, bot = false): APIUser => ({
  id,
  username,
  global_name: name,
  discriminator: '0',
  avatar: null,
  bot,
})

export const BOT = user('100000000000000009', 'skein', 'Skein', true)
export const ME = { ...user('100000000000000001', 'mara', 'Mara'), roleLabel: 'player' }

let lastId = 400000000000000000n

/** A message of the bot, unless it is said who wrote it. */
export const message = (more: Partial<APIMessage> = {}): APIMessage => {
  lastId += 1n
  return {
    id: String(lastId),
    channel_id: CHANNEL,
    author: BOT,
    content: '',
    timestamp: '2026-01-01T12:00:00.000Z',
    edited_timestamp: null,
    type: MessageType.Default,
    tts: false,
    pinned: false,
    mention_everyone: false,
    mentions: [],
    mention_roles: [],
    attachments: [],
    embeds: [],
    ...more,
  }
}

export const command = (
  name: string,
  options: APIApplicationCommand['options'] = [],
  type = ApplicationCommandType.ChatInput,
): APIApplicationCommand => ({
  id: '500000000000000001',
  application_id: BOT.id,
  version: '1',
  type,
  default_member_permissions: null,
  name,
  description: type === ApplicationCommandType.ChatInput ? `What ${name} does` : '',
  options,
})

export type World = {
  readonly commands?: readonly APIApplicationCommand[]
  readonly messages?: readonly APIMessage[]
}

const welcome = ({ commands = [] }: World): Welcome => ({
  type: 'welcome',
  me: ME,
  people: [ME],
  guild: { id: '200000000000000001', name: 'Here' },
  channels: [{ id: CHANNEL, type: ChannelType.GuildText, name: 'stories', position: 0, canSend: true }],
  commands,
  bot: { user: BOT, online: true },
  notice: '',
})

type Kind = Action['do']
type ActionOf<K extends Kind> = Extract<Action, { do: K }>

/** Something that the page asked for, and how to answer it. */
type Question<A> = {
  readonly action: A
  readonly reply: (result: unknown) => void
  readonly refuse: (error: string) => void
}

/** The page with the world's side of its line in the test's hand: every action waits for what the test answers. */
export type Scripted = {
  readonly page: Page
  /** The actions of one kind that the page has sent so far. */
  asked<K extends Kind>(kind: K): ActionOf<K>[]
  /** The next action of a kind, with what answers it. */
  next<K extends Kind>(kind: K): Promise<Question<ActionOf<K>>>
  tell(event: PersonEvent): void
  close(): Promise<void>
}

const PICTURE =
  '<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="800"><rect width="1200" height="800" fill="#27455a"/><circle cx="860" cy="240" r="90" fill="#f0d9a0"/><path d="M0 620 340 300l260 300 220-190 380 260v130H0z" fill="#16303f"/></svg>'

/** Serves the page and a picture for every name under /files/, and nothing else. */
export const servePage = async () => {
  const server = fastify()
  await mountPage(server)
  server.get('/files/:name', async (_request, reply) => reply.type('image/svg+xml').send(PICTURE))
  const origin = await server.listen({ host: '127.0.0.1', port: 0 })
  return {
    origin,
    file: (filename: string, more: Partial<APIAttachment> = {}): APIAttachment => ({
      id: '600000000000000001',
      filename,
      size: 48_000,
      url: `${origin}/files/${filename}`,
      proxy_url: `${origin}/files/${filename}`,
      ...more,
    }),
    close: () => server.close(),
  }
}

export type Served = Awaited<ReturnType<typeof servePage>>

const isKind = <K extends Kind>(action: Action, kind: K): action is ActionOf<K> & Action => action.do === kind

/** Opens the served page on a world that only the test knows. */
export const openScripted = async (
  browser: Browser,
  origin: string,
  world: World,
  options: BrowserContextOptions = {},
): Promise<Scripted> => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options })
  const page = await context.newPage()
  const seen: Question<Action>[] = []
  const taken = new Set<Question<Action>>()
  const listeners = new Set<() => void>()
  let send: (frame: Frame) => void = () => {}
  await page.routeWebSocket(/\/people/, (socket) => {
    send = (frame) => socket.send(JSON.stringify(frame))
    socket.onMessage((text) => {
      const { id, action } = Request.parse(JSON.parse(String(text)))
      const reply = (result: unknown): void => send({ type: 'reply', id, ok: true, result })
      if (action.do === 'history') return reply(world.messages ?? [])
      seen.push({ action, reply, refuse: (error) => send({ type: 'reply', id, ok: false, error }) })
      for (const listener of listeners) listener()
    })
    send(welcome(world))
  })
  await page.goto(origin)
  await page.locator('#composer').waitFor()

  const next = <K extends Kind>(kind: K) =>
    new Promise<Question<ActionOf<K>>>((resolve) => {
      const look = (): void => {
        const found = seen.find((question) => question.action.do === kind && !taken.has(question))
        if (!found || !isKind(found.action, kind)) return
        taken.add(found)
        listeners.delete(look)
        resolve({ ...found, action: found.action })
      }
      listeners.add(look)
      look()
    })

  return {
    page,
    asked: (kind) => seen.flatMap(({ action }) => (isKind(action, kind) ? [action] : [])),
    next,
    tell: (event) => send({ type: 'event', event }),
    close: () => context.close(),
  }
}
