import type { APIMessage } from 'discord-api-types/v10'
import { openMenu } from '../act/message-menu.ts'
import type { Ready } from '../app.ts'
import { createHold } from '../press.ts'
import { logOf } from '../world.ts'
import { isOrdinary } from './message.ts'

/** What has a menu of the browser's own that is worth keeping. */
const OWN_MENU = 'a, img, input, textarea, select'
const PRESSABLE = 'a, button, input, textarea, select, summary, label, page-button, discord-spoiler'

/** Whether an event comes from such an element, within the shadow roots of the library's elements too. */
const within = (event: Event, selector: string): boolean =>
  event.composedPath().some((target) => target instanceof Element && target.matches(selector))

const entryOf = (event: Event): HTMLElement | null =>
  event.target instanceof Element ? event.target.closest<HTMLElement>('.entry[data-id]') : null

/** The message under an event, where a menu can be had for it: what Discord itself says has none. */
const messageAt = (app: Ready, event: Event): APIMessage | undefined => {
  const id = entryOf(event)?.dataset.id
  const { entries } = logOf(app.world, app.ui.channel ?? '')
  const entry = entries.find(({ message }) => message.id === id)
  return entry && !entry.ephemeral && isOrdinary(entry.message) ? entry.message : undefined
}

const selects = (): boolean => document.getSelection()?.isCollapsed === false

const hold = createHold()

/** A right click, and on many phones a finger that stays. Links, pictures and chosen text keep the browser's menu. */
const onContextMenu = (app: Ready, event: MouseEvent): void => {
  const message = messageAt(app, event)
  const mouse = !(event instanceof PointerEvent) || event.pointerType === 'mouse'
  // A finger that stays begins to choose text by itself.
  if (!message || within(event, OWN_MENU) || (mouse && selects())) return
  event.preventDefault()
  hold.end()
  openMenu(app, message, { x: event.clientX, y: event.clientY })
}

const onPointerDown = (app: Ready, event: PointerEvent): void => {
  const message = messageAt(app, event)
  const { clientX: x, clientY: y } = event
  if (message && !within(event, PRESSABLE)) hold.down(event, () => openMenu(app, message, { x, y }))
}

/** A tap shows the message's tools, where there is no hovering. */
const onClick = (app: Ready, event: Event): void => {
  if (app.ui.menu || within(event, PRESSABLE)) return
  if (!window.matchMedia('(hover: none)').matches) return
  const id = entryOf(event)?.dataset.id
  app.set({ active: app.ui.active === id ? undefined : id })
}

/** Moves from message to message, as the arrows do in Discord's list. */
const onArrow = (event: KeyboardEvent): void => {
  if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
  const at = entryOf(event)
  const onList = event.target instanceof Element && event.target.matches('.scroller')
  if (!onList && event.target !== at) return
  const entries = [...document.querySelectorAll<HTMLElement>('.entry[data-id]')]
  const index = at ? entries.indexOf(at) : entries.length
  const next = entries[index + (event.key === 'ArrowUp' ? -1 : 1)]
  if (!next) return
  event.preventDefault()
  next.focus()
}

/** Where the keys open the menu: right of the picture of its author, beneath its first line. */
const BESIDE_PX = 72
const BENEATH_PX = 40

const onMenuKey = (app: Ready, event: KeyboardEvent): void => {
  const asks = event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)
  if (!asks) return
  const message = messageAt(app, event)
  const entry = entryOf(event)
  if (!message || !entry || within(event, 'textarea, input')) return
  event.preventDefault()
  const { left, top, height } = entry.getBoundingClientRect()
  openMenu(app, message, { x: left + BESIDE_PX, y: top + Math.min(height, BENEATH_PX) })
}

/** What the hand does to the list of messages, by mouse, finger and keys. */
export const messagePresses = (app: Ready) => ({
  contextMenu: (event: MouseEvent): void => onContextMenu(app, event),
  down: (event: PointerEvent): void => onPointerDown(app, event),
  move: hold.move,
  end: hold.end,
  click: (event: Event): void => onClick(app, event),
  key: (event: KeyboardEvent): void => {
    onArrow(event)
    onMenuKey(app, event)
  },
})
