import { html, nothing, type TemplateResult } from 'lit'
import { styleMap } from 'lit/directives/style-map.js'
import { closeMenu, MENU_ID, runMessageCommand, showApps } from '../act/message-menu.ts'
import type { Ready } from '../app.ts'
import { avatarOf } from '../avatar.ts'
import { isDirect } from '../channels.ts'
import { messageCommandsOf } from '../commands.ts'
import type { MessageMenu } from '../ui.ts'
import { displayName } from '../world.ts'
import { appsIcon, backIcon, forwardIcon } from './icons.ts'
import { moveInMenu } from './menu-keys.ts'
import { type MessageAction, messageActions } from './message-actions.ts'

const WIDTH = 232
const MARGIN = 8

/** Beside the point, on the side where the window has more room. A phone's style sheet takes no notice of it. */
const placeAt = ({ x, y }: MessageMenu['at']): Record<string, string> => {
  const { innerWidth, innerHeight } = window
  const left = Math.max(MARGIN, Math.min(x, innerWidth - WIDTH - MARGIN))
  const below = y < innerHeight / 2
  return {
    '--left': `${left}px`,
    '--width': `${WIDTH}px`,
    '--top': below ? `${y}px` : 'auto',
    '--bottom': below ? 'auto' : `${innerHeight - y}px`,
    '--height': `${(below ? innerHeight - y : y) - MARGIN}px`,
  }
}

const actionItem = (app: Ready, { label, icon, act, danger }: MessageAction): TemplateResult => {
  const choose = (): void => {
    closeMenu(app)
    act()
  }
  return html`<button type="button" class="item ${danger ? 'danger' : ''}" role="menuitem" @click=${choose}>
    <span>${label}</span> ${icon}
  </button>`
}

/** Apps' commands are for the server's channels. */
const hasApps = ({ world }: Ready, { channel_id }: MessageMenu['message']): boolean => {
  const channel = world.channels.get(channel_id)
  return channel !== undefined && !isDirect(channel) && messageCommandsOf(world.commands).length > 0
}

const actionsPage = (app: Ready, { message }: MessageMenu): TemplateResult => html`
  ${messageActions(app, message).map((action) => actionItem(app, action))}
  ${
    hasApps(app, message)
      ? html`<hr />
          <button type="button" class="item" role="menuitem" aria-haspopup="menu" @click=${() => showApps(app, true)}>
            ${appsIcon()} <span>Apps</span> ${forwardIcon()}
          </button>`
      : nothing
  }
`

const appsPage = (app: Ready, { message }: MessageMenu): TemplateResult => {
  const { bot } = app.world
  return html`<button
      type="button"
      class="item back"
      role="menuitem"
      aria-label="Back from apps"
      @click=${() => showApps(app, false)}
    >
      ${backIcon()} <span>Apps</span>
    </button>
    <hr />
    ${messageCommandsOf(app.world.commands).map(
      (name) => html`<button
        type="button"
        class="item"
        role="menuitem"
        @click=${() => void runMessageCommand(app, message, name)}
      >
        <img src=${avatarOf(bot.user, true)} alt="" width="20" height="20" /> <span>${name}</span>
      </button>`,
    )}`
}

/** The finger that held a message opens the menu under itself: only a press that began in the menu counts. */
const pressed = new WeakSet<EventTarget>()

/** One item is lit at a time, whether by the keys or by the mouse. */
const onPoint = ({ target, pointerType }: PointerEvent): void => {
  const item = target instanceof Element ? target.closest<HTMLElement>('[role=menuitem]') : null
  if (pointerType === 'mouse' && !item?.matches(':focus')) item?.focus()
}

/** What can be done with one message, with the apps' commands on a page of their own. */
export const messageMenu = (app: Ready): TemplateResult | typeof nothing => {
  const { menu } = app.ui
  if (!menu) return nothing
  const close = (): void => closeMenu(app)
  const onKey = (event: KeyboardEvent): void => {
    const { currentTarget, target, key } = event
    if (!(currentTarget instanceof Element) || !(target instanceof Element)) return
    const opens = key === 'ArrowRight' && target.matches('[aria-haspopup]')
    if (opens) showApps(app, true)
    else if (menu.apps && (key === 'ArrowLeft' || key === 'Escape')) showApps(app, false)
    else if (key === 'Escape' || key === 'Tab') close()
    else if (!moveInMenu(currentTarget, key)) return
    event.preventDefault()
    event.stopPropagation()
  }
  const onPress = ({ currentTarget }: Event): void => {
    if (currentTarget) pressed.add(currentTarget)
  }
  const onClick = {
    capture: true,
    handleEvent: (event: MouseEvent): void => {
      const byKey = event.detail === 0
      const ours = event.currentTarget !== null && pressed.has(event.currentTarget)
      if (!byKey && !ours) event.stopPropagation()
    },
  }
  const noMenu = (event: Event): void => event.preventDefault()
  return html`<div class="menu-layer" @pointerdown=${onPress} @click=${onClick} @contextmenu=${noMenu}>
    <div class="menu-ground" @click=${close}></div>
    <div
      class="message-menu"
      id=${MENU_ID}
      role="menu"
      tabindex="-1"
      aria-label=${menu.apps ? 'Apps' : `Message by ${displayName(menu.message.author)}`}
      style=${styleMap(placeAt(menu.at))}
      @keydown=${onKey}
      @pointermove=${onPoint}
    >
      ${menu.apps ? appsPage(app, menu) : actionsPage(app, menu)}
    </div>
  </div>`
}
