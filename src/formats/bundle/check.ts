import { ROOT_BRANCH } from '../../story/ref.ts'
import { faulty } from './fault.ts'
import type { Limits } from './limits.ts'
import { isPosition, type Log, logOf } from './log.ts'
import { checkMinds } from './minds.ts'
import type { BundledBranch, BundledMove, StoryBundle } from './story.ts'

const malformed = (where: string) => faulty('malformed', where)

const checkUnique = (ids: readonly (string | number)[], what: string): void => {
  if (new Set(ids).size !== ids.length) throw malformed(`two ${what} of one id`)
}

// Each strand is one row deeper than its parent, so that a few strands can ask for very many rows.
const checkLineage = (log: Log, limits: Limits): void => {
  const depths = new Map<number, number>()
  let rows = 0
  for (const { id, parent } of log.values()) {
    const depth = 1 + (parent === null ? 0 : (depths.get(parent) ?? 0))
    depths.set(id, depth)
    rows += depth
    if (rows > limits.lineage) throw faulty('too_large', 'lineage')
  }
}

const checkBranches = (log: Log, branches: readonly BundledBranch[]): void => {
  checkUnique(
    branches.map(({ id }) => id),
    'branches',
  )
  for (const { id, parent, head } of branches)
    if ((parent === null) !== (id === ROOT_BRANCH) || !isPosition(log, head)) throw malformed('a branch')
  const children = Map.groupBy(branches, ({ parent }) => parent)
  const grown = [...(children.get(null) ?? [])]
  for (const { id } of grown) grown.push(...(children.get(id) ?? []))
  if (grown.length === 0 || grown.length < branches.length) throw malformed('branches that are no tree')
}

const checkMoves = (log: Log, branches: readonly BundledBranch[], moves: readonly BundledMove[]): void => {
  const known = new Set(branches.map(({ id }) => id))
  const seen = new Set<string>()
  for (const { branch, id, undoes, from, to } of moves) {
    const isNew = !seen.has(`${branch} ${id}`)
    const isWhole = undoes === null || seen.has(`${branch} ${undoes}`)
    if (!known.has(branch) || !isNew || !isWhole || !isPosition(log, from) || !isPosition(log, to))
      throw malformed('a move')
    seen.add(`${branch} ${id}`)
  }
}

/** Throws `bundle_faulty` unless the parts of a bundle are one story, and not more than Skein takes in. */
export const checkStory = (story: StoryBundle, limits: Limits): void => {
  const { branches, moves, events, texts } = story
  if (events[0]?.type !== 'story.started') throw malformed('it does not begin')
  const log = logOf(story)
  checkLineage(log, limits)
  checkBranches(log, branches)
  checkMoves(log, branches, moves)
  checkMinds(events)
  checkUnique(
    texts.map(({ id }) => id),
    'texts',
  )
}
