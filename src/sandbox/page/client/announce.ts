/** A bot's message that grows by edits is read out once it has stood still for this long. */
const SETTLED_MS = 2_500
const SPOKEN_FOR_MS = 8_000

export type Announcer = {
  /** Reads a new message out; `growing` ones when they have settled. */
  message(id: string, text: string, growing: boolean): void
  /** A message changed: what waits to be read out starts its wait again. */
  edited(id: string, text: string): void
  say(text: string): void
}

/**
 * Speaks through one polite live region. The messages themselves are no live region: each edit of a streamed
 * answer would be read out from its beginning.
 */
export const createAnnouncer = (region: () => HTMLElement | null): Announcer => {
  const waiting = new Map<string, ReturnType<typeof setTimeout>>()

  const say = (text: string): void => {
    const line = document.createElement('p')
    line.textContent = text
    region()?.append(line)
    setTimeout(() => line.remove(), SPOKEN_FOR_MS)
  }

  const later = (id: string, text: string): void => {
    clearTimeout(waiting.get(id))
    const speak = (): void => {
      waiting.delete(id)
      say(text)
    }
    waiting.set(id, setTimeout(speak, SETTLED_MS))
  }

  return {
    say,
    message: (id, text, growing) => (growing ? later(id, text) : say(text)),
    edited: (id, text) => {
      if (waiting.has(id)) later(id, text)
    },
  }
}
