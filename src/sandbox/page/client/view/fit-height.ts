/** Makes a text area as tall as its text; the style sheet says how tall it may get. */
export const fitHeight = (area: HTMLTextAreaElement): void => {
  area.style.height = 'auto'
  // The border is not part of scrollHeight.
  area.style.height = `${area.scrollHeight + area.offsetHeight - area.clientHeight}px`
}

const fitted = new WeakMap<HTMLTextAreaElement, string>()

/** The same after a drawing, for text that was not typed; measuring is saved where the text is the same. */
export const fitTo =
  (text: string) =>
  (element: Element | undefined): void => {
    if (!(element instanceof HTMLTextAreaElement) || fitted.get(element) === text) return
    fitted.set(element, text)
    requestAnimationFrame(() => fitHeight(element))
  }
