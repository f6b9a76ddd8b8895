import { z } from 'zod'
import { type LocalServer, localServers, notWriters } from './servers.ts'

export type Discovered = {
  readonly name: string
  /** Ends in `/v1`. */
  readonly baseURL: string
  /** As listed, never empty. */
  readonly models: readonly string[]
}

export type DiscoverOptions = {
  readonly servers?: readonly LocalServer[]
  readonly fetch?: typeof fetch
  readonly timeoutMs?: number
}

// Many things answer on these ports: only what lists models as OpenAI does is taken.
const modelList = z.object({
  object: z.literal('list'),
  data: z.array(z.object({ id: z.string().min(1) })),
})

/** The model to use when nobody chose one: the first listed that can write. */
export const chooseModel = (models: readonly string[]): string | undefined =>
  models.find((id) => !notWriters.some((pattern) => pattern.test(id)))

const ask = async (
  { name, port }: LocalServer,
  get: typeof fetch,
  timeoutMs: number,
): Promise<Discovered | undefined> => {
  const baseURL = `http://127.0.0.1:${port}/v1`
  try {
    const response = await get(`${baseURL}/models`, {
      signal: AbortSignal.timeout(timeoutMs),
      redirect: 'error',
    })
    if (!response.ok) return undefined
    const models = modelList.parse(await response.json()).data.map((model) => model.id)
    return chooseModel(models) === undefined ? undefined : { name, baseURL, models }
  } catch {
    return undefined
  }
}

/**
 * Looks on loopback for a server with a model that can write, all ports at once, about 400 ms in all.
 * Of several, the first in the order of the list.
 */
export const discover = async (options: DiscoverOptions = {}): Promise<Discovered | undefined> => {
  const { servers = localServers, fetch: get = fetch, timeoutMs = 400 } = options
  const found = await Promise.all(servers.map((server) => ask(server, get, timeoutMs)))
  return found.find((each) => each !== undefined)
}
