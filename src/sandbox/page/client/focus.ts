/** Focus moves after the page has been drawn: what is to be focused may not be there yet. */
const afterDraw = (act: () => void): void => {
  requestAnimationFrame(() => requestAnimationFrame(act))
}

const focusElement = (id: string): void => afterDraw(() => document.getElementById(id)?.focus())

export const focusField = (id: string): void => focusElement(id)

/** Scrolls a list as far as it takes to see one of its rows, whose place the keys have moved to. */
export const keepInView = (id: string): void =>
  afterDraw(() => document.getElementById(id)?.scrollIntoView({ block: 'nearest' }))

export const focusComposer = (): void => focusElement('composer')

/** Focuses the first element that a selector finds within another. */
export const focusWithin = (id: string, selector: string): void =>
  afterDraw(() => document.getElementById(id)?.querySelector<HTMLElement>(selector)?.focus())

export const messageElementId = (message: string): string => `message-${message}`

/** Gives the focus back to a message when what had it is gone, and nothing else has taken it. */
export const focusEntry = (message: string): void =>
  afterDraw(() => {
    if (document.activeElement !== document.body) return
    document.getElementById(messageElementId(message))?.focus({ preventScroll: true })
  })

/** Shows a message and flashes it, as Discord does when a reply's heading is followed. */
export const focusMessage = (message: string): void => {
  const element = document.getElementById(messageElementId(message))
  if (!element) return
  element.scrollIntoView({ block: 'center' })
  element.focus({ preventScroll: true })
  element.classList.add('flash')
  setTimeout(() => element.classList.remove('flash'), 1_600)
}
