import type { Clock } from '../kit/clock.ts'
import { SkeinError } from '../kit/errors.ts'
import type { Logger } from '../kit/logger.ts'
import type { Model } from '../turn/ports.ts'
import { openaiClient } from './client.ts'
import { chooseModel, discover } from './discover.ts'
import { openaiModel } from './openai.ts'

const OPENAI = 'https://api.openai.com/v1'

/** What writes at OpenAI when nobody chose: small, cheap, and good enough to begin with. */
const OPENAI_DEFAULT = 'gpt-4.1-mini'

export type Endpoint = { readonly baseURL: string; readonly apiKey: string; readonly model: string }

/** `source`: `settings` where someone chose it, else what it was found as. */
export type Connection = { readonly model: Model; readonly source: string }

export type ConnectOptions = {
  readonly baseURL: string | undefined
  readonly apiKey: string | undefined
  readonly model: string | undefined
  readonly clock: Clock
  readonly log: Logger
  /** What is used when no model is configured and none is found. */
  readonly fallback: () => Promise<Endpoint>
  readonly find?: typeof discover
}

const firstListed = async (baseURL: string, apiKey: string, log: Logger): Promise<string> => {
  const client = openaiClient({ baseURL, apiKey, log })
  const { data } = await client.models.list().catch((cause: unknown) => {
    throw new SkeinError(
      'model_unreachable',
      `${baseURL} does not list its models: check OPENAI_BASE_URL and OPENAI_API_KEY, or set SKEIN_NARRATOR_MODEL`,
      {},
      cause,
    )
  })
  const model = chooseModel(data.map(({ id }) => id))
  if (model) return model
  throw new SkeinError('no_model', `${baseURL} lists no model that can write: set SKEIN_NARRATOR_MODEL`)
}

/**
 * The model that writes: the one configured; else the first of a model server on this machine; else the fallback.
 * Throws `no_model` where a configured server offers none.
 */
export const connectModel = async (options: ConnectOptions): Promise<Connection> => {
  const { baseURL, apiKey, model, clock, log, fallback, find = discover } = options
  const over = (endpoint: Endpoint) => openaiModel({ ...endpoint, clock, log })
  if (baseURL || apiKey) {
    const endpoint = { baseURL: baseURL ?? OPENAI, apiKey: apiKey ?? 'none' }
    const chosen =
      model ?? (baseURL ? await firstListed(endpoint.baseURL, endpoint.apiKey, log) : OPENAI_DEFAULT)
    return { model: over({ ...endpoint, model: chosen }), source: 'settings' }
  }
  const found = await find()
  const chosen = found && (model ?? chooseModel(found.models))
  if (found && chosen)
    return { model: over({ baseURL: found.baseURL, apiKey: 'none', model: chosen }), source: found.name }
  return { model: over(await fallback()), source: 'improviser' }
}
