import { html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { SeenChannel } from '../../../people/protocol.ts'
import { isUnread, openChannel } from '../act/navigation.ts'
import type { Ready } from '../app.ts'
import { channelName, channelTree, isArchived, isDirect, isThread } from '../channels.ts'
import { channelIcon, closeIcon, threadIcon } from './icons.ts'
import { personPanel } from './person-panel.ts'

const link = (app: Ready, channel: SeenChannel): TemplateResult => {
  const open = app.ui.channel === channel.id
  const unread = isUnread(app, channel.id)
  const go = (event: Event): void => {
    event.preventDefault()
    openChannel(app, channel.id)
  }
  return html`<a
    class="channel ${isThread(channel) ? 'thread' : ''} ${unread ? 'unread' : ''} ${isArchived(channel) ? 'archived' : ''}"
    href="#${channel.id}"
    aria-current=${open ? 'page' : nothing}
    title=${channelName(channel)}
    @click=${go}
  >
    ${isThread(channel) ? nothing : channelIcon(channel)}
    <span class="name">${channelName(channel)}</span>
    ${unread ? html`<span class="dot"><span class="sr-only">unread</span></span>` : nothing}
    ${isArchived(channel) ? html`<span class="sr-only">archived</span>` : nothing}
  </a>`
}

/** There is no section where nobody has written any. */
const directMessages = (app: Ready): TemplateResult | typeof nothing => {
  const channels = [...app.world.channels.values()].filter(isDirect)
  if (channels.length === 0) return nothing
  return html`<p class="section direct" id="direct-title">Direct messages</p>
    <ul aria-labelledby="direct-title">
      ${repeat(
        channels,
        ({ id }) => id,
        (channel) => html`<li>${link(app, channel)}</li>`,
      )}
    </ul>`
}

/** The server: its name, its channels with their threads beneath, the person's direct messages, and who the person is. */
export const channelList = (app: Ready): TemplateResult => {
  const branches = channelTree(app.world.channels.values())
  return html`<nav class="side" id="channels" aria-label="Channels">
    <div class="server">
      <span class="server-name">${app.world.guild.name}</span>
      <button
        type="button"
        class="plain drawer-only"
        aria-label="Close the channel list"
        @click=${() => app.set({ drawer: false })}
      >
        ${closeIcon()}
      </button>
    </div>
    <div class="channels">
      <p class="section" id="channels-title">Text channels</p>
      <ul aria-labelledby="channels-title">
        ${repeat(
          branches,
          ({ channel }) => channel.id,
          ({ channel, threads }) => html`<li>
            ${link(app, channel)}
            ${
              threads.length > 0
                ? html`<ul class="threads" aria-label="Threads of ${channelName(channel)}">
                    ${repeat(
                      threads,
                      ({ id }) => id,
                      (thread) => html`<li>${link(app, thread)}</li>`,
                    )}
                  </ul>`
                : nothing
            }
          </li>`,
        )}
      </ul>
      ${
        branches.some(({ threads }) => threads.length > 0)
          ? nothing
          : html`<p class="hint">${threadIcon()} Stories appear here, as threads.</p>`
      }
      ${directMessages(app)}
    </div>
    ${personPanel(app)}
  </nav>`
}
