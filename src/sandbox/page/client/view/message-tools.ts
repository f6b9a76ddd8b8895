import type { APIMessage } from 'discord-api-types/v10'
import { html, nothing, type TemplateResult } from 'lit'
import { askDelete, startEdit, startReply } from '../act/messages.ts'
import type { Ready } from '../app.ts'
import { copyIcon, deleteIcon, editIcon, replyIcon } from './icons.ts'

const tool = (label: string, icon: TemplateResult, act: () => void, danger = false): TemplateResult =>
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
  const mine = message.author.id === app.world.me.id
  const canSend = app.world.channels.get(message.channel_id)?.canSend === true
  const copy = (): void => {
    navigator.clipboard?.writeText(message.content).catch(() => {})
    app.set({ active: undefined })
  }
  return html`<div class="tools" role="toolbar" aria-label="Message actions">
    ${canSend ? tool('Reply', replyIcon(), () => startReply(app, message)) : nothing}
    ${message.content === '' ? nothing : tool('Copy text', copyIcon(), copy)}
    ${mine ? tool('Edit', editIcon(), () => startEdit(app, message)) : nothing}
    ${mine ? tool('Delete', deleteIcon(), () => askDelete(app, message), true) : nothing}
  </div>`
}
