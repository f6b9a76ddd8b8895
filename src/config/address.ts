import { z } from 'zod'

/**
 * The address of a server that is asked with a key, in which no key may stand: addresses are logged. Takes what is said
 * where it is no address, and where it holds one; neither repeats it.
 */
export const addressWithoutKey = (noAddress: string, holdsKey: string) =>
  z.url({ protocol: /^https?$/, error: noAddress, abort: true }).refine((address) => {
    const { username, password, search, hash } = new URL(address)
    return [username, password, search, hash].every((part) => part === '')
  }, holdsKey)
