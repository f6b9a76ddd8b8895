import type { Selectable } from 'kysely'

/** The tables as migrations leave them. Times are milliseconds since the epoch. */
export type Tables = {
  stories: StoriesTable
  branches: BranchesTable
  strands: { story: string; id: number; parent: number | null; fork_seq: number; tip: number }
  /** What a strand sees of each of its ancestors and of itself, written once when it begins. */
  lineage: { story: string; strand: number; ancestor: number; upto: number }
  events: EventsTable
  /** Where each turn opened, and which alternate of the one before was in force. */
  turns: { story: string; strand: number; turn: number; seq: number; id: string; after: number }
  checkpoints: CheckpointsTable
  texts: { story: string; id: string; author: string; body: string }
  lines: LinesTable
  memories: MemoriesTable
  facts: Placed & { id: string; owner: string; text: string; cites: string }
  /** A line or a memory that is hidden wherever this row is visible. */
  replaced: Placed & { target: string }
  /** Whose memories and facts of before are hidden wherever this row is visible; null: everybody's. */
  resets: Placed & { owner: string | null }
  /** Which texts rest on a line. */
  citations: { story: string; line: string; text: string }
  moves: MovesTable
  /** A branch shows in at most one thread. Messages up to `passed_over` are no part of the story. */
  threads: {
    channel: string
    parent: string
    story: string
    branch: string
    passed_over: string | null
  }
  /** Discord ids of what was taken in, so that nothing is taken in twice. */
  sources: { id: string; story: string; channel: string | null }
  /** The newest text of each answer whose end may not be visible yet. `turn` is its id. */
  drafts: { story: string; branch: string; turn: string; text: string }
  posts: PostsTable
  /** Messages whose words were erased, so that a backup does not bring them back. */
  erasures: { source: string; at: number }
}

/** What a head sees follows from these: `alternate` is null for what all alternates of the turn share. */
export type Placed = { story: string; strand: number; seq: number; turn: number; alternate: number | null }

type StoriesTable = {
  id: string
  guild: string
  last_seq: number
  created_at: number
  updated_at: number
  archived_at: number | null
  deleted_at: number | null
}

/** `name` and `description` are texts. `state` is JSON: what is true at the head, by the reducers of a version. */
type BranchesTable = {
  story: string
  id: string
  name: string | null
  description: string | null
  parent: string | null
  fork_turn: number | null
  created_at: number
  updated_at: number
  deleted_at: number | null
  strand: number
  head_seq: number
  turn: number
  alternate: number
  state: string
  state_version: number
}

/** `data` is JSON. */
type EventsTable = Placed & { at: number; actor: string; type: string; version: number; data: string }

/** `state` is compressed JSON. */
type CheckpointsTable = {
  story: string
  strand: number
  seq: number
  turn: number
  alternate: number
  version: number
  state: Uint8Array
}

/**
 * `witnesses` is JSON. `turn` is where it stands in the story, `place` where in the turn, and `part` where among the
 * lines that came with it.
 */
type LinesTable = Placed & {
  id: string
  place: number
  part: number
  speaker: string
  kind: string
  text: string
  witnesses: string
  source: string | null
}

/** `witnesses` and `cites` are JSON. */
type MemoriesTable = Placed & {
  id: string
  owner: string
  text: string
  witnesses: string
  source: string
  told_by: string | null
  reliability: number
  significance: number
  minutes: number
  scene: number | null
  cites: string
}

/** `from` and `to` are positions, as JSON. `undoes`: the move that it takes back. */
type MovesTable = {
  story: string
  branch: string
  id: number
  at: number
  actor: string
  cause: string
  undoes: number | null
  from: string
  to: string
}

/**
 * Which Discord messages show which turn, by its id, and how they look there. `strand` and `seq` are where the answer
 * ended that they show; null while it has not.
 */
type PostsTable = {
  message: string
  channel: string
  story: string
  branch: string
  turn: string
  part: number
  strand: number | null
  seq: number | null
  look: 'plain' | 'controls' | 'struck' | 'removed'
}

export type Row<T extends keyof Tables> = Selectable<Tables[T]>
