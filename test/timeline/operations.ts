import {
  type Decision,
  fail,
  goOn,
  isRefusal,
  type Refusal,
  retry,
  say,
  tell,
  whisper,
} from '../../src/story/decide.ts'
import { addMemory, pinMemory, supersedeMemory, unpinMemory } from '../../src/story/edit/memory.ts'
import { call } from '../../src/story/gather.ts'
import type { Line } from '../../src/story/line.ts'
import { SKEIN } from '../../src/story/ref.ts'
import { revise } from '../../src/story/revise.ts'
import { segment, segmentAll } from '../../src/story/segment.ts'
import type { StoryState } from '../../src/story/state.ts'
import type { Remembered } from '../../src/turn/ports/timeline.ts'
import { regenerating } from '../../src/turn/regenerate.ts'
import { ada, ben } from '../story/given.ts'
import { type MoveName, made, moveNames } from '../story/walk.ts'
import { appendIfAccepted, nth, type Operation, type Pick } from './appending.ts'
import { nextAlternateIn, visibleIn } from './naive.ts'
import { plans, settles, sumsUp } from './settling.ts'
import { evolves, feels, hears, tellsScene } from './telling.ts'
import { expectSame, headNow, naive, type World } from './world.ts'

const player = (pick: number) => (pick % 4 === 0 ? ben : ada)

const MESSAGES = [
  '"Hello?"',
  '*waits* "Who is there?" *listens*',
  'I climb the stairs. ((brb))',
  '*asks Mira* "Do you see the light?" ((typing)) "Mira?" *points* "There."',
]
const ANSWERS = ['Rain.', 'The lamp goes out.', 'Nobody answers.\n\nThen a step on the stairs.']
const REWRITTEN = ['*knocks* "Open!"', '"Never mind."', '*leaves*', '((nothing))']

const lines = async (world: World, from: number): Promise<Line[]> => {
  const head = await headNow(world)
  return world.stores.store.lines(head, from, head.state.turn.number)
}

/** A memory of someone who witnessed a line, resting on it. */
const remembering = (
  state: StoryState,
  spoken: readonly Line[],
  { a, b }: Pick,
  actor: string,
  world: World,
) => {
  const line = nth(spoken, a)
  const owner = nth(line?.witnesses.filter((entity) => entity !== 'narrator') ?? [], b)
  if (!line || !owner) return undefined
  const { id, witnesses } = line
  const lines = [{ id, witnesses: [...witnesses] }]
  return addMemory(state, actor, { owner, text: `That, ${a}.`, significance: b % 4, lines }, world.newId)
}

/** What goes with the answer in force when another takes its place. */
const inAnswer = (outcome: Decision | Refusal | undefined): Decision | undefined =>
  outcome === undefined || isRefusal(outcome)
    ? undefined
    : { ...outcome, alternate: outcome.state.turn.alternate }

const EFFECTS: readonly MoveName[] = ['shift', 'act', 'join', 'leave', 'advance', 'learn', 'open', 'close']

const answer: Operation = async (world, pick) => {
  const { a, b } = pick
  if (b % 4 === 0) await plans(world, pick)
  const { state } = await headNow(world)
  if (a % 9 === 0) return appendIfAccepted(world, fail(state, 'stalled', world.newId))
  const ending = a % 5 === 0 ? 'cut' : 'finished'
  const told = tell(state, nth(ANSWERS, b) ?? '', ending, world.newId)
  if (!(await appendIfAccepted(world, told))) return false
  const after = (await headNow(world)).state
  const effect = nth(EFFECTS, b)
  if (a % 2 === 0 && effect) await appendIfAccepted(world, inAnswer(made(after, [effect, pick])))
  if (b % 2 === 0) {
    const { state: now } = await headNow(world)
    const memory = remembering(now, await lines(world, now.turn.number), pick, SKEIN, world)
    await appendIfAccepted(world, inAnswer(memory))
  }
  if (a % 3 === 0) await settles(world, pick)
  return true
}

/** Answers what waits for it, but now and then leaves it waiting. */
const answerMostly = async (world: World, pick: Pick): Promise<true> => {
  if (pick.amount % 12 !== 0) await answer(world, pick)
  return true
}

/** The messages of one player that are taken as one, each under an id of its own. */
const messagesFrom = (world: World, { a, b }: Pick) =>
  Array.from({ length: a % 6 === 0 ? 2 : 1 }, (_, at) => ({
    id: world.newSource(),
    text: nth(MESSAGES, b + at) ?? '',
  }))

/** A turn in which several spoke is answered. */
const calls: Operation = async (world, pick) => {
  const { state, words } = await headNow(world)
  const said = await lines(world, state.turn.number)
  const called = call(state, player(pick.a).id, said, words, world.newId)
  return (await appendIfAccepted(world, called)) && answerMostly(world, pick)
}

const speak: Operation = async (world, pick) => {
  const { state, words } = await headNow(world)
  if (state.turn.phase === 'open') return answer(world, pick)
  if (state.turn.phase === 'gathering' && pick.b % 3 > 0) return calls(world, pick)
  const messages = messagesFrom(world, pick)
  const sources = messages.map(({ id }) => id)
  const said = say(state, player(pick.a), segmentAll(messages), words, world.newId)
  if (!(await appendIfAccepted(world, said, ...sources))) return false
  world.messages.push(...sources)
  world.takenIn.push(...sources)
  return answerMostly(world, pick)
}

/** One more speaks in a turn that waits for others. */
const gathers: Operation = async (world, pick) => {
  const { state, words } = await headNow(world)
  const messages = messagesFrom(world, pick)
  const sources = messages.map(({ id }) => id)
  const said = say(state, player(pick.a), segmentAll(messages), words, world.newId, true)
  if (!(await appendIfAccepted(world, said, ...sources))) return false
  world.messages.push(...sources)
  world.takenIn.push(...sources)
  return true
}

const whispers: Operation = async (world, pick) => {
  const { state } = await headNow(world)
  const to = nth(state.cast.characters, pick.b)?.character
  if (to === undefined) return false
  const source = world.newSource()
  const intent = { player: player(pick.a), to, source, text: '“Hush.”', shown: '*whispers.*' }
  if (!(await appendIfAccepted(world, whisper(state, intent, world.newId), source))) return false
  world.messages.push(source)
  world.takenIn.push(source)
  return answerMostly(world, pick)
}

const remark: Operation = async (world, { a }) => {
  const { state, words } = await headNow(world)
  const source = world.newSource()
  const said = say(state, player(a), segmentAll([{ id: source, text: '((back soon))' }]), words, world.newId)
  if (!(await appendIfAccepted(world, said, source))) return false
  world.messages.push(source)
  world.takenIn.push(source)
  return true
}

const goesOn: Operation = async (world, pick) => {
  const { state } = await headNow(world)
  const went = goOn(state, player(pick.a).id, world.newId)
  return (await appendIfAccepted(world, went, world.newSource())) && answerMostly(world, pick)
}

const retries: Operation = async (world, pick) => {
  const { state } = await headNow(world)
  const again = retry(state, player(pick.a).id, state.turn.id, world.newId)
  return (await appendIfAccepted(world, again, world.newSource())) && answerMostly(world, pick)
}

/** Another answer begins with what was true before the first one. */
const regenerates: Operation = async (world, pick) => {
  const { stores, newId } = world
  const { a, b } = pick
  const head = await headNow(world)
  const { past, store } = stores
  const alternate = await past.nextAlternate(head)
  expectSame('next alternate', alternate, nextAlternateIn(naive(world).copy))
  const text = nth(REWRITTEN, b) ?? ''
  const asked = await regenerating(
    head.state.turn.id,
    {
      ...{ player: ada.id, direction: a % 3 === 0 ? 'Darker.' : null },
      ...(b % 2 === 0 ? { options: { temperature: 1, model: 'large' } } : {}),
      ...(a % 2 === 0 ? { line: { text, segments: segment(text) } } : {}),
    },
    { past, lines: store.lines, newId },
  )(head)
  return (await appendIfAccepted(world, asked, world.newSource())) && answerMostly(world, pick)
}

const revises: Operation = async (world, { a, b }) => {
  const head = await headNow(world)
  const sources = [...new Set((await lines(world, 0)).flatMap(({ source }) => source ?? []))]
  const source = nth(sources.reverse(), a * b)
  if (source === undefined) return false
  const spoken = await world.stores.past.linesOf(head, source)
  const wordings = await world.stores.past.wordingsOf(head, source)
  const text = nth([...REWRITTEN, ...MESSAGES], a) ?? ''
  return appendIfAccepted(world, revise(head.state, ada.id, spoken, segment(text), world.newId, wordings))
}

/** Something that someone remembers at the head, after a look at what they remember and know. */
const aMemory = async (world: World, { a, b }: Pick): Promise<Remembered | undefined> => {
  const { memoriesOf, factsOf, memory } = world.stores.memories
  const head = await headNow(world)
  const expected = visibleIn(naive(world).copy, world.words)
  const owner = nth([...new Set(expected.memories.map((remembered) => remembered.owner))], a)
  if (owner === undefined) return undefined
  const own = expected.memories.filter((remembered) => remembered.owner === owner)
  expectSame('memories of', await memoriesOf(head, owner, 1, 20), own.slice(1, 21))
  expectSame(
    'facts of',
    await factsOf(head, owner),
    expected.facts.filter((known) => known.owner === owner),
  )
  const known = nth(own, b)
  if (known) expectSame('memory', await memory(head, known.memory), known)
  return known
}

const remember: Operation = async (world, pick) => {
  const { state } = await headNow(world)
  return appendIfAccepted(world, remembering(state, await lines(world, 0), pick, ada.id, world))
}

const supersedes: Operation = async (world, pick) => {
  const memory = await aMemory(world, pick)
  if (!memory) return false
  const { body: _, turn: __, ...before } = memory
  const { state } = await headNow(world)
  const input = { memory: before, text: pick.amount % 3 === 0 ? null : 'This, rather.' }
  return appendIfAccepted(world, supersedeMemory(state, ada.id, input, world.newId))
}

const pins: Operation = async (world, pick) => {
  const memory = await aMemory(world, pick)
  const { state } = await headNow(world)
  const how = pick.amount % 2 === 0 ? ('manual' as const) : ('automatic' as const)
  return appendIfAccepted(world, memory && pinMemory(state, ada.id, { ...memory, how }, world.newId))
}

const unpins: Operation = async (world, { a }) => {
  const { state } = await headNow(world)
  const pin = nth(state.pins, a)
  return appendIfAccepted(world, pin && unpinMemory(state, ada.id, pin, world.newId))
}

/** What has an operation of its own, told with all that goes with it. */
const OWN: readonly MoveName[] = ['say', 'gather', 'call', 'whisper', 'tell', 'fail', 'retry', 'reset']
const MANUAL = moveNames.filter((name) => !OWN.includes(name))

const edits: Operation = async (world, pick) => {
  const { state } = await headNow(world)
  return appendIfAccepted(world, made(state, [nth(MANUAL, pick.a + 21 * pick.b) ?? 'weather', pick]))
}

/** For the whole story as often as for one character. */
const resets: Operation = async (world, pick) => {
  const { state } = await headNow(world)
  return appendIfAccepted(world, made(state, ['reset', { ...pick, a: pick.b % 2 === 0 ? 20 : pick.a }]))
}

/** What makes a story longer. */
export const goingOn = {
  speak,
  gathers,
  calls,
  whispers,
  remark,
  goesOn,
  retries,
  regenerates,
  revises,
  remember,
  supersedes,
  pins,
  unpins,
  edits,
  resets,
  sumsUp,
  feels,
  hears,
  tellsScene,
  evolves,
} satisfies Record<string, Operation>
