/** The browser's storage, where it is allowed: a page without it works and remembers nothing. */
const PREFIX = 'skein.'

export const recall = (key: string): string | undefined => {
  try {
    return localStorage.getItem(PREFIX + key) ?? undefined
  } catch {
    return undefined
  }
}

export const remember = (key: string, value: string): void => {
  try {
    localStorage.setItem(PREFIX + key, value)
  } catch {
    // Private windows may refuse.
  }
}

/** Reads a record of strings that `remember` kept as JSON; undefined where there is none. */
export const recallRecord = (key: string): Record<string, string> | undefined => {
  try {
    const value: unknown = JSON.parse(recall(key) ?? 'null')
    if (typeof value !== 'object' || value === null) return undefined
    return Object.fromEntries(
      Object.entries(value).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
    )
  } catch {
    return undefined
  }
}
