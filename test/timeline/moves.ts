import { createHash } from 'node:crypto'
import { readBundle, writeBundle } from '../../src/formats/bundle.ts'
import { exportStory, importStory } from '../../src/store/bundle.ts'
import { openDatabase } from '../../src/store/database.ts'
import { positionOf } from '../../src/story/head.ts'
import type { Position } from '../../src/story/lineage.ts'
import { ROOT_BRANCH } from '../../src/story/ref.ts'
import { ada } from '../story/given.ts'
import { made } from '../story/walk.ts'
import { nth, type Operation } from './appending.ts'
import { alternatesIn, type Copy, impactOf, newestTurn, stateIn, textsFrom, upToEndOf } from './naive.ts'
import {
  append,
  compare,
  compareAll,
  Divergence,
  expectSame,
  headNow,
  move,
  type NaiveBranch,
  naive,
  placeIn,
  placeOf,
  refOf,
  STORY,
  sourced,
  type World,
} from './world.ts'

type Point = { readonly at: Position; readonly copy: Copy }

/** The end of an earlier turn: mostly one not long ago, else any. */
const anEarlierTurn = async (world: World, a: number, b: number): Promise<Point | undefined> => {
  const { copy } = naive(world)
  const newest = newestTurn(copy)
  const turn = a % 7 === 0 ? 1 + ((b * 13 + a) % newest) : newest - 1 - (b % 4)
  const at = await world.stores.past.endOfTurn(await headNow(world), turn)
  const earlier = turn >= 1 ? upToEndOf(copy, turn) : undefined
  expectSame('end of turn', at && placeOf(at), earlier && placeIn(earlier))
  return at && earlier && { at, copy: earlier }
}

const rewind: Operation = async (world, { a, b }) => {
  const target = await anEarlierTurn(world, a, b)
  if (!target) return false
  const impact = await world.stores.past.impact(await headNow(world), target.at)
  expectSame('impact', impact, impactOf(naive(world).copy, target.copy))
  await move(world, target.at, target.copy, { actor: ada.id, cause: 'rewound', undoes: null })
  return true
}

/** The moves of the branch, as the store keeps them. */
const movesNow = async (world: World) => {
  const moves = (await world.stores.past.moves(refOf(world.branch), 1000)).reverse()
  expectSame(
    'moves',
    moves.map(({ id, cause, undoes, from, to }) => ({
      id,
      cause,
      undoes,
      from: placeOf(from),
      to: placeOf(to),
    })),
    naive(world).moves.map(({ cause, undoes, from, to }, at) => ({
      ...{ id: at + 1, cause, undoes, from: placeIn(from), to: placeIn(to) },
    })),
  )
  return moves
}

const undo: Operation = async (world) => {
  const { moves } = naive(world)
  const undone = new Set(moves.map(({ undoes }) => undoes))
  const newest = moves.findLastIndex(({ cause }, at) => cause !== 'undone' && !undone.has(at + 1))
  const before = moves[newest]?.from
  const kept = (await movesNow(world))[newest]
  if (!before || !kept) return false
  await move(world, kept.from, before, { actor: ada.id, cause: 'undone', undoes: kept.id })
  return true
}

/** To one of the heads that the branch had lately. */
const goBackTo: Operation = async (world, { a }) => {
  const kept = nth((await movesNow(world)).reverse(), a)
  const copy = kept && naive(world).moves[kept.id - 1]?.from
  if (!copy) return false
  await move(world, kept.from, copy, { actor: ada.id, cause: 'returned', undoes: null })
  return true
}

/** Another answer of a point's newest turn, where it has one. */
const withAnother = ({ at, copy }: Point, pick: number): Point | undefined => {
  const others = alternatesIn(copy).filter((alternate) => alternate !== copy.alternate)
  const alternate = nth(others, pick)
  return alternate === undefined ? undefined : { at: { ...at, alternate }, copy: { ...copy, alternate } }
}

const here = async (world: World): Promise<Point> => ({
  at: positionOf(await headNow(world)),
  copy: naive(world).copy,
})

const swipe: Operation = async (world, { a }) => {
  const target = withAnother(await here(world), a)
  if (!target) return false
  await move(world, target.at, target.copy)
  return true
}

const branch: Operation = async (world, { a, b }) => {
  if (world.branches.size >= 5) return false
  const point = a % 3 === 0 ? await here(world) : await anEarlierTurn(world, a, b)
  if (!point) return false
  const { at, copy } = (b % 2 === 0 ? withAnother(point, a) : undefined) ?? point
  const id = `branch${world.branches.size}`
  const named = { id, author: ada.id, name: `Way ${a}`, description: b % 2 ? 'Another way.' : null }
  const head = await headNow(world)
  expectSame(
    'branch',
    await world.stores.branches.create(head, at, named, sourced(world.newSource())),
    'appended',
  )
  const begun: NaiveBranch = {
    copy,
    isDeleted: false,
    parent: world.branch,
    forkTurn: newestTurn(copy),
    moves: [],
  }
  world.branches.set(id, begun)
  if (a % 2 === 0) world.branch = id
  return true
}

const others = ({ branches, branch: acted }: World, isDeleted: boolean): string[] =>
  [...branches].filter(([id, other]) => id !== acted && other.isDeleted === isDeleted).map(([id]) => id)

const turnTo: Operation = async (world, { a }) => {
  const other = nth(others(world, false), a)
  if (other === undefined) return false
  world.branch = other
  return true
}

const rename: Operation = async (world, { a }) => {
  await world.stores.branches.rename(refOf(world.branch), ada.id, `Name ${a}`, null)
  return true
}

const marked = (world: World, id: string, isDeleted: boolean): true => {
  const known = world.branches.get(id)
  if (known) known.isDeleted = isDeleted
  return true
}

const remove: Operation = async (world, { a }) => {
  const other = nth(
    others(world, false).filter((id) => id !== ROOT_BRANCH),
    a,
  )
  if (other === undefined) return false
  await world.stores.branches.remove(refOf(other))
  return marked(world, other, true)
}

const restore: Operation = async (world, { a }) => {
  const other = nth(others(world, true), a)
  if (other === undefined) return false
  await world.stores.branches.restore(refOf(other))
  return marked(world, other, false)
}

const erase: Operation = async (world, { a, b }) => {
  const source = nth(world.messages, a * b)
  if (source === undefined) return false
  expectSame('erased', await world.stores.erasure.eraseMessage(source), [STORY])
  for (const text of textsFrom(world.log, source)) world.words.delete(text)
  return true
}

/** Of two who write at once, one wins, and of the other nothing is kept. */
const race: Operation = async (world, pick) => {
  const { store } = world.stores
  const head = await headNow(world)
  const decision = made(head.state, ['weather', pick])
  const target = await anEarlierTurn(world, pick.a, pick.b)
  if (!decision || !target) return false
  const late = world.newSource()
  await append(world, decision, sourced(world.newSource()))
  expectSame('late append', await store.append(head, decision, sourced(late)), 'lost_race')
  const moved = await world.stores.past.move(head, target.at, undefined, sourced(late))
  expectSame('late move', moved, 'lost_race')
  expectSame('late source', await store.wasTakenIn(late), false)
  return true
}

/** What was taken in before changes nothing. */
const again: Operation = async (world, pick) => {
  const { past, store, branches } = world.stores
  const source = nth(world.takenIn, pick.a)
  const head = await headNow(world)
  const decision = made(head.state, ['weather', pick])
  const target = await anEarlierTurn(world, pick.a, pick.b)
  if (source === undefined || !decision || !target) return false
  const twice = sourced(world.newSource(), source)
  const named = { id: 'twice', author: ada.id, name: 'Twice', description: null }
  const kept = { actor: ada.id, cause: 'rewound', undoes: null } as const
  expectSame('append again', await store.append(head, decision, twice), 'duplicate')
  expectSame('move again', await past.move(head, target.at, kept, twice), 'duplicate')
  expectSame('branch again', await branches.create(head, target.at, named, twice), 'duplicate')
  return true
}

/** A look back at an earlier turn shows what was to be seen then. */
const lookBack: Operation = async (world, { a, b }) => {
  const target = await anEarlierTurn(world, a, b)
  if (!target) return false
  const head = await headNow(world)
  const state = await world.stores.past.stateAt(STORY, target.at)
  expectSame('state then', state, stateIn(target.copy))
  await compare(world, { ...head, strand: target.at.strand, seq: target.at.seq, state }, target.copy)
  return true
}

/** As after an update of Skein whose reducers make something else of old events: nothing that was kept counts. */
const outdate: Operation = async ({ stores }) => {
  await stores.db.updateTable('branches').set({ state: '{}', state_version: 0 }).execute()
  await stores.db.updateTable('checkpoints').set({ version: 0 }).execute()
  return true
}

const checkAll: Operation = async (world) => {
  await compareAll(world)
  return true
}

const reopen: Operation = async (world) => {
  if (!world.isOnDisk) return false
  await world.reopen()
  return true
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** The story leaves as a bundle and goes on where nothing else is. */
const emigrate: Operation = async (world) => {
  if (world.isOnDisk) return false
  const bundle = await exportStory(world.stores.db, STORY)
  if (!bundle) throw new Divergence('export', bundle, STORY)
  const db = await openDatabase(':memory:')
  await importStory(db, readBundle(writeBundle(bundle, sha256), sha256), { story: STORY, guild: '9', at: 0 })
  await world.moveInto(db)
  await compareAll(world)
  return true
}

/** What leaves the story as it was, or takes it elsewhere. */
export const goingElsewhere = {
  rewind,
  undo,
  goBackTo,
  swipe,
  branch,
  turnTo,
  rename,
  remove,
  restore,
  erase,
  race,
  again,
  lookBack,
  outdate,
  checkAll,
  reopen,
  emigrate,
} satisfies Record<string, Operation>
