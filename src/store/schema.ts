import type { Selectable } from 'kysely'

/** The tables as migrations leave them. Times are milliseconds since the epoch; `state`, `data` and `witnesses` are JSON. */
export type Tables = {
  stories: StoriesTable
  branches: BranchesTable
  events: EventsTable
  texts: { id: string; story: string; author: string; body: string }
  lines: LinesTable
  /** A branch shows in at most one thread. */
  threads: { channel: string; parent: string; story: string; branch: string }
  /** Discord ids of what was taken in, so that nothing is taken in twice. */
  sources: { id: string; story: string; channel: string | null }
  /** The newest text of each answer whose end may not be visible yet. */
  drafts: { story: string; branch: string; turn: number; text: string }
  posts: PostsTable
}

type StoriesTable = {
  id: string
  guild: string
  last_seq: number
  created_at: number
  updated_at: number
}

type BranchesTable = {
  story: string
  id: string
  head_seq: number
  state: string
  state_version: number
  turn: number
}

type EventsTable = {
  story: string
  seq: number
  branch: string
  turn: number
  alternate: number
  at: number
  actor: string
  type: string
  version: number
  data: string
}

type LinesTable = {
  id: string
  story: string
  branch: string
  turn: number
  alternate: number
  seq: number
  speaker: string
  kind: string
  text: string
  witnesses: string
}

/** Which Discord messages show which turn. */
type PostsTable = {
  message: string
  channel: string
  story: string
  branch: string
  turn: number
  part: number
}

export type Row<T extends keyof Tables> = Selectable<Tables[T]>
