import { isDeepStrictEqual } from 'node:util'
import { type Db, openDatabase } from '../../src/store/database.ts'
import { eventsOf } from '../../src/store/fold.ts'
import { storesOver } from '../../src/store/stores.ts'
import { viewFrom } from '../../src/store/transcript.ts'
import { type Decision, start, tell } from '../../src/story/decide.ts'
import type { Head } from '../../src/story/head.ts'
import type { Position } from '../../src/story/lineage.ts'
import { ROOT_BRANCH } from '../../src/story/ref.ts'
import { emptyState, fold } from '../../src/story/state.ts'
import type { Branch, Move, NewMove } from '../../src/turn/ports/timeline.ts'
import type { Appended, Sources } from '../../src/turn/ports.ts'
import { digestOf, hashOf, visibleTo } from '../doubles/digest.ts'
import { countingIds } from '../doubles/ids.ts'
import { accepted, ada } from '../story/given.ts'
import { adding, type Copy, type Entry, newestTurn, nothing, visibleIn } from './naive.ts'

/** One story twice: as the store keeps it, and as lists of all that happened. Whatever is done is done to both. */

type NaiveMove = Pick<Move, 'cause' | 'undoes'> & { readonly from: Copy; readonly to: Copy }

export type NaiveBranch = {
  copy: Copy
  isDeleted: boolean
  readonly parent: string | null
  readonly forkTurn: number | null
  readonly moves: NaiveMove[]
}

/** The store and the lists do not show the same, or the store did not do what it was to do. */
export class Divergence extends Error {
  constructor(what: string, actual: unknown, expected: unknown) {
    super(`${what}: ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`)
  }
}

const isBranching = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

/** Throws a divergence that names the first place where two values differ. */
export const expectSame = (what: string, actual: unknown, expected: unknown): void => {
  if (isDeepStrictEqual(actual, expected)) return
  if (isBranching(actual) && isBranching(expected))
    for (const key of new Set([...Object.keys(expected), ...Object.keys(actual)]))
      expectSame(`${what}.${key}`, actual[key], expected[key])
  throw new Divergence(what, actual, expected)
}

export const STORY = 'story1'

/** Opens a story, with its opening told, in memory or in a directory. Then `branch` is the one that is acted on. */
export const openWorld = async (directory?: string) => {
  let time = 0
  const now = () => {
    time += 1
    return time
  }
  const names = countingIds('name')
  const storesIn = (db: Db) => ({ db, ...storesOver(db, now, names) })
  const open = async () => storesIn(await openDatabase(directory ?? ':memory:'))
  const newSource = countingIds('message')
  const log: Entry[] = []
  const words = new Map<string, string>()
  const world = {
    stores: await open(),
    isOnDisk: directory !== undefined,
    newId: countingIds('made'),
    newSource,
    branch: ROOT_BRANCH,
    branches: new Map<string, NaiveBranch>(),
    /** All that was ever written, by whichever branch. */
    log,
    words,
    /** Messages that the story has lines of, and those of them that the database knows to have taken in. */
    messages: [] as string[],
    takenIn: [] as string[],
    close: () => world.stores.db.destroy(),
    reopen: async () => {
      await world.close()
      world.stores = await open()
    },
    /** Goes on in another database, which has the story and nothing else. */
    moveInto: async (db: Db) => {
      await world.close()
      world.stores = storesIn(db)
      world.takenIn = []
    },
  }
  const root: NaiveBranch = { copy: nothing, isDeleted: false, parent: null, forkTurn: null, moves: [] }
  world.branches.set(ROOT_BRANCH, root)
  const beginning = accepted(
    start(
      emptyState,
      { player: ada, title: 'The Lighthouse', premise: 'An island.', character: { name: 'Mira' } },
      world.newId,
    ),
  )
  const place = { ref: { story: STORY, branch: ROOT_BRANCH }, guild: '9', thread: '500', parent: '400' }
  await world.stores.store.create(place, beginning, { ids: [newSource()], channel: null })
  record(world, beginning)
  await append(world, accepted(tell(beginning.state, 'Rain.', 'finished', world.newId)))
  return world
}

export type World = Awaited<ReturnType<typeof openWorld>>

/** The lists of the branch that is acted on. */
export const naive = (world: World): NaiveBranch => {
  const branch = world.branches.get(world.branch)
  if (!branch) throw new Error(`no branch ${world.branch}`)
  return branch
}

export const refOf = (branch: string) => ({ story: STORY, branch })

export const headOf = async ({ stores }: World, branch: string): Promise<Head> => {
  const head = await stores.store.load(refOf(branch))
  if (!head) throw new Divergence('head', undefined, branch)
  return head
}

/** The store's head of the branch that is acted on. */
export const headNow = (world: World): Promise<Head> => headOf(world, world.branch)

/** Where the log ends, over all branches. */
const lastSeq = ({ log }: World): number => log.at(-1)?.seq ?? 0

const record = (world: World, decision: Decision): void => {
  const branch = naive(world)
  const before = branch.copy.entries.length
  branch.copy = adding(branch.copy, decision, lastSeq(world))
  world.log.push(...branch.copy.entries.slice(before))
  for (const { id, body } of decision.texts) world.words.set(id, body)
}

export const sourced = (...ids: string[]): Sources => ({ ids, channel: '500' })

/** Goes on from the head of the branch that is acted on. */
export const append = async (world: World, decision: Decision, sources?: Sources): Promise<void> => {
  const outcome = await world.stores.store.append(await headNow(world), decision, sources)
  expectSame('append', outcome, 'appended' satisfies Appended)
  record(world, decision)
}

/** Moves the head of the branch that is acted on. */
export const move = async (world: World, to: Position, copy: Copy, kept?: NewMove): Promise<void> => {
  const head = await headNow(world)
  const outcome = await world.stores.past.move(head, to, kept, sourced(world.newSource()))
  expectSame('move', outcome, 'appended' satisfies Appended)
  const branch = naive(world)
  if (kept) branch.moves.push({ cause: kept.cause, undoes: kept.undoes, from: branch.copy, to: copy })
  branch.copy = copy
}

/** Where a list ends, as the store should say it. */
export const placeIn = (copy: Copy): Omit<Position, 'strand'> => ({
  seq: copy.entries.at(-1)?.seq ?? 0,
  turn: newestTurn(copy),
  alternate: copy.alternate,
})

export const placeOf = ({ seq, turn, alternate }: Position): Omit<Position, 'strand'> => ({
  seq,
  turn,
  alternate,
})

/** Whether a head shows what a list does: state and rows. */
export const compare = async ({ stores, words }: World, head: Head, copy: Copy): Promise<void> =>
  expectSame('visible', await visibleTo(stores.db, head), visibleIn(copy, words))

/** Compares the branch that is acted on. */
export const compareHere = async (world: World): Promise<void> =>
  compare(world, await headNow(world), naive(world).copy)

const listed = ({ ref, parent, forkTurn, turns, isDeleted }: Branch) => ({
  ...{ branch: ref.branch, parent, forkTurn, turns, isDeleted },
})

/** Compares every branch: by its kept state, by its whole log, and in the list of them. */
export const compareAll = async (world: World): Promise<void> => {
  const { stores, branches } = world
  const list = await stores.branches.list(STORY)
  expectSame(
    'list',
    list.map(listed),
    [...branches].map(([branch, { copy, parent, forkTurn, isDeleted }]) => ({
      ...{ branch, parent, forkTurn, turns: newestTurn(copy), isDeleted },
    })),
  )
  for (const [branch, { copy, isDeleted }] of branches) {
    if (isDeleted) {
      expectSame('deleted branch', await stores.store.load(refOf(branch)), undefined)
      continue
    }
    const head = await headOf(world, branch)
    await compare(world, head, copy)
    expectSame('digest', await digestOf(stores.db, head), hashOf(visibleIn(copy, world.words)))
    expectSame('fold', fold(await eventsOf(stores.db, viewFrom(head))), head.state)
  }
}

/** Whether the store has the words that are left, and no others. */
export const compareWords = async ({ stores, words }: World): Promise<void> => {
  const rows = await stores.db.selectFrom('texts').select(['id', 'body']).execute()
  const said = rows.filter(({ id }) => !id.startsWith('name')).map(({ id, body }) => [id, body])
  expectSame('words', said.sort(), [...words].sort())
}
