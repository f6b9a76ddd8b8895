import { type APIMessage, MessageType } from 'discord-api-types/v10'
import { html, type TemplateResult } from 'lit'
import { openChannel } from '../act/navigation.ts'
import type { Ready } from '../app.ts'
import { messageTime } from '../format.ts'
import { displayName } from '../world.ts'

const threadCreated = (app: Ready, message: APIMessage): TemplateResult => {
  const thread = message.message_reference?.channel_id ?? message.thread?.id
  const there = thread !== undefined && app.world.channels.has(thread)
  const name = message.content
  return html`<strong>${displayName(message.author)}</strong> started a thread:
    ${
      there
        ? html`<button type="button" class="link" @click=${() => openChannel(app, thread)}>${name}</button>`
        : html`<strong>${name}</strong>`
    }`
}

const sentence = (app: Ready, message: APIMessage): TemplateResult => {
  const who = html`<strong>${displayName(message.author)}</strong>`
  switch (message.type) {
    case MessageType.ThreadCreated:
      return threadCreated(app, message)
    case MessageType.ChannelNameChange:
      return html`${who} changed the channel name: <strong>${message.content}</strong>`
    case MessageType.ChannelPinnedMessage:
      return html`${who} pinned a message to this channel.`
    case MessageType.UserJoin:
      return html`${who} joined the server.`
    case MessageType.ThreadStarterMessage:
      return html`${who} started this thread from a message.`
    default:
      return html`${who} ${message.content}`
  }
}

const ICON: Partial<Record<MessageType, string>> = {
  [MessageType.ThreadCreated]: 'thread',
  [MessageType.ThreadStarterMessage]: 'thread',
  [MessageType.ChannelNameChange]: 'edit',
  [MessageType.ChannelPinnedMessage]: 'pin',
  [MessageType.UserJoin]: 'join',
}

/** What Discord itself says in a channel. */
export const systemMessage = (app: Ready, message: APIMessage): TemplateResult => html`<discord-system-message
  .type=${ICON[message.type] ?? 'alert'}
  .timestamp=${messageTime(Date.parse(message.timestamp), Date.now())}
  ?light-theme=${app.ui.theme === 'light'}
  ><span class="system">${sentence(app, message)}</span></discord-system-message
>`
