import fc from 'fast-check'
import { castMembers } from '../../src/story/cast.ts'
import { addMemory } from '../../src/story/edit/memory.ts'
import type { Head } from '../../src/story/head.ts'
import { ada } from '../story/given.ts'
import { type MoveName, made } from '../story/walk.ts'
import { appendIfAccepted, nth, type Operation, type Pick } from './appending.ts'
import { goingElsewhere } from './moves.ts'
import { type Copy, newestTurn, upToEndOf } from './naive.ts'
import { goingOn } from './operations.ts'
import { judge, type Predicate, type Sight, sightOf } from './recall-walk-judge.ts'
import { headNow, headOf, naive, openWorld, STORY, type World } from './world.ts'

const WORDS =
  `anchor barrel candle dagger ember ferry gallows harpoon ivory jackdaw kettle lantern mirror needle orchard
  parrot quarry ribbon saddle thistle urchin velvet walnut yarrow`.split(/\s+/u)

/** Those of the cast who are not among some. */
const restOf = ({ state: { cast } }: Head, some: readonly string[]): string[] =>
  castMembers(cast).filter((entity) => !some.includes(entity))

/** Someone remembers a line that they perceived, or something of old, in words that tell it from all else. */
const notes: Operation = async (world, { a, b, amount }) => {
  const head = await headNow(world)
  const line = nth(await world.stores.store.lines(head, 0, head.state.turn.number), Math.abs(amount))
  const owner = nth(line?.witnesses.filter((entity) => entity !== 'narrator') ?? [], b)
  if (!line || !owner) return false
  const others = line.witnesses.filter((entity) => entity !== 'narrator' && entity !== owner)
  const [teller, ...chain] = a % 3 === 0 ? [...others, ...restOf(head, [owner, ...others])].slice(0, 2) : []
  const told = teller ? ({ source: 'told', toldBy: teller, chain, reliability: 0.5 } as const) : {}
  const lines = b % 5 === 0 ? [] : [{ id: line.id, witnesses: [...line.witnesses] }]
  const text = `${nth(WORDS, a)} and ${nth(WORDS, amount + 200)}, ${world.newId()}.`
  const noted = addMemory(
    head.state,
    ada.id,
    { owner, text, lines, significance: b % 4, ...told },
    world.newId,
  )
  const inAnswer = amount % 3 === 0 && 'events' in noted ? { alternate: head.state.turn.alternate } : {}
  return appendIfAccepted(world, { ...noted, ...inAnswer })
}

/** A scene begins, of one or all, or is over: what is said in it is perceived by those who are in it. */
const scenes: Operation = async (world, pick) => {
  const { state } = await headNow(world)
  return appendIfAccepted(world, made(state, [state.scene.open ? 'close' : 'open', pick]))
}

/** What is done by hand to the cast and the world; to memories, nothing that rests on what was never said. */
const EDITS: readonly MoveName[] = [
  ...(['create', 'revise', 'persona', 'clear', 'join', 'leave', 'act', 'advance', 'feel'] as const),
]

const edits: Operation = async (world, pick) => {
  const { state } = await headNow(world)
  return appendIfAccepted(world, made(state, [nth(EDITS, pick.a + 21 * pick.b) ?? 'weather', pick]))
}

const operations = { ...goingOn, ...goingElsewhere, notes, scenes, edits }
type Name = keyof typeof operations

/** How often each is tried, relative to the others. What is not named here changes nothing that is remembered. */
const WEIGHTS: Partial<Record<Name, number>> = {
  ...{ notes: 60, speak: 50, whispers: 6, gathers: 2, calls: 2, goesOn: 3, retries: 3, regenerates: 10 },
  ...{ revises: 6, remember: 6, supersedes: 9, pins: 2, edits: 16, scenes: 12, resets: 2 },
  ...{ sumsUp: 3, tellsScene: 8, erase: 2, emigrate: 1 },
  ...{ rewind: 7, undo: 6, goBackTo: 3, swipe: 10, branch: 4, turnTo: 8, remove: 3, restore: 4 },
}
const drawn = Object.entries(WEIGHTS).flatMap(([name, weight]) => new Array<Name>(weight).fill(name as Name))

const aPick = fc.record({ a: fc.nat(20), b: fc.nat(20), amount: fc.integer({ min: -200, max: 200 }) })
const aStep = fc.tuple(fc.constantFrom(...drawn), aPick)

/** A point to look from: the head of any branch, or where one of them was at the end of an earlier turn. */
const aSight = async (world: World, { a, b, amount }: Pick): Promise<Sight> => {
  const branches = [...world.branches].filter(([, { isDeleted }]) => !isDeleted)
  const [branch = world.branch, { copy } = naive(world)] = nth(branches, a) ?? []
  const head = await headOf(world, branch)
  if (amount % 2 === 0) return sightOf(world, head, copy)
  return lookingBack(world, head, copy, 1 + (b % Math.max(1, newestTurn(copy) - 1)))
}

const lookingBack = async (world: World, head: Head, copy: Copy, turn: number): Promise<Sight> => {
  const { past } = world.stores
  const end = await past.endOfTurn(head, turn)
  const then = upToEndOf(copy, turn)
  if (!end || !then) return sightOf(world, head, copy)
  const state = await past.stateAt(STORY, end)
  return sightOf(world, { ...head, strand: end.strand, seq: end.seq, state }, then)
}

/** After every so many steps, it is looked from so many points, and asked so often from each. */
const STEPS = 8
const SIGHTS = 4
const ASKED = 13

const picksFor = (seed: number, count: number): Pick[] => fc.sample(aPick, { seed, numRuns: count })

/** `hidden`: memories that have what was asked, and are not to be seen from there. */
export type Judged = { asked: number; brought: number; hidden: number; readonly faults: string[] }

/** Who is asked, with words that they remember from there, or that anybody ever did on any way. */
const predicateOf = ({ seen, ever }: Sight, { a, b, amount }: Pick): Predicate => {
  const owners = [...new Set(ever.map(({ memory }) => memory.owner))]
  const owner = nth(owners, a) ?? ''
  const own = seen.filter(({ memory }) => memory.owner === owner).flatMap(({ stems }) => stems)
  const all = ever.flatMap(({ stems }) => stems)
  const pool = amount % 2 === 0 && own.length > 0 ? own : all
  const further = b % 4 === 0 ? [nth(all, amount + 200 + a) ?? ''] : []
  const words = [nth(pool, Math.abs(amount) * 21 + b) ?? '', ...further]
  return { owner, words, ...(a % 3 === 0 ? { until: b } : {}) }
}

const predicatesAt = async (world: World, seed: number): Promise<Judged> => {
  const judged: Judged = { asked: 0, brought: 0, hidden: 0, faults: [] }
  for (const [at, pick] of picksFor(seed, SIGHTS).entries()) {
    const sight = await aSight(world, pick)
    for (const other of sight.ever.length > 0 ? picksFor(seed + at + 1, ASKED) : []) {
      const asked = predicateOf(sight, other)
      const { brought, hidden, faults } = await judge(world, sight, asked)
      judged.asked += 1
      judged.brought += brought
      judged.hidden += hidden
      judged.faults.push(...faults.map((fault) => `seed ${seed}, ${JSON.stringify(asked)}: ${fault}`))
    }
  }
  return judged
}

/** Does so many things, chosen by a seed, to a story, and asks everyone in between what they remember. */
export const walkAsking = async (seed: number, count: number): Promise<Judged & { taken: Set<string> }> => {
  const all = { asked: 0, brought: 0, hidden: 0, faults: [] as string[], taken: new Set<string>() }
  const world = await openWorld()
  try {
    for (const [at, [name, pick]] of fc.sample(aStep, { seed, numRuns: count }).entries()) {
      if (await operations[name](world, pick)) all.taken.add(name)
      if (at % STEPS > 0) continue
      const { asked, brought, hidden, faults } = await predicatesAt(world, seed * 100_000 + at)
      all.asked += asked
      all.brought += brought
      all.hidden += hidden
      all.faults.push(...faults)
    }
    return all
  } finally {
    await world.close()
  }
}
