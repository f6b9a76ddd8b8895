import { html, nothing, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import { closeModal, setField, submitModal } from '../act/interactions.ts'
import type { Ready } from '../app.ts'
import { avatarOf } from '../avatar.ts'
import { markdown } from '../markdown/render.ts'
import { type Field, modalParts, type Part } from '../modal-fields.ts'
import type { OpenModal } from '../ui.ts'
import { displayName } from '../world.ts'
import type { DialogView } from './dialogs.ts'
import { closeIcon } from './icons.ts'
import { namesFor } from './names.ts'

const control = (app: Ready, field: Field, open: OpenModal): TemplateResult => {
  const id = `field-${field.id}`
  const value = open.values[field.id] ?? ''
  const error = open.errors[field.id]
  const describedBy = [field.hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ')
  const onInput = (event: Event): void => {
    const { target } = event
    if (
      target instanceof HTMLInputElement ||
      target instanceof HTMLTextAreaElement ||
      target instanceof HTMLSelectElement
    ) {
      setField(app, field.id, target.value)
    }
  }
  if (field.kind === 'select') {
    return html`<select
      id=${id}
      aria-describedby=${describedBy || nothing}
      aria-invalid=${error ? 'true' : nothing}
      @input=${onInput}
    >
      <option value="" ?selected=${value === ''}>${field.placeholder}</option>
      ${field.choices.map((choice) => html`<option value=${choice.value} ?selected=${choice.value === value}>${choice.label}</option>`)}
    </select>`
  }
  if (field.kind === 'short') {
    return html`<input
      id=${id}
      type="text"
      autocomplete="off"
      placeholder=${field.placeholder}
      maxlength=${field.maxLength}
      aria-required=${field.required}
      aria-describedby=${describedBy || nothing}
      aria-invalid=${error ? 'true' : nothing}
      .value=${live(value)}
      @input=${onInput}
    />`
  }
  const submitByKey = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void submitModal(app)
  }
  return html`<textarea
    id=${id}
    rows="4"
    placeholder=${field.placeholder}
    maxlength=${field.maxLength}
    aria-required=${field.required}
    aria-describedby=${describedBy || nothing}
    aria-invalid=${error ? 'true' : nothing}
    .value=${live(value)}
    @input=${onInput}
    @keydown=${submitByKey}
  ></textarea>`
}

const fieldView = (app: Ready, field: Field, open: OpenModal): TemplateResult => {
  const id = `field-${field.id}`
  const error = open.errors[field.id]
  const length = (open.values[field.id] ?? '').length
  return html`<div class="modal-field ${error ? 'wrong' : ''}">
    <label for=${id}>${field.label}${field.required ? html`<span class="required" aria-hidden="true"> *</span>` : nothing}</label>
    ${field.hint ? html`<p class="field-hint" id="${id}-hint">${field.hint}</p>` : nothing}
    ${control(app, field, open)}
    <div class="field-foot">
      ${error ? html`<p class="error" id="${id}-error">${error}</p>` : nothing}
      ${field.kind === 'select' ? nothing : html`<span class="count" aria-hidden="true">${length} / ${field.maxLength}</span>`}
    </div>
  </div>`
}

const partView = (app: Ready, part: Part, open: OpenModal): TemplateResult => {
  if ('field' in part) return fieldView(app, part.field, open)
  if ('text' in part) return html`<div>${markdown(part.text, namesFor(app))}</div>`
  return html`<p class="unsupported">[A part of this form is not shown by this page yet.]</p>`
}

/** A form that the bot opened. */
export const modal = (app: Ready, open: OpenModal, dialog: DialogView): TemplateResult => {
  const { bot } = app.world
  const close = (): void => closeModal(app)
  const submit = (event: Event): void => {
    event.preventDefault()
    void submitModal(app)
  }
  return dialog(
    open.modal.title,
    close,
    html`<button type="button" class="plain dialog-close" aria-label="Close" @click=${close}>${closeIcon()}</button>
      <form novalidate @submit=${submit}>
        <div class="dialog-body">
          <p class="modal-from">
            <img src=${avatarOf(bot.user, true)} alt="" width="20" height="20" /> This form goes to
            ${displayName(bot.user)}.
          </p>
          ${modalParts(open.modal).map((part) => partView(app, part, open))}
          ${open.error ? html`<p class="error" role="alert">${open.error}</p>` : nothing}
        </div>
        <div class="dialog-foot">
          <button type="button" class="secondary" @click=${close}>Cancel</button>
          <button type="submit" class="primary" ?disabled=${open.busy}>${open.busy ? 'Sending…' : 'Submit'}</button>
        </div>
      </form>`,
  )
}
