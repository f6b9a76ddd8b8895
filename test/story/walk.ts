import fc from 'fast-check'
import { fail, isRefusal, retry, say, tell, whisper } from '../../src/story/decide.ts'
import { addMemory, learnFact, pinMemory, supersedeMemory, unpinMemory } from '../../src/story/edit/memory.ts'
import {
  clearPersona,
  createCharacter,
  reviseCharacter,
  setEdge,
  setPersona,
  shiftEdge,
  summariseEdge,
} from '../../src/story/edit/people.ts'
import { resetStory } from '../../src/story/edit/reset.ts'
import * as world from '../../src/story/edit/world.ts'
import { call } from '../../src/story/gather.ts'
import { segment } from '../../src/story/segment.ts'
import type { StoryState } from '../../src/story/state.ts'
import { ada, ben, by, newId, type Step } from './given.ts'

/** Picks by number, so that a step that was chosen before the state is known finds something in it. */
const nth = <T>(all: readonly T[], pick: number, none: T): T => all[pick % (all.length || 1)] ?? none

type Pick = { readonly a: number; readonly b: number; readonly amount: number }
type Move = (state: StoryState, pick: Pick) => Step

const someone = ({ cast }: StoryState, pick: number) =>
  nth(
    [...cast.characters.map((c) => c.character), ...cast.personas.map((p) => p.persona), 'narrator', 'x'],
    pick,
    'x',
  )
const somewhere = ({ places }: StoryState, pick: number) =>
  nth([...places.map(({ place }) => place), 'nowhere'], pick, 'nowhere')
const player = (pick: number) => nth([ada, ben], pick, ada)
const cited = (state: StoryState, pick: number) => ({
  id: `line${pick}`,
  witnesses: [someone(state, 0), someone(state, pick)],
})
const remembered = (state: StoryState, { a, b }: Pick) => {
  const pin = nth(state.pins, b, { memory: `m${b}`, owner: someone(state, a), how: 'manual' as const })
  return {
    ...{ memory: pin.memory, owner: pin.owner, text: 't', witnesses: [pin.owner] },
    ...{
      source: 'direct' as const,
      toldBy: null,
      chain: [],
      reliability: 1,
      significance: 1,
      lines: [],
      minutes: 0,
    },
  }
}

/** Everything that one can do to a story, apart from beginning it. */
const moves = {
  say:
    (_state, { a, b }) =>
    (at) =>
      say(at, player(a), segment(nth(['"Hello?"', '*waits*', '((brb))'], b, '')), new Map(), newId),
  // Now and then: nothing else goes on while a turn waits for more.
  gather:
    (_state, { a, b }) =>
    (at) =>
      say(at, player(a), segment(nth(['"Hello?"', '*waits*'], b, '')), new Map(), newId, b % 7 === 0),
  call:
    (_state, { a, b }) =>
    (at) =>
      call(
        at,
        player(a).id,
        [{ ...cited(at, b), ...{ speaker: 'x', kind: 'action', text: 'Mira.', source: null } }],
        new Map(),
        newId,
      ),
  whisper:
    (_state, { a, b }) =>
    (at) =>
      whisper(
        at,
        { player: player(a), to: someone(at, b), text: '“Hush.”', shown: '*whispers*', source: `m${b}` },
        newId,
      ),
  tell: () => (at) => tell(at, 'Rain.', 'finished', newId),
  fail: () => (at) => fail(at, 'stalled', newId),
  retry:
    (state, { a }) =>
    (at) =>
      retry(at, player(a).id, state.turn.id, newId),
  create: (_state, { a }) => by(createCharacter, { name: `Character ${a}`, voice: 'Aye.' }),
  revise: (state, { a }) => by(reviseCharacter, { character: someone(state, a), traits: 'Dry.' }),
  persona: (_state, { a }) => by(setPersona, { player: player(a).id, name: 'Someone', pronouns: 'they' }),
  clear: (_state, { a }) => by(clearPersona, { player: player(a).id }),
  add: (state, { a }) =>
    by(world.addPlace, { name: `Place ${a}`, type: 'room', parent: a % 2 ? somewhere(state, a) : null }),
  change: (state, { a, b }) =>
    by(world.changePlace, {
      place: somewhere(state, a),
      parent: b % 2 ? somewhere(state, b) : null,
      name: `Place ${b}`,
    }),
  remove: (state, { a }) => by(world.removePlace, { place: somewhere(state, a) }),
  open: (state, { a, b }) =>
    by(world.openScene, { place: a % 2 ? somewhere(state, a) : null, participants: [someone(state, b)] }),
  close: (_state, { a }) => by(world.closeScene, { significance: a % 4 }),
  join: (state, { a, b }) =>
    by(world.joinScene, { entity: someone(state, a), place: b % 2 ? somewhere(state, b) : null }),
  leave: ({ scene }, { a }) =>
    by(world.leaveScene, nth(scene.open?.participants ?? [], a, { entity: 'x', place: null })),
  act: (state, { a, b }) =>
    by(world.setActivity, {
      entity: someone(state, a),
      activity: b % 5 ? { posture: `posture ${b}`, holding: [`thing ${b}`] } : null,
    }),
  set: (_state, { a, amount }) =>
    by(world.setClock, { minutes: Math.abs(amount), anchor: a % 3 ? 'A day.' : null }),
  advance: (_state, { amount }) => by(world.advanceClock, { minutes: Math.abs(amount) }),
  weather: (_state, { a }) => by(world.changeWeather, { weather: a % 3 ? `weather ${a}` : null }),
  shift: (state, { a, b, amount }) =>
    by(shiftEdge, {
      ...{ from: someone(state, a), to: someone(state, b), affinity: amount, trust: -amount },
      line: cited(state, a),
    }),
  feel: (state, { a, b, amount }) =>
    by(setEdge, { from: someone(state, a), to: someone(state, b), affinity: Math.abs(amount) }),
  summarise: (state, { a, b }) =>
    by(summariseEdge, { from: someone(state, a), to: someone(state, b), summary: a % 3 ? 'So.' : null }),
  remember: (state, { a, b }) =>
    by(addMemory, {
      ...{ owner: someone(state, a), text: 'That.', significance: b % 4, lines: [] },
    }),
  supersede: (state, pick) =>
    by(supersedeMemory, { memory: remembered(state, pick), text: pick.a % 2 ? 'This.' : null }),
  pin: (state, { a, b }) =>
    by(pinMemory, { owner: someone(state, a), memory: `m${b}`, how: a % 2 ? 'manual' : 'automatic' }),
  unpin: (state, pick) => by(unpinMemory, remembered(state, pick)),
  learn: (state, { a }) => by(learnFact, { owner: someone(state, a), text: 'So.', lines: [] }),
  reset: (state, { a }) =>
    by(resetStory, a < 20 ? { scope: 'character', character: someone(state, a) } : { scope: 'story' }),
} satisfies Record<string, Move>

export type MoveName = keyof typeof moves
export const moveNames = Object.keys(moves) as MoveName[]

const pick = fc.record({
  a: fc.nat(20),
  b: fc.nat(20),
  amount: fc.integer({ min: -200, max: 200 }),
})

/** A move and what it is about. */
export const anyMove = (names: readonly MoveName[] = moveNames) => fc.tuple(fc.constantFrom(...names), pick)

/** What a move comes to; undefined when it is refused. */
export const made = (state: StoryState, [name, about]: [MoveName, Pick]) => {
  const outcome = moves[name](state, about)(state)
  return isRefusal(outcome) ? undefined : outcome
}
