import { html, nothing, type TemplateResult } from 'lit'
import { isUnread, openChannel } from '../act/navigation.ts'
import type { Ready } from '../app.ts'
import { channelName, isThread, parentOf, topicOf } from '../channels.ts'
import { remember } from '../storage.ts'
import { channelIcon, hashIcon, menuIcon, moonIcon, sunIcon } from './icons.ts'

/** Where the person is, the way to the channel list on a phone, and the theme. */
export const header = (app: Ready): TemplateResult => {
  const channel = app.world.channels.get(app.ui.channel ?? '')
  const parent = channel && isThread(channel) ? app.world.channels.get(parentOf(channel) ?? '') : undefined
  const light = app.ui.theme === 'light'
  const elsewhere = [...app.world.channels.keys()].some((id) => isUnread(app, id))
  const toggleTheme = (): void => {
    const theme = light ? 'dark' : 'light'
    remember('theme', theme)
    app.set({ theme })
  }
  const openDrawer = (): void => {
    app.set({ drawer: true })
    requestAnimationFrame(() => document.querySelector<HTMLElement>('.side .drawer-only')?.focus())
  }
  return html`<header class="header">
    <button
      type="button"
      class="plain drawer-only"
      aria-label=${elsewhere ? 'Channels, some unread' : 'Channels'}
      aria-expanded=${app.ui.drawer}
      aria-controls="channels"
      @click=${openDrawer}
    >
      ${menuIcon()}${elsewhere ? html`<span class="dot"></span>` : nothing}
    </button>
    <h1 class="title">
      ${
        parent
          ? html`<button type="button" class="crumb" aria-label="Back to #${channelName(parent)}" @click=${() => openChannel(app, parent.id)}>
                ${hashIcon()}<span>${channelName(parent)}</span></button
              ><span class="chevron" aria-hidden="true">›</span>`
          : nothing
      }
      ${channel ? channelIcon(channel) : nothing}
      <span class="title-text">${channel ? channelName(channel) : app.world.guild.name}</span>
    </h1>
    <p class="topic">${channel ? topicOf(channel) : nothing}</p>
    <button
      type="button"
      class="plain"
      aria-label=${light ? 'Switch to the dark theme' : 'Switch to the light theme'}
      title=${light ? 'Dark theme' : 'Light theme'}
      @click=${toggleTheme}
    >
      ${light ? moonIcon() : sunIcon()}
    </button>
  </header>`
}
