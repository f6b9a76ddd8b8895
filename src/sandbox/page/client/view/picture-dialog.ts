import { html, nothing, type TemplateResult } from 'lit'
import type { Ready } from '../app.ts'
import { altText } from '../attachments.ts'
import { focusEntry } from '../focus.ts'
import type { Ui } from '../ui.ts'
import type { DialogView } from './dialogs.ts'
import { closeIcon } from './icons.ts'

/** A picture as large as the window has room for. */
export const pictureDialog = (
  app: Ready,
  { message, file }: NonNullable<Ui['picture']>,
  dialog: DialogView,
): TemplateResult => {
  const close = (): void => {
    app.set({ picture: undefined })
    focusEntry(message)
  }
  return dialog(
    file.filename,
    close,
    html`<button type="button" class="plain dialog-close" aria-label="Close" autofocus @click=${close}>
        ${closeIcon()}
      </button>
      <div class="dialog-body"><img src=${file.url} alt=${altText(file)} /></div>
      <div class="dialog-foot">
        ${file.description ? html`<p class="picture-text">${file.description}</p>` : nothing}
        <a class="secondary" href=${file.url} target="_blank" rel="noopener noreferrer">Open in a new tab</a>
        <a class="secondary" href=${file.url} download=${file.filename}>Download</a>
      </div>`,
    'full',
  )
}
