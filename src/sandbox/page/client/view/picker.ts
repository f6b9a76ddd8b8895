import { html, nothing, type TemplateResult } from 'lit'
import { pickCommand, pickerRows } from '../act/commands.ts'
import type { Ready } from '../app.ts'
import { avatarOf } from '../avatar.ts'
import type { Leaf } from '../commands.ts'
import { displayName } from '../world.ts'

export const rowId = (index: number): string => `pick-${index}`

const optionsNote = (leaf: Leaf): string =>
  leaf.options.map((option) => (option.required ? option.name : `[${option.name}]`)).join(' ')

/** The commands that fit what was typed after the slash. */
export const picker = (app: Ready): TemplateResult | typeof nothing => {
  const rows = pickerRows(app)
  if (!rows) return nothing
  const { bot } = app.world
  const none =
    app.world.commands.length === 0
      ? 'No commands are registered yet.'
      : 'No command matches. Enter sends it as text.'
  // Pressing must not take the focus from the composer.
  const keepFocus = (event: Event): void => event.preventDefault()
  return html`<div class="picker" @mousedown=${keepFocus}>
    <p class="picker-title">
      <img src=${avatarOf(bot.user, true)} alt="" width="20" height="20" />
      ${rows.length === 0 ? none : displayName(bot.user)}
      <span class="picker-keys">↑ ↓ to choose · Enter to take · Esc to close</span>
    </p>
    <div id="picker" role="listbox" aria-label="Commands">
      ${rows.map((leaf, index) => {
        const chosen = index === app.ui.pick.index
        return html`<div
          id=${rowId(index)}
          class="pick ${chosen ? 'chosen' : ''}"
          role="option"
          aria-selected=${chosen}
          @mousemove=${() => chosen || app.set({ pick: { index, closed: false } })}
          @click=${() => pickCommand(app, leaf)}
        >
          <span class="pick-name">/${leaf.name} <span class="pick-options">${optionsNote(leaf)}</span></span>
          <span class="pick-text">${leaf.description}</span>
        </div>`
      })}
    </div>
  </div>`
}
