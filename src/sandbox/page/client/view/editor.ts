import { html, nothing, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import { ref } from 'lit/directives/ref.js'
import { cancelEdit, MAX_CONTENT, saveEdit } from '../act/messages.ts'
import type { Ready } from '../app.ts'
import type { Editing } from '../ui.ts'
import { fitHeight } from './fit-height.ts'

const started = (element: Element | undefined): void => {
  if (!(element instanceof HTMLTextAreaElement) || element.dataset.started) return
  element.dataset.started = 'yes'
  requestAnimationFrame(() => {
    fitHeight(element)
    element.focus()
    element.setSelectionRange(element.value.length, element.value.length)
  })
}

/** A message of one's own, being edited in its place. */
export const editor = (app: Ready, editing: Editing): TemplateResult => {
  const onInput = (event: Event): void => {
    if (!(event.target instanceof HTMLTextAreaElement)) return
    fitHeight(event.target)
    app.set({ editing: { ...editing, text: event.target.value, error: undefined } })
  }
  const onKey = (event: KeyboardEvent): void => {
    event.stopPropagation()
    if (event.isComposing) return
    if (event.key === 'Escape') cancelEdit(app)
    else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault()
      void saveEdit(app)
    }
  }
  return html`<div class="editor">
    <textarea
      aria-label="Edit message"
      rows="1"
      maxlength=${MAX_CONTENT}
      .value=${live(editing.text)}
      ${ref(started)}
      @input=${onInput}
      @keydown=${onKey}
    ></textarea>
    ${editing.error ? html`<p class="error" role="alert">${editing.error}</p>` : nothing}
    <p class="editor-keys">
      escape to <button type="button" class="link" @click=${() => cancelEdit(app)}>cancel</button> · enter to
      <button type="button" class="link" @click=${() => void saveEdit(app)}>save</button>
    </p>
  </div>`
}
