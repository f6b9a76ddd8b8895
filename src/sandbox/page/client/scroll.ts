/** Within this distance of the end, the reader counts as being at the end. */
const END_PX = 32
/** Within this distance of the start, older messages are fetched. */
const START_PX = 240

export type Scroll = {
  /** Call after each drawing: takes up the scroller and stays at the end where the reader was there. */
  drawn(): void
  toEnd(): void
  readonly atEnd: boolean
}

/**
 * Keeps the reader's place. At the end, the view follows what grows; further up, it stays put (the browser's own
 * scroll anchoring holds it while messages above change).
 */
export const createScroll = (
  find: () => HTMLElement | null,
  on: { readonly atEnd: () => void; readonly nearStart: () => void },
): Scroll => {
  let scroller: HTMLElement | null = null
  let atEnd = true
  let lastTop = 0

  const follow = (): void => {
    if (scroller && atEnd) scroller.scrollTop = scroller.scrollHeight
  }

  // Components draw themselves after the page did, and windows change size: both move the end.
  const observer = new ResizeObserver(follow)

  const onScroll = (): void => {
    if (!scroller) return
    const wasAtEnd = atEnd
    const { scrollTop, scrollHeight, clientHeight } = scroller
    const nearEnd = scrollHeight - scrollTop - clientHeight <= END_PX
    // Only a move upwards leaves the end: the end itself may have moved away before this was called.
    if (nearEnd || scrollTop < lastTop) atEnd = nearEnd
    lastTop = scrollTop
    if (atEnd && !wasAtEnd) on.atEnd()
    if (scrollTop < START_PX && scrollHeight > clientHeight) {
      // Browsers do not anchor at the very top: older messages would push the reader down.
      if (scrollTop === 0) scroller.scrollTop = 1
      on.nearStart()
    }
  }

  return {
    drawn() {
      const found = find()
      if (found !== scroller) {
        observer.disconnect()
        scroller?.removeEventListener('scroll', onScroll)
        scroller = found
        atEnd = true
        if (found) {
          found.addEventListener('scroll', onScroll, { passive: true })
          observer.observe(found)
          for (const child of found.children) observer.observe(child)
        }
      }
      follow()
    },
    toEnd() {
      atEnd = true
      follow()
    },
    get atEnd() {
      return atEnd
    },
  }
}
