import { html, nothing, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import { ref } from 'lit/directives/ref.js'
import type { SeenChannel } from '../../../people/protocol.ts'
import { pickCommand, pickerRows } from '../act/commands.ts'
import { draftOf, editLast, MAX_CONTENT, sendDraft, setDraft } from '../act/messages.ts'
import type { Ready } from '../app.ts'
import { isDirect, markedName } from '../channels.ts'
import { keepInView } from '../focus.ts'
import { displayName, userById } from '../world.ts'
import { fitTo } from './fit-height.ts'
import { closeIcon, sendIcon } from './icons.ts'
import { optionForm } from './option-form.ts'
import { picker, rowId } from './picker.ts'
import { suggestions } from './suggestions.ts'

/** The remaining characters show when no more than this many are left. */
const COUNT_FROM = 200

const onPickerKey = (app: Ready, event: KeyboardEvent): boolean => {
  const rows = pickerRows(app)
  if (!rows) return false
  const { index } = app.ui.pick
  const row = rows[index]
  const move = (step: 1 | -1): void => {
    const next = (index + step + rows.length) % rows.length
    app.set({ pick: { index: next, closed: false } })
    keepInView(rowId(next))
  }
  if (event.key === 'Escape') app.set({ pick: { index: 0, closed: true } })
  else if (rows.length === 0 || !row) return false
  else if (event.key === 'ArrowDown') move(1)
  else if (event.key === 'ArrowUp') move(-1)
  else if (event.key === 'Tab' && event.shiftKey) return false
  else if (event.key === 'Enter' || event.key === 'Tab') pickCommand(app, row)
  else return false
  event.preventDefault()
  return true
}

const onKey = (app: Ready, event: KeyboardEvent): void => {
  if (event.isComposing || onPickerKey(app, event)) return
  const touch = window.matchMedia('(pointer: coarse)').matches
  if (event.key === 'Enter' && !event.shiftKey && !touch) {
    event.preventDefault()
    void sendDraft(app)
  } else if (event.key === 'ArrowUp' && draftOf(app) === '') {
    event.preventDefault()
    editLast(app)
  } else if (event.key === 'Escape' && app.ui.reply) {
    app.set({ reply: undefined })
  }
}

const replyBar = (app: Ready): TemplateResult | typeof nothing => {
  const { reply } = app.ui
  if (!reply) return nothing
  return html`<div class="reply-bar">
    <span>Replying to <strong>${displayName(reply.author)}</strong></span>
    <button type="button" class="plain" aria-label="Stop replying" @click=${() => app.set({ reply: undefined })}>
      ${closeIcon()}
    </button>
  </div>`
}

/** Who is writing, in a line that is always there so that nothing moves. */
const typingLine = (app: Ready): TemplateResult => {
  const names = app.world.typing
    .filter(({ channel, user }) => channel === app.ui.channel && user !== app.world.me.id)
    .map(({ user }) => {
      const known = userById(app.world, user)
      return known ? displayName(known) : 'Someone'
    })
  const [first, second] = names
  const who =
    names.length === 1
      ? html`<strong>${first}</strong> is`
      : html`<strong>${first}</strong> and <strong>${second}</strong> are`
  return html`<p class="typing">
    ${
      names.length === 0
        ? nothing
        : html`<span class="dots" aria-hidden="true"><i></i><i></i><i></i></span> ${
            names.length > 2 ? 'Several people are' : who
          } typing…`
    }
  </p>`
}

const field = (app: Ready, label: string): TemplateResult => {
  const draft = draftOf(app)
  const rows = pickerRows(app)
  const left = MAX_CONTENT - draft.length
  const onInput = (event: Event): void => {
    if (event.target instanceof HTMLTextAreaElement) setDraft(app, event.target.value)
  }
  const submit = (event: Event): void => {
    event.preventDefault()
    const row = rows?.[app.ui.pick.index]
    if (row) pickCommand(app, row)
    else void sendDraft(app)
  }
  return html`<form class="field" @submit=${submit}>
    <textarea
      id="composer"
      rows="1"
      placeholder=${label}
      aria-label=${label}
      aria-describedby=${app.ui.composerError ? 'composer-error' : nothing}
      aria-haspopup="listbox"
      aria-autocomplete="list"
      aria-controls=${rows ? 'picker' : nothing}
      aria-activedescendant=${rows && rows.length > 0 ? rowId(app.ui.pick.index) : nothing}
      .value=${live(draft)}
      ${ref(fitTo(draft))}
      @input=${onInput}
      @keydown=${(event: KeyboardEvent) => onKey(app, event)}
    ></textarea>
    ${left <= COUNT_FROM ? html`<span class="left ${left < 0 ? 'over' : ''}">${left}</span>` : nothing}
    <button type="submit" class="plain send" aria-label="Send" ?disabled=${draft.trim() === ''}>
      ${sendIcon()}
    </button>
  </form>`
}

const noSending = (app: Ready, channel: SeenChannel): string =>
  isDirect(channel)
    ? `${displayName(app.world.bot.user)} does not read direct messages. Write to it in a story’s thread.`
    : 'You do not have permission to send messages in this channel.'

/** Where the person writes: text, or a slash command and its options. */
export const composer = (app: Ready): TemplateResult => {
  const channel = app.world.channels.get(app.ui.channel ?? '')
  const { composerError, command } = app.ui
  const place = channel ? markedName(channel) : ''
  const inside = command
    ? optionForm(app, command)
    : channel && !channel.canSend
      ? html`<p class="no-sending">${noSending(app, channel)}</p>`
      : field(app, `Message ${place}`)
  return html`<div class="composer">
    ${picker(app)} ${suggestions(app)}
    ${composerError ? html`<p class="error" id="composer-error" role="alert">${composerError}</p>` : nothing}
    ${replyBar(app)} ${inside} ${typingLine(app)}
  </div>`
}
