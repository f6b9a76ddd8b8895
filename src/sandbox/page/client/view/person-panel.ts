import { html, nothing, type TemplateResult } from 'lit'
import type { Welcome } from '../../../people/protocol.ts'
import type { Ready } from '../app.ts'
import { avatarOf } from '../avatar.ts'
import { focusWithin } from '../focus.ts'
import { displayName } from '../world.ts'
import { checkIcon, switchIcon } from './icons.ts'
import { moveInMenu } from './menu-keys.ts'

const row = (person: Welcome['people'][number]): TemplateResult => html`
  <img src=${avatarOf(person, false)} alt="" width="32" height="32" />
  <span class="person-text">
    <span class="person-name">${displayName(person)}</span>
    <span class="person-role">${person.roleLabel}</span>
  </span>
`

const menu = (app: Ready): TemplateResult => {
  const close = (): void => {
    app.set({ peopleMenu: false })
    document.getElementById('person')?.focus()
  }
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') close()
    else if (event.key === 'Tab') app.set({ peopleMenu: false })
    else if (!(event.currentTarget instanceof Element) || !moveInMenu(event.currentTarget, event.key)) return
    if (event.key !== 'Tab') event.preventDefault()
    event.stopPropagation()
  }
  const choose = (id: string): void => {
    close()
    if (id !== app.world.me.id) app.become(id)
  }
  return html`<div class="people-menu" id="people-menu" role="menu" aria-label="Be someone else" @keydown=${onKey}>
    <p class="section" role="presentation">Be someone else</p>
    ${app.world.people.map(
      (person) => html`<button
        type="button"
        class="person"
        role="menuitemradio"
        aria-checked=${person.id === app.world.me.id}
        @click=${() => choose(person.id)}
      >
        ${row(person)} ${person.id === app.world.me.id ? checkIcon() : nothing}
      </button>`,
    )}
    <p class="hint">Open this page in a second tab to be two people at once.</p>
  </div>`
}

/** Who the person is, and the way to be someone else. */
export const personPanel = (app: Ready): TemplateResult => {
  const toggle = (): void => {
    app.set({ peopleMenu: !app.ui.peopleMenu })
    if (app.ui.peopleMenu) focusWithin('people-menu', '[role^=menuitem]')
  }
  return html`<div class="panel">
    ${app.ui.peopleMenu ? menu(app) : nothing}
    <button
      type="button"
      id="person"
      class="person"
      aria-haspopup="menu"
      aria-expanded=${app.ui.peopleMenu}
      aria-label="You are ${displayName(app.world.me)}, ${app.world.me.roleLabel}. Be someone else"
      @click=${toggle}
    >
      ${row(app.world.me)} ${switchIcon()}
    </button>
  </div>`
}
