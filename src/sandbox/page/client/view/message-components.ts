import {
  type APIMessage,
  type APIMessageComponent,
  type APISectionComponent,
  type APISeparatorComponent,
  ComponentType,
  SeparatorSpacingSize,
} from 'discord-api-types/v10'
import { html, nothing, type TemplateResult } from 'lit'
import { styleMap } from 'lit/directives/style-map.js'
import type { Ready } from '../app.ts'
import { colour } from '../format.ts'
import { markdown, type Names } from '../markdown/render.ts'
import { messageButton } from './message-button.ts'
import { fileBlock, gallery, thumbnail, veiled } from './message-media.ts'
import { messageSelect } from './message-select.ts'

const unsupported = (type: ComponentType): TemplateResult =>
  html`<p class="unsupported">[${ComponentType[type]}: not shown by this page yet]</p>`

const separator = ({ divider, spacing }: APISeparatorComponent): TemplateResult => {
  const size = spacing === SeparatorSpacingSize.Large ? 'large' : 'small'
  return divider === false ? html`<div class="space ${size}"></div>` : html`<hr class="separator ${size}" />`
}

const component = (
  app: Ready,
  message: APIMessage,
  data: APIMessageComponent,
  names: Names,
): TemplateResult => {
  const each = (inner: readonly APIMessageComponent[]) =>
    inner.map((part) => component(app, message, part, names))
  const section = ({ components, accessory }: APISectionComponent): TemplateResult =>
    // The library draws a button in a row only.
    html`<div class="with-accessory">
      <div class="beside-text">${each(components)}</div>
      <discord-action-row class="accessory">${each([accessory])}</discord-action-row>
    </div>`
  switch (data.type) {
    case ComponentType.ActionRow:
      return html`<discord-action-row>${each(data.components)}</discord-action-row>`
    case ComponentType.Button:
      return messageButton(app, message, data)
    case ComponentType.StringSelect:
      return messageSelect(app, message, data)
    case ComponentType.TextDisplay:
      return html`<div class="text-display">${markdown(data.content, names)}</div>`
    case ComponentType.Section:
      return section(data)
    case ComponentType.Separator:
      return separator(data)
    case ComponentType.MediaGallery:
      return gallery(app, message, data)
    case ComponentType.Thumbnail:
      return thumbnail(app, message, data)
    case ComponentType.File:
      return fileBlock(data)
    case ComponentType.Container: {
      const accent = colour(data.accent_color)
      return html`<div
        class="container ${accent ? 'accented' : ''}"
        style=${styleMap(accent ? { '--accent': accent } : {})}
      >
        ${veiled(data.spoiler, html`<div class="blocks">${each(data.components)}</div>`)}
      </div>`
    }
    default:
      return unsupported(data.type)
  }
}

/** What a message carries beneath its text, or instead of one. */
export const messageComponents = (
  app: Ready,
  message: APIMessage,
  names: Names,
): TemplateResult | typeof nothing => {
  const components = message.components ?? []
  if (components.length === 0) return nothing
  return html`<div slot="components" class="components blocks">
    ${components.map((data) => component(app, message, data, names))}
  </div>`
}
