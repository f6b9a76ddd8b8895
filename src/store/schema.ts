import type { Generated, Selectable } from 'kysely'
import type { Scope } from '../ledger/budget.ts'
import type { Window } from '../ledger/window.ts'
import type { CallColumns, CallsTable, PricesTable, TotalsTable } from './ledger-tables.ts'

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
  evolutions: EvolutionsTable
  facts: Placed & { id: string; owner: string; text: string; cites: string }
  /** A line or a memory that is hidden wherever this row is visible. */
  replaced: Placed & { target: string }
  /** Whose memories and facts of before are hidden wherever this row is visible; null: everybody's. */
  resets: Placed & { owner: string | null }
  /** Which texts rest on a line. */
  citations: { story: string; line: string; text: string }
  owners: OwnersTable
  indexed: IndexedTable
  /** The index of memories: one row for each of `indexed`, by its id. */
  terms: { rowid: number; stems: string }
  /** How many memories have a term. */
  terms_held: { term: string; doc: number }
  /** By which rules the index was made. */
  index_version: { version: number }
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
  calls: CallsTable
  /** Calls that are not settled, with the most that each may cost; null: unknown. Flags are 0 or 1. */
  reservations: CallColumns & { amount: number | null; is_free: number; marks_cache: number }
  prices: PricesTable
  /** `subject` is empty for the limit of each that has none of its own. */
  budgets: { guild: string; subject: string; scope: Scope; window: Window; limit: number }
  /** What calls and reservations of a day or a month come to, by whose they are. `period` is `2026-11-21`, or `2026-11`. */
  totals: TotalsTable
  summaries: SummariesTable
  prompts: PromptsTable
  /** How long each phase of an answer took; `phases` is JSON. `turn` is its id. */
  phases: { story: string; turn: string; alternate: number; phases: string }
  failures: FailuresTable
  /** What was decided for a server or a story; `value` is JSON. */
  settings: { scope: 'server' | 'story'; subject: string; value: string; actor: string; at: number }
  /** A server's own prompts. The highest version of a name counts; `body` null: the one that Skein brings along. */
  templates: { guild: string; name: string; version: number; body: string | null; actor: string; at: number }
  /** What the models of a connection at an address were found to understand; `known` is JSON. */
  capabilities: { connection: string; address: string; model: string; known: string }
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
  /** JSON. */
  chain: string
  reliability: number
  significance: number
  minutes: number
  scene: number | null
  cites: string
}

/** How a character changed, and where that showed. `part`: where among those that were told together. */
type EvolutionsTable = Placed & {
  part: number
  character: string
  text: string
  line: string
  at_turn: number
  scene: number | null
  place: string | null
}

/**
 * Owners of memories by a number, of which the terms in the index are made. `last`: the number that the newest of their
 * memories was given there. `memories` and `stems`: how many of each they have in it.
 */
type OwnersTable = {
  id: Generated<number>
  story: string
  owner: string
  last: number
  memories: number
  stems: number
}

/**
 * A memory in the index. `id`: its owner's number and its own, so that those of one owner stand side by side in the order
 * in which they were formed. `speakers` is JSON; `stems` stand in the order of the words.
 */
type IndexedTable = { id: number; story: string; memory: string; speakers: string; stems: string }

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

/** What came before, as its owner perceived it: the turns `from_turn` to `to_turn`. */
type SummariesTable = Placed & {
  id: string
  owner: string
  from_turn: number
  to_turn: number
  level: number
  text: string
}

/** What a model was sent in a role for an answer; `body` is compressed JSON. `turn` is an id, `number` its number. */
type PromptsTable = {
  story: string
  turn: string
  number: number
  alternate: number
  role: string
  at: number
  body: Uint8Array
}

/** A structured call's attempt that gave nothing. `raw` is what the model wrote. */
type FailuresTable = {
  id: string
  story: string | null
  branch: string | null
  turn: string | null
  role: string
  connection: string
  model: string
  attempt: number
  kind: string
  detail: string
  raw: string
  at: number
}

export type Row<T extends keyof Tables> = Selectable<Tables[T]>
