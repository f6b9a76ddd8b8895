import type { Suggest, Suggestion } from '../../src/discord/command.ts'
import { suggestions } from '../../src/discord/names.ts'
import { roleNames } from '../../src/story/settings.ts'
import type { ModelDirectory } from '../../src/turn/ports/models.ts'

/** How much of a link is shown. */
export const LINK_ROOM = 100

/** The longest value that Discord takes for a suggestion. */
const VALUE_LIMIT = 100

/** A link by its parts. A model's name may have slashes in it, a connection's has none. */
export const partsOf = (link: string): { readonly connection: string; readonly model: string } => {
  const [connection = '', ...model] = link.split('/')
  return { connection, model: model.join('/') }
}

/** Every link that is known: those that are asked in some role, then what the connections list. */
export const linksIn = (models: Pick<ModelDirectory, 'connections' | 'chainOf'>): string[] => [
  ...new Set([
    ...roleNames.flatMap((role) => models.chainOf(role)),
    ...models.connections().flatMap(({ name, models: listed }) => listed.map((model) => `${name}/${model}`)),
  ]),
]

/** What to suggest of some names while one is typed. `limit`: the longest that can be. */
export const suggesting = (names: readonly string[], typed: string, limit = VALUE_LIMIT): Suggestion[] =>
  suggestions(
    names
      .filter((name) => name.length <= Math.min(limit, VALUE_LIMIT))
      .map((name) => ({ id: name, label: name })),
    typed,
  )

/** Suggests links of which none is longer than `limit`. */
export const suggestingLinks =
  (limit: number): Suggest =>
  async (_interaction, typed, { models }) =>
    suggesting(linksIn(models), typed, limit)

/** Suggests every link that Discord takes. */
export const suggestLink = suggestingLinks(VALUE_LIMIT)
