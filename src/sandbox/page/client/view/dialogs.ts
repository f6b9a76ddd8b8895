import { html, nothing, type TemplateResult } from 'lit'
import { ref } from 'lit/directives/ref.js'
import { cancelEdit, confirmDelete } from '../act/messages.ts'
import type { Ready } from '../app.ts'
import { markdown } from '../markdown/render.ts'
import { modal } from './modal.ts'
import { namesFor } from './names.ts'
import { pictureDialog } from './picture-dialog.ts'

/** Opens a dialog once it stands in the page, at its first field. */
const show = (element: Element | undefined): void => {
  if (!(element instanceof HTMLDialogElement) || element.open) return
  queueMicrotask(() => {
    if (!element.isConnected || element.open) return
    element.showModal()
    element.querySelector<HTMLElement>('input, textarea, select, [autofocus]')?.focus()
  })
}

const FOCUSABLE = 'button:not([disabled]), input, textarea, select, a[href]'

/** Keeps Tab within the dialog: the browser alone would let it out to its own bars. */
const trap = (event: KeyboardEvent): void => {
  event.stopPropagation()
  if (event.key !== 'Tab' || !(event.currentTarget instanceof HTMLElement)) return
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>(FOCUSABLE)]
  const edge = event.shiftKey ? stops[0] : stops.at(-1)
  if (event.target !== edge) return
  event.preventDefault()
  stops.at(event.shiftKey ? -1 : 0)?.focus()
}

/** `full` takes the room that its content needs, and a press on the ground behind it puts it away. */
type Look = 'narrow' | 'full'

export type DialogView = (
  title: string,
  close: () => void,
  content: TemplateResult,
  look?: Look,
) => TemplateResult

/** A dialog over the page. `close` is what Escape does. */
const dialog: DialogView = (title, close, content, look = 'narrow') => {
  const onCancel = (event: Event): void => {
    event.preventDefault()
    close()
  }
  // Only the ground is the dialog itself. What was written into a form is not lost by a slip beside it.
  const onClick = (event: Event): void => {
    if (look === 'full' && event.target === event.currentTarget) close()
  }
  return html`<dialog
    class=${look}
    aria-labelledby="dialog-title"
    ${ref(show)}
    @cancel=${onCancel}
    @keydown=${trap}
    @click=${onClick}
  >
    <h2 id="dialog-title">${title}</h2>
    ${content}
  </dialog>`
}

const confirmation = (app: Ready): TemplateResult | typeof nothing => {
  const { deleting } = app.ui
  if (!deleting) return nothing
  const close = (): void => {
    app.set({ deleting: undefined })
    cancelEdit(app)
  }
  return dialog(
    'Delete Message',
    close,
    html`<div class="dialog-body">
        <p>Are you sure you want to delete this message?</p>
        <blockquote>${markdown(deleting.content, namesFor(app))}</blockquote>
      </div>
      <div class="dialog-foot">
        <button type="button" class="secondary" @click=${close}>Cancel</button>
        <button type="button" class="destructive" autofocus @click=${() => void confirmDelete(app)}>Delete</button>
      </div>`,
  )
}

/** Whatever stands over the page: at most one at a time. */
export const dialogs = (app: Ready): TemplateResult =>
  html`${confirmation(app)} ${app.ui.modal && !app.ui.deleting ? modal(app, app.ui.modal, dialog) : nothing}
  ${
    app.ui.picture && !app.ui.modal && !app.ui.deleting ? pictureDialog(app, app.ui.picture, dialog) : nothing
  }`
