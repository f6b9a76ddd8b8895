/** How long a finger stays to ask for a menu. */
const HOLD_MS = 500
/** Beyond this distance the finger scrolls or selects. */
const STILL_PX = 10

export type Hold = {
  readonly down: (event: PointerEvent, held: () => void) => void
  readonly move: (event: PointerEvent) => void
  readonly end: () => void
}

/** Tells a finger that stays from one that taps or scrolls. Not every browser asks for a menu then by itself. */
export const createHold = (): Hold => {
  let timer: ReturnType<typeof setTimeout> | undefined
  let start = { x: 0, y: 0 }
  const end = (): void => clearTimeout(timer)
  return {
    down(event, held) {
      end()
      if (event.pointerType !== 'touch' || !event.isPrimary) return
      start = { x: event.clientX, y: event.clientY }
      timer = setTimeout(held, HOLD_MS)
    },
    move({ clientX, clientY }) {
      if (Math.hypot(clientX - start.x, clientY - start.y) > STILL_PX) end()
    },
    end,
  }
}
