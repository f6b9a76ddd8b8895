import {
  type APIButtonComponent,
  type APIMessage,
  type APIMessageTopLevelComponent,
  type APIStringSelectComponent,
  ButtonStyle,
  ComponentType,
} from 'discord-api-types/v10'
import { html, nothing, type TemplateResult } from 'lit'
import { ifDefined } from 'lit/directives/if-defined.js'
import { clickButton, clickKey } from '../act/interactions.ts'
import type { Ready } from '../app.ts'
import { markdown, type Names } from '../markdown/render.ts'

const LOOK: Partial<Record<ButtonStyle, 'primary' | 'secondary' | 'success' | 'destructive'>> = {
  [ButtonStyle.Primary]: 'primary',
  [ButtonStyle.Success]: 'success',
  [ButtonStyle.Danger]: 'destructive',
}

const button = (app: Ready, message: APIMessage, data: APIButtonComponent): TemplateResult => {
  const customId = 'custom_id' in data ? data.custom_id : undefined
  const emoji = 'emoji' in data ? data.emoji?.name : undefined
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
    >${emoji ? html`<span class="button-emoji">${emoji}</span>` : nothing}${label}</page-button
  >`
}

/** One choice answers at once; for several, the browser's own list is kept open by the modifier keys. */
const select = (app: Ready, message: APIMessage, data: APIStringSelectComponent): TemplateResult => {
  const several = (data.max_values ?? 1) > 1
  const choose = (event: Event): void => {
    if (!(event.target instanceof HTMLSelectElement)) return
    const values = [...event.target.selectedOptions].map(({ value }) => value).filter((value) => value !== '')
    if (values.length >= (data.min_values ?? 1)) void clickButton(app, message, data.custom_id, values)
  }
  return html`<select
    class="select"
    aria-label=${data.placeholder ?? 'Make a selection'}
    ?multiple=${several}
    ?disabled=${data.disabled ?? false}
    @change=${choose}
  >
    ${several ? nothing : html`<option value="">${data.placeholder ?? 'Make a selection'}</option>`}
    ${data.options.map(
      (option) =>
        html`<option value=${option.value} ?selected=${option.default ?? false}>${option.label}</option>`,
    )}
  </select>`
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
          if (inner.type === ComponentType.StringSelect) return select(app, message, inner)
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
