import { nameOf } from '../story/cast.ts'
import type { Head } from '../story/head.ts'
import { type EntityId, NARRATOR } from '../story/ref.ts'

const NARRATOR_NAME = 'Narrator'

/** Who has left the cast has left their name with it. */
const FORGOTTEN_NAME = 'Someone'

/** How an entity is called in prompts. */
export const calledIn =
  ({ state, words }: Pick<Head, 'state' | 'words'>) =>
  (entity: EntityId): string =>
    words.get(nameOf(state.cast, entity) ?? '') ?? (entity === NARRATOR ? NARRATOR_NAME : FORGOTTEN_NAME)
