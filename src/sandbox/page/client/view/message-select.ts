import type { APIMessage, APISelectMenuOption, APIStringSelectComponent } from 'discord-api-types/v10'
import { html, type TemplateResult } from 'lit'
import { choose, clickKey } from '../act/interactions.ts'
import type { Ready } from '../app.ts'
import { emojiText } from '../format.ts'
import { foldIcon } from './icons.ts'

const PLACEHOLDER = 'Make a selection'

type Menu = Pick<APIStringSelectComponent, 'min_values' | 'max_values'>

const boundsOf = ({ min_values, max_values }: Menu) => ({ min: min_values ?? 1, max: max_values ?? 1 })

const labelOf = ({ emoji, label, description }: APISelectMenuOption): string =>
  `${emoji ? `${emojiText(emoji)} ` : ''}${label}${description ? ` — ${description}` : ''}`

/** How many are wanted, in words. */
const wanted = ({ min, max }: { min: number; max: number }): string => {
  if (min === max) return `Choose ${min}.`
  return min === 0 ? `Choose up to ${max}.` : `Choose ${min} to ${max}.`
}

/** A list of which one is chosen: the choice answers at once. */
const selectOne = (app: Ready, message: APIMessage, data: APIStringSelectComponent): TemplateResult => {
  const { min } = boundsOf(data)
  const waiting = app.ui.clicked.has(clickKey(message.id, data.custom_id))
  const name = data.placeholder ?? PLACEHOLDER
  const onChange = ({ target }: Event): void => {
    if (!(target instanceof HTMLSelectElement)) return
    const values = target.value === '' ? [] : [target.value]
    if (values.length >= min) void choose(app, message, data.custom_id, values)
  }
  return html`<select
    class="select ${waiting ? 'waiting' : ''}"
    aria-label=${name}
    aria-busy=${waiting}
    ?disabled=${data.disabled ?? false}
    @change=${onChange}
  >
    <option value="">${name}</option>
    ${data.options.map(
      (option) =>
        html`<option value=${option.value} ?selected=${option.default ?? false}>${labelOf(option)}</option>`,
    )}
  </select>`
}

const chosenIn = (form: HTMLFormElement): string[] => new FormData(form).getAll('choice').map(String)

/** A list of which several can be chosen: it folds out, and a button sends the choice. */
const selectSeveral = (app: Ready, message: APIMessage, data: APIStringSelectComponent): TemplateResult => {
  const bounds = boundsOf(data)
  const waiting = app.ui.clicked.has(clickKey(message.id, data.custom_id))
  const name = data.placeholder ?? PLACEHOLDER
  if (data.disabled) return html`<div class="select disabled" aria-disabled="true">${name}</div>`
  const fits = (count: number): boolean => count >= bounds.min && count <= bounds.max
  const before = data.options.filter((option) => option.default)
  const onChange = ({ currentTarget }: Event): void => {
    if (!(currentTarget instanceof HTMLFormElement)) return
    const done = currentTarget.querySelector('button')
    if (done) done.disabled = !fits(chosenIn(currentTarget).length)
  }
  const onSubmit = (event: Event): void => {
    event.preventDefault()
    if (!(event.currentTarget instanceof HTMLFormElement)) return
    event.currentTarget.closest('details')?.removeAttribute('open')
    void choose(app, message, data.custom_id, chosenIn(event.currentTarget))
  }
  return html`<details class="select-several ${waiting ? 'waiting' : ''}">
    <summary class="select" aria-busy=${waiting}>
      <span>${before.map(({ label }) => label).join(', ') || name}</span> ${foldIcon()}
    </summary>
    <form aria-label=${name} @submit=${onSubmit} @change=${onChange}>
      ${data.options.map(
        (option) => html`<label class="several-option">
          <input type="checkbox" name="choice" value=${option.value} ?checked=${option.default ?? false} />
          <span>${labelOf(option)}</span>
        </label>`,
      )}
      <div class="several-foot">
        <p class="wanted">${wanted(bounds)}</p>
        <button type="submit" class="primary" ?disabled=${!fits(before.length)}>Done</button>
      </div>
    </form>
  </details>`
}

/** A select menu of a message. */
export const messageSelect = (
  app: Ready,
  message: APIMessage,
  data: APIStringSelectComponent,
): TemplateResult =>
  boundsOf(data).max > 1 ? selectSeveral(app, message, data) : selectOne(app, message, data)
