/** Focus moves after the page has been drawn: what is to be focused may not be there yet. */
const afterDraw = (act: () => void): void => {
  requestAnimationFrame(() => requestAnimationFrame(act))
}

const focusElement = (id: string): void => afterDraw(() => document.getElementById(id)?.focus())

export const focusField = (id: string): void => focusElement(id)

export const focusComposer = (): void => focusElement('composer')

export const messageElementId = (message: string): string => `message-${message}`

/** Shows a message and flashes it, as Discord does when a reply's heading is followed. */
export const focusMessage = (message: string): void => {
  const element = document.getElementById(messageElementId(message))
  if (!element) return
  element.scrollIntoView({ block: 'center' })
  element.focus({ preventScroll: true })
  element.classList.add('flash')
  setTimeout(() => element.classList.remove('flash'), 1_600)
}
