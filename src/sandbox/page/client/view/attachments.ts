import type { APIAttachment, APIMessage } from 'discord-api-types/v10'
import { html, nothing, type TemplateResult } from 'lit'
import { styleMap } from 'lit/directives/style-map.js'
import type { Ready } from '../app.ts'
import { altText, filesBeneath, fitted, isPicture } from '../attachments.ts'
import { fileSize } from '../format.ts'
import { downloadIcon, fileIcon } from './icons.ts'

/** A picture in its bounds, with its room kept from the start. A press shows it in full. */
export const picture = (app: Ready, message: string, file: APIAttachment): TemplateResult => {
  const size = fitted(file)
  const box = size ? { '--width': `${size.width}px`, '--shape': `${size.width} / ${size.height}` } : {}
  return html`<button
    type="button"
    class="picture"
    aria-haspopup="dialog"
    title=${file.description || file.filename}
    @click=${() => app.set({ picture: { message, file }, active: undefined })}
  >
    <img src=${file.url} alt=${altText(file)} style=${styleMap(box)} />
  </button>`
}

/** A file with its size, to be downloaded. */
export const fileCard = (file: APIAttachment): TemplateResult => html`<a
  class="file"
  href=${file.url}
  download=${file.filename}
  aria-label="Download ${file.filename}, ${fileSize(file.size)}"
>
  ${fileIcon()}
  <span class="file-text">
    <span class="file-name">${file.filename}</span>
    <span class="file-note">${fileSize(file.size)}${file.description ? ` · ${file.description}` : ''}</span>
  </span>
  ${downloadIcon()}
</a>`

/** The files of a message: pictures to be seen, all others to be fetched. */
export const attachments = (app: Ready, message: APIMessage): TemplateResult | typeof nothing => {
  const files = filesBeneath(message)
  if (files.length === 0) return nothing
  const pictures = files.filter(isPicture)
  const others = files.filter((file) => !isPicture(file))
  return html`<div slot="attachments" class="attachments">
    ${
      pictures.length > 0
        ? html`<div class="pictures ${pictures.length > 1 ? 'several' : ''}">
            ${pictures.map((file) => picture(app, message.id, file))}
          </div>`
        : nothing
    }
    ${others.map(fileCard)}
  </div>`
}
