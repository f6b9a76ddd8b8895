import type { Action } from '../../people/protocol.ts'
import type { Link } from './connection.ts'
import type { Ui } from './ui.ts'
import type { World } from './world.ts'

/** What views read and actions change. A change of any part draws the page again. */
export type App = {
  readonly link: Link
  readonly world: World | undefined
  readonly ui: Ui
  readonly set: (patch: Partial<Ui>) => void
  readonly setWorld: (change: (world: World) => World) => void
  readonly request: (action: Action) => Promise<unknown>
  /** Connects again as someone else. */
  readonly become: (person: string) => void
}

/** An app whose world is known: what all views but the first are given. */
export type Ready = App & { readonly world: World }

export const isReady = (app: App): app is Ready => app.world !== undefined

export const errorText = (error: unknown): string =>
  error instanceof Error ? error.message : 'Something went wrong.'
