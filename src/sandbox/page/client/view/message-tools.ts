import type { APIMessage } from 'discord-api-types/v10'
import { html, nothing, type TemplateResult } from 'lit'
import { openMenu } from '../act/message-menu.ts'
import type { Ready } from '../app.ts'
import { moreIcon } from './icons.ts'
import { type MessageAction, messageActions } from './message-actions.ts'

const tool = ({ label, icon, act, danger }: MessageAction): TemplateResult =>
  html`<button type="button" class=${danger ? 'danger' : ''} aria-label=${label} title=${label} @click=${act}>
    ${icon}
  </button>`

/** What can be done with a message: it shows on hover, on focus and after a tap. */
export const messageTools = (
  app: Ready,
  message: APIMessage,
  ephemeral: boolean,
): TemplateResult | typeof nothing => {
  if (ephemeral || app.ui.editing?.message.id === message.id) return nothing
  const more = (event: Event): void => {
    if (!(event.currentTarget instanceof Element)) return
    const { left, bottom } = event.currentTarget.getBoundingClientRect()
    openMenu(app, message, { x: left, y: bottom })
  }
  return html`<div class="tools" role="toolbar" aria-label="Message actions">
    ${messageActions(app, message).map(tool)}
    <button type="button" aria-label="More and apps" title="More and apps" aria-haspopup="menu" @click=${more}>
      ${moreIcon()}
    </button>
  </div>`
}
