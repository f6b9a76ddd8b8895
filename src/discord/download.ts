/** How long a file may take, in milliseconds. */
const PATIENCE = 30_000

/**
 * Fetches a file that Discord names, while it has at most `limit` bytes. `too_large`: it has more, whatever Discord said
 * of it. `unreachable`: it did not come, or not in time.
 */
export const download = async (
  url: string,
  limit: number,
): Promise<Uint8Array | 'too_large' | 'unreachable'> => {
  const abort = new AbortController()
  try {
    const { ok, body } = await fetch(url, {
      redirect: 'error',
      signal: AbortSignal.any([abort.signal, AbortSignal.timeout(PATIENCE)]),
    })
    if (!ok || !body) return 'unreachable'
    const pieces: Uint8Array[] = []
    let size = 0
    for await (const piece of body) {
      size += piece.length
      if (size > limit) return 'too_large'
      pieces.push(piece)
    }
    return Buffer.concat(pieces)
  } catch {
    return 'unreachable'
  } finally {
    abort.abort()
  }
}
