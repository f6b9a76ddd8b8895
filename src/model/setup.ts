import { SkeinError } from '../kit/errors.ts'
import type { Logger } from '../kit/logger.ts'
import { RELATED_ROLES, type RoleName, roleNames } from '../story/settings.ts'
import { openaiClient } from './client.ts'
import type { ConnectionSetup } from './connection.ts'
import { chooseModel, discover } from './discover.ts'
import { addressOf, nameOf } from './hosts.ts'

const OPENAI = 'https://api.openai.com/v1'

/** What writes at OpenAI when nobody chose: small, cheap, and good enough to begin with. */
const OPENAI_DEFAULT = 'gpt-4.1-mini'

/** Links of roles, as `connection/model`, the first first. A role without its own has those of `default`. */
export type RoleLinks = Readonly<Partial<Record<RoleName | 'default', readonly string[]>>>

/** `source`: `file` or `settings` where someone chose the models, else what they were found as. */
export type ModelsSetup = {
  readonly connections: readonly ConnectionSetup[]
  readonly roles: Readonly<Record<RoleName, readonly string[]>>
  readonly source: string
}

export type SetupOptions = {
  /** What the file of models says, where there is one. */
  readonly file: { readonly connections: readonly ConnectionSetup[]; readonly roles: RoleLinks } | undefined
  readonly baseURL: string | undefined
  readonly apiKey: string | undefined
  readonly model: string | undefined
  readonly log: Logger
  /** What is used when no model is configured and none is found. */
  readonly improviser: () => Promise<{ baseURL: string; apiKey: string; model: string }>
  readonly find?: typeof discover
}

const everyRole = (links: RoleLinks): ModelsSetup['roles'] =>
  Object.fromEntries(
    roleNames.map((role) => [role, links[role] ?? links[RELATED_ROLES[role] ?? role] ?? links.default ?? []]),
  ) as Record<RoleName, readonly string[]>

const single = (connection: ConnectionSetup, model: string, source: string): ModelsSetup => ({
  connections: [connection],
  roles: everyRole({ default: [`${connection.name}/${model}`] }),
  source,
})

const firstListed = async (url: string, apiKey: string, log: Logger): Promise<string> => {
  const client = openaiClient({ baseURL: url, apiKey, log })
  const { data } = await client.models.list().catch((cause: unknown) => {
    throw new SkeinError(
      'model_unreachable',
      `${addressOf(url)} does not list its models: check OPENAI_BASE_URL and OPENAI_API_KEY, or set SKEIN_NARRATOR_MODEL`,
      {},
      cause,
    )
  })
  const model = chooseModel(data.map(({ id }) => id))
  if (model) return model
  throw new SkeinError(
    'no_model',
    `${addressOf(url)} lists no model that can write: set SKEIN_NARRATOR_MODEL`,
  )
}

/**
 * Which connections there are, and which models are asked in which role: by the file; else the one connection of the
 * settings; else a model server on this machine; else the improviser. Throws `no_model` where a configured server
 * offers none.
 */
export const findModels = async (options: SetupOptions): Promise<ModelsSetup> => {
  const { file, baseURL, apiKey, model, log, improviser, find = discover } = options
  if (file) return { connections: file.connections, roles: everyRole(file.roles), source: 'file' }
  if (baseURL || apiKey) {
    const url = baseURL ?? OPENAI
    const chosen = model ?? (baseURL ? await firstListed(url, apiKey ?? '', log) : OPENAI_DEFAULT)
    return single({ name: nameOf(url), url, key: apiKey ?? '' }, chosen, 'settings')
  }
  const found = await find()
  const chosen = found && (model ?? chooseModel(found.models))
  if (found && chosen) {
    const name = found.name.toLowerCase().replace(/[^a-z0-9]/g, '')
    return single({ name, url: found.baseURL, key: '' }, chosen, found.name)
  }
  const own = await improviser()
  return single({ name: 'improviser', url: own.baseURL, key: own.apiKey }, own.model, 'improviser')
}
