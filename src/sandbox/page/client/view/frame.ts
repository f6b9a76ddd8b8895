import { html, nothing, type TemplateResult } from 'lit'
import { type App, isReady } from '../app.ts'
import { focusComposer } from '../focus.ts'
import { bars } from './bars.ts'
import { channelList } from './channel-list.ts'
import { composer } from './composer.ts'
import { dialogs } from './dialogs.ts'
import { header } from './header.ts'
import { messageList } from './message-list.ts'
import { messageMenu } from './message-menu.ts'

const starting = (app: App): TemplateResult => html`<p class="starting" role="status">
  <span class="spinner"></span> ${app.link === 'lost' ? 'Reconnecting…' : 'Connecting…'}
</p>`

/** The whole page. */
export const frame = (app: App, toEnd: () => void): TemplateResult => {
  if (!isReady(app)) return starting(app)
  const skip = (event: Event): void => {
    event.preventDefault()
    focusComposer()
  }
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && app.ui.drawer) app.set({ drawer: false })
  }
  return html`<a class="skip" href="#composer" @click=${skip}>Skip to the message box</a>
    <div class="frame ${app.ui.drawer ? 'drawer-open' : ''}" @keydown=${onKey}>
      ${channelList(app)}
      ${app.ui.drawer ? html`<div class="shade" @click=${() => app.set({ drawer: false })}></div>` : nothing}
      <main class="chat">${header(app)} ${bars(app)} ${messageList(app, toEnd)} ${composer(app)}</main>
    </div>
    ${messageMenu(app)} ${dialogs(app)}`
}
