import { type APIMessage, type APIUser, ChannelType, MessageType } from 'discord-api-types/v10'
import { expect, it } from 'vitest'
import { avatarOf, initials } from '../../../src/sandbox/page/client/avatar.ts'
import { compareIds } from '../../../src/sandbox/page/client/ids.ts'
import { EMPTY_LOG, upsert, withLatest, withOlder } from '../../../src/sandbox/page/client/log.ts'
import { apply, logOf, type World, worldFrom } from '../../../src/sandbox/page/client/world.ts'
import type { PersonEvent, SeenChannel } from '../../../src/sandbox/people/protocol.ts'

const CHANNEL = '300000000000000001'

const user = (id: string, username: string): APIUser => ({
  id,
  username,
  global_name: null,
  discriminator: '0',
  avatar: null,
})

const bot = user('100000000000000009', 'Skein')
const me = { ...user('100000000000000001', 'mara'), roleLabel: 'player' }

const message = (id: number, content = '', author: APIUser = me): APIMessage => ({
  id: String(400000000000000000n + BigInt(id)),
  channel_id: CHANNEL,
  author,
  content,
  timestamp: '2026-01-01T00:00:00.000Z',
  edited_timestamp: null,
  type: MessageType.Default,
  tts: false,
  pinned: false,
  mention_everyone: false,
  mentions: [],
  mention_roles: [],
  attachments: [],
  embeds: [],
})

const channel: SeenChannel = {
  id: CHANNEL,
  type: ChannelType.GuildText,
  name: 'stories',
  position: 0,
  canSend: true,
}

const welcome = (): World =>
  worldFrom(
    {
      type: 'welcome',
      me,
      people: [me],
      guild: { id: '200000000000000001', name: 'Here' },
      channels: [channel],
      commands: [],
      bot: { user: bot, online: true },
      notice: '',
    },
    undefined,
  )

const after = (...events: PersonEvent[]): World =>
  events.reduce((world, event) => apply(world, event, 0), welcome())

const contents = (world: World): string[] =>
  logOf(world, CHANNEL).entries.map((entry) => entry.message.content)

const said = (id: number, content: string, author?: APIUser): PersonEvent => ({
  name: 'message',
  message: message(id, content, author),
  ephemeral: false,
})

it('keeps messages in the order of their ids, edits in place and forgets what is deleted', () => {
  const world = after(
    said(2, 'b'),
    said(1, 'a'),
    said(3, 'c'),
    { name: 'message_edited', message: message(1, 'A'), ephemeral: false },
    { name: 'message_deleted', channel: CHANNEL, message: message(2).id },
  )
  expect(contents(world)).toEqual(['A', 'c'])
})

it('ignores the edit of a message that was never loaded', () =>
  expect(contents(after({ name: 'message_edited', message: message(7, 'x'), ephemeral: false }))).toEqual([]))

it('ends “is thinking” with the answer that names its interaction', () => {
  const thinking = (interaction: string): PersonEvent => ({
    name: 'thinking',
    interaction,
    channel: CHANNEL,
    ephemeral: false,
  })
  const waiting = after(thinking('1'), thinking('2'))
  const answer: APIMessage = {
    ...message(1, 'done', bot),
    interaction_metadata: { id: '2', type: 2, user: me, authorizing_integration_owners: {} },
  }
  const done = apply(waiting, { name: 'message', message: answer, ephemeral: false }, 0)
  expect(done.waiting.map(({ interaction }) => interaction)).toEqual(['1'])
})

it('turns an interaction without an answer into a failure', () => {
  const world = after(
    { name: 'thinking', interaction: '1', channel: CHANNEL, ephemeral: true },
    { name: 'interaction_failed', interaction: '1', channel: CHANNEL },
  )
  expect(world.waiting).toEqual([])
  expect(world.failed).toEqual([{ interaction: '1', channel: CHANNEL }])
})

it('ends a sign of typing when the message comes', () => {
  const world = after({ name: 'typing', channel: CHANNEL, user: bot.id }, said(1, 'here', bot))
  expect(world.typing).toEqual([])
})

it('closes the gap of a lost connection and keeps what only this page knows', () => {
  const ephemeral = { message: message(2, 'only you'), ephemeral: true }
  const old = upsert(upsert(EMPTY_LOG, { message: message(1, 'stale'), ephemeral: false }), ephemeral)
  const meanwhile = { message: message(9, 'just now'), ephemeral: false }
  const log = withLatest(old, [message(3, 'three'), message(4, 'four')], [meanwhile])
  expect(log.entries.map((entry) => entry.message.content)).toEqual(['only you', 'three', 'four', 'just now'])
  expect(log.older).toBe(false)
})

it('puts older pages before, and knows when there may be more', () => {
  const page = Array.from({ length: 50 }, (_, index) => message(index))
  const log = withOlder(upsert(EMPTY_LOG, { message: message(99), ephemeral: false }), page)
  expect(log.entries).toHaveLength(51)
  expect(log.older).toBe(true)
})

it('orders snowflakes by time', () =>
  expect(compareIds('99999999999999999', '100000000000000000')).toBeLessThan(0))

it('draws faces without fetching any', () => {
  expect(initials('Mara Quill')).toBe('MQ')
  expect(initials('<script>')).toBe('s')
  expect(avatarOf(me, false)).toMatch(/^data:image\/svg\+xml,/)
  expect(avatarOf(me, false)).not.toBe(avatarOf(user('100000000000000002', 'tomas'), false))
})
