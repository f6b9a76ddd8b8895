import { html, nothing, type TemplateResult } from 'lit'
import type { Ready } from '../app.ts'
import { markdown } from '../markdown/render.ts'
import { remember } from '../storage.ts'
import { displayName } from '../world.ts'
import { closeIcon } from './icons.ts'
import { namesFor } from './names.ts'

/** What the person should know before anything else: the connection, the bot, and what this world is. */
export const bars = (app: Ready): TemplateResult => {
  const { bot, notice } = app.world
  const lost = app.link !== 'open'
  const dismissNotice = (): void => {
    remember('notice', notice)
    app.set({ dismissedNotice: notice })
  }
  return html`<div class="bars">
    <div role="status">
      ${
        lost
          ? html`<p class="bar warning"><span class="spinner"></span>
              <span>Reconnecting… If Skein is not running, start it with <code>npm start</code>. What you write is kept.</span>
            </p>`
          : nothing
      }
      ${
        !lost && !bot.online
          ? html`<p class="bar danger">
              <span
                ><strong>${displayName(bot.user)} is not running.</strong> Nobody answers until it is back. Start it
                with <code>npm start</code>.</span
              >
            </p>`
          : nothing
      }
    </div>
    ${
      notice !== '' && app.ui.dismissedNotice !== notice
        ? html`<div class="bar notice" role="region" aria-label="Notice">
            <div class="notice-text">${markdown(notice, namesFor(app))}</div>
            <button type="button" class="plain" aria-label="Dismiss this notice" @click=${dismissNotice}>
              ${closeIcon()}
            </button>
          </div>`
        : nothing
    }
  </div>`
}
