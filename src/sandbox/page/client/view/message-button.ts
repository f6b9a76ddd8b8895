import { type APIButtonComponent, type APIMessage, ButtonStyle } from 'discord-api-types/v10'
import { html, nothing, type TemplateResult } from 'lit'
import { ifDefined } from 'lit/directives/if-defined.js'
import { clickButton, clickKey } from '../act/interactions.ts'
import type { Ready } from '../app.ts'
import { emojiText } from '../format.ts'

const LOOK: Partial<Record<ButtonStyle, 'primary' | 'secondary' | 'success' | 'destructive'>> = {
  [ButtonStyle.Primary]: 'primary',
  [ButtonStyle.Success]: 'success',
  [ButtonStyle.Danger]: 'destructive',
}

/** A button of a message, in a row or beside a text. */
export const messageButton = (app: Ready, message: APIMessage, data: APIButtonComponent): TemplateResult => {
  const customId = 'custom_id' in data ? data.custom_id : undefined
  const emoji = 'emoji' in data ? data.emoji : undefined
  const label = 'label' in data ? data.label : undefined
  const waiting = customId !== undefined && app.ui.clicked.has(clickKey(message.id, customId))
  const press = (): void => {
    if (customId !== undefined && !data.disabled && !waiting) void clickButton(app, message, customId)
  }
  return html`<page-button
    .type=${LOOK[data.style] ?? 'secondary'}
    .url=${'url' in data ? data.url : undefined}
    .disabled=${data.disabled ?? false}
    ?waiting=${waiting}
    data-custom-id=${ifDefined(customId)}
    @click=${press}
    >${emoji ? html`<span class="button-emoji ${label ? 'beside' : ''}">${emojiText(emoji)}</span>` : nothing}${label}</page-button
  >`
}
