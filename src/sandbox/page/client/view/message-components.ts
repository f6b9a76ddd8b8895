import {
  type APIButtonComponent,
  type APIMessage,
  type APIMessageTopLevelComponent,
  ButtonStyle,
  ComponentType,
} from 'discord-api-types/v10'
import { html, nothing, type TemplateResult } from 'lit'
import { ifDefined } from 'lit/directives/if-defined.js'
import { clickButton, clickKey } from '../act/interactions.ts'
import type { Ready } from '../app.ts'
import { emojiText } from '../format.ts'
import { markdown, type Names } from '../markdown/render.ts'
import { messageSelect } from './message-select.ts'

const LOOK: Partial<Record<ButtonStyle, 'primary' | 'secondary' | 'success' | 'destructive'>> = {
  [ButtonStyle.Primary]: 'primary',
  [ButtonStyle.Success]: 'success',
  [ButtonStyle.Danger]: 'destructive',
}

const button = (app: Ready, message: APIMessage, data: APIButtonComponent): TemplateResult => {
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

const unsupported = (type: ComponentType): TemplateResult =>
  html`<p class="unsupported">[${ComponentType[type]}: not shown by this page yet]</p>`

const component = (
  app: Ready,
  message: APIMessage,
  data: APIMessageTopLevelComponent,
  names: Names,
): TemplateResult => {
  switch (data.type) {
    case ComponentType.ActionRow:
      return html`<discord-action-row>
        ${data.components.map((inner) => {
          if (inner.type === ComponentType.Button) return button(app, message, inner)
          if (inner.type === ComponentType.StringSelect) return messageSelect(app, message, inner)
          return unsupported(inner.type)
        })}
      </discord-action-row>`
    case ComponentType.TextDisplay:
      return html`<div class="text-display">${markdown(data.content, names)}</div>`
    case ComponentType.Separator:
      return html`<hr class="separator" />`
    case ComponentType.Container:
      return html`<div class="container">
        ${data.components.map((inner) => component(app, message, inner, names))}
      </div>`
    default:
      return unsupported(data.type)
  }
}

/** What a message carries beneath its text: buttons above all. */
export const messageComponents = (
  app: Ready,
  message: APIMessage,
  names: Names,
): TemplateResult | typeof nothing => {
  const components = message.components ?? []
  if (components.length === 0) return nothing
  return html`<div slot="components" class="components">
    ${components.map((data) => component(app, message, data, names))}
  </div>`
}
