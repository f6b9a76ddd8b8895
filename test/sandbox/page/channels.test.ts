import { ChannelType } from 'discord-api-types/v10'
import { expect, it } from 'vitest'
import {
  channelName,
  channelOrder,
  channelTree,
  markedName,
} from '../../../src/sandbox/page/client/channels.ts'
import type { SeenChannel } from '../../../src/sandbox/people/protocol.ts'
import { BOT, CHANNEL } from './scripted.ts'

const stories: SeenChannel = {
  id: CHANNEL,
  type: ChannelType.GuildText,
  name: 'stories',
  position: 0,
  canSend: true,
}
const thread: SeenChannel = {
  id: '300000000000000002',
  type: ChannelType.PublicThread,
  name: 'The Fox',
  canSend: true,
  parent_id: CHANNEL,
}
const direct: SeenChannel = {
  id: '200000000000000002',
  type: ChannelType.DM,
  name: null,
  canSend: false,
  recipients: [BOT],
}

it('direct messages stand below the channels, however old they are, and in no tree', () => {
  expect(channelOrder([direct, stories, thread])).toEqual([stories.id, thread.id, direct.id])
  expect(channelTree([direct, stories, thread])).toEqual([{ channel: stories, threads: [thread] }])
})

it('each kind of channel is called as Discord calls it, direct messages by the other one', () => {
  expect([stories, thread, direct].map(markedName)).toEqual(['#stories', 'The Fox', '@Skein'])
  expect(channelName(direct)).toBe('Skein')
})
