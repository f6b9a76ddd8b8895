/** Text that arrives piece by piece. Every reader gets all of it from the start; slow readers hold nothing up. */
export type Deltas = {
  push(text: string): void
  end(): void
  readonly iterable: AsyncIterable<string>
  text(): string
}

export const deltas = (): Deltas => {
  const parts: string[] = []
  let ended = false
  let waiting: (() => void)[] = []

  const wake = () => {
    const all = waiting
    waiting = []
    for (const resolve of all) resolve()
  }

  async function* read() {
    for (let next = 0; ; next += 1) {
      while (next >= parts.length && !ended) await new Promise<void>((resolve) => waiting.push(resolve))
      const part = parts[next]
      if (part === undefined) return
      yield part
    }
  }

  return {
    push(text) {
      if (text === '' || ended) return
      parts.push(text)
      wake()
    },
    end() {
      ended = true
      wake()
    },
    iterable: { [Symbol.asyncIterator]: read },
    text: () => parts.join(''),
  }
}
