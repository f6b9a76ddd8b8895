import type { Head } from '../story/head.ts'
import type { StoryRef, TextId } from '../story/ref.ts'
import { STATE_VERSION, type StoryState, textsIn } from '../story/state.ts'
import type { StoryStore } from '../turn/ports.ts'
import type { Db } from './database.ts'
import { stateAt } from './fold.ts'
import type { Row } from './schema.ts'
import type { View } from './seen.ts'
import { endOf, linesFrom } from './transcript.ts'

type Branch = Row<'branches'>

export const viewOf = ({ story, strand, head_seq, turn, alternate }: Branch): View => ({
  ...{ story, strand, seq: head_seq, turn, alternate },
})

// The head's state is written by the code that reads it, at the same version, so it is read back as it is.
const stateOf = async (db: Db, branch: Branch): Promise<StoryState> =>
  branch.state_version === STATE_VERSION
    ? (JSON.parse(branch.state) as StoryState)
    : stateAt(db, viewOf(branch))

/** Words by the ids of their texts. Those that were erased are missing. */
export const wordsOf = async (
  db: Db,
  story: string,
  ids: readonly TextId[],
): Promise<Map<TextId, string>> => {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('texts')
    .select(['id', 'body'])
    .where('story', '=', story)
    .where('id', 'in', ids)
    .execute()
  return new Map(rows.map(({ id, body }) => [id, body]))
}

export const branchRow = (db: Db, { story, branch }: StoryRef) =>
  db
    .selectFrom('branches')
    .innerJoin('stories', 'stories.id', 'branches.story')
    .selectAll('branches')
    .where('branches.story', '=', story)
    .where('branches.id', '=', branch)
    .where('branches.deleted_at', 'is', null)
    .where('stories.deleted_at', 'is', null)
    .executeTakeFirst()

/** A story at the head of a branch, with the words that its state points to; undefined where either is deleted. */
export const loadHead = async (db: Db, ref: StoryRef): Promise<Head | undefined> => {
  const branch = await branchRow(db, ref)
  if (!branch) return undefined
  const { story, strand, head_seq: seq } = branch
  const state = await stateOf(db, branch)
  return {
    ref: { story, branch: ref.branch },
    strand,
    seq,
    state,
    words: await wordsOf(db, story, textsIn(state)),
  }
}

/** The reading half of the store. */
export const loadingStore = (db: Db): Pick<StoryStore, 'load' | 'lines' | 'wasTakenIn' | 'endOf'> => ({
  load: (ref) => loadHead(db, ref),
  lines: (head, from, to) => linesFrom(db, head, from, to),
  endOf: async (turn) => {
    const head = await loadHead(db, turn)
    return head && endOf(db, head, turn.turn)
  },
  wasTakenIn: async (source) => {
    const taken = db.selectFrom('sources').select('id').where('id', '=', source)
    const erased = db.selectFrom('erasures').select('source as id').where('source', '=', source)
    return (await taken.union(erased).executeTakeFirst()) !== undefined
  },
})
