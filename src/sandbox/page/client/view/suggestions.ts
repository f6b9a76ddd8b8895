import {
  type APIApplicationCommandBasicOption,
  ApplicationCommandOptionType as Kind,
} from 'discord-api-types/v10'
import { html, nothing, type TemplateResult } from 'lit'
import {
  closeSuggestions,
  moveSuggestion,
  openSuggestions,
  type Suggestions,
  suggestionId,
  suggestionsFor,
  takeSuggestion,
} from '../act/suggest.ts'
import type { Ready } from '../app.ts'

export const SUGGESTIONS_ID = 'suggestions'

const onKey = (app: Ready, option: string, event: KeyboardEvent): void => {
  if (event.isComposing) return
  const shown = suggestionsFor(app, option)
  const highlighted = shown?.rows[app.ui.suggesting?.index ?? -1]
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    if (shown) moveSuggestion(app, event.key === 'ArrowDown' ? 1 : -1)
    else openSuggestions(app, option)
  } else if (event.key === 'Escape' && shown) {
    // The next Escape is the form's.
    event.stopPropagation()
    closeSuggestions(app)
  } else if (event.key === 'Enter' && highlighted) takeSuggestion(app, option, highlighted)
  else return
  event.preventDefault()
}

/** What a text field needs to propose choices while it is typed: its state, and what its events do. */
export const suggestionField = (app: Ready, option: string) => {
  const shown = suggestionsFor(app, option)
  const index = app.ui.suggesting?.index ?? -1
  return {
    open: shown !== undefined,
    active: shown?.rows[index] ? suggestionId(index) : undefined,
    input: (): void => openSuggestions(app, option),
    focus: (): void => openSuggestions(app, option),
    blur: (): void => closeSuggestions(app),
    key: (event: KeyboardEvent): void => onKey(app, option, event),
  }
}

const note = (
  option: APIApplicationCommandBasicOption,
  { rows, pending }: Suggestions,
): TemplateResult | string | typeof nothing => {
  if (rows.length > 0) return nothing
  if (pending) return html`<span class="spinner"></span>Looking for choices…`
  return option.type === Kind.String ? 'No choice fits. Your text is taken as it is.' : 'No choice fits.'
}

/** The choices that the bot proposes for the field in focus. */
export const suggestions = (app: Ready): TemplateResult | typeof nothing => {
  const { command, suggesting } = app.ui
  const option = command?.leaf.options.find(({ name }) => name === suggesting?.option)
  const shown = option && suggestionsFor(app, option.name)
  if (!option || !shown || !suggesting) return nothing
  // Pressing must not take the focus from the field.
  const keepFocus = (event: Event): void => event.preventDefault()
  return html`<div class="picker suggestions" @mousedown=${keepFocus}>
    <p class="picker-title">
      Choices for ${option.name}
      <span class="picker-keys">↑ ↓ to choose · Enter to take · Esc to close</span>
    </p>
    <p class="picker-note" role="status">${note(option, shown)}</p>
    <div
      id=${SUGGESTIONS_ID}
      class=${shown.pending ? 'pending' : ''}
      role="listbox"
      aria-label="Choices for ${option.name}"
      aria-busy=${shown.pending}
    >
      ${shown.rows.map(
        (choice, index) => html`<div
          id=${suggestionId(index)}
          class="pick ${index === suggesting.index ? 'chosen' : ''}"
          role="option"
          aria-selected=${index === suggesting.index}
          @click=${() => takeSuggestion(app, option.name, choice)}
        >
          <span class="pick-name">${choice.name}</span>
        </div>`,
      )}
    </div>
  </div>`
}
