import { drafting } from '../../src/story/draft.ts'
import { shiftEdge, summariseEdge } from '../../src/story/edit/people.ts'
import { arcDue } from '../../src/story/evolution.ts'
import type { Line } from '../../src/story/line.ts'
import { NARRATOR, SKEIN } from '../../src/story/ref.ts'
import { whereIs } from '../../src/story/scene.ts'
import type { StoryState } from '../../src/story/state.ts'
import { appendIfAccepted, nth, type Operation } from './appending.ts'
import { visibleIn } from './naive.ts'
import { expectSame, headNow, naive, type World } from './world.ts'

/** A line of some turns that one of the cast perceived, and whoever it was. */
const perceived = async (
  world: World,
  { from, to }: { readonly from: number; readonly to: number },
  { a, b }: { readonly a: number; readonly b: number },
): Promise<{ readonly line: Line; readonly owner: string } | undefined> => {
  const line = nth(await world.stores.store.lines(await headNow(world), from, to), a)
  const owner = nth(line?.witnesses.filter((entity) => entity !== NARRATOR) ?? [], b)
  return line && owner !== undefined ? { line, owner } : undefined
}

const someoneElse = ({ cast }: StoryState, owner: string, pick: number): string | undefined =>
  nth(
    [
      ...cast.characters.map(({ character }) => character),
      ...cast.personas.map(({ persona }) => persona),
    ].filter((entity) => entity !== owner),
    pick,
  )

/** What someone feels changes by a line, for a reason; or it is put in words, on lines and on the words before. */
export const feels: Operation = async (world, pick) => {
  const { a, b, amount } = pick
  const { state } = await headNow(world)
  const found = await perceived(world, { from: 1, to: state.turn.number }, pick)
  const other = found && someoneElse(state, found.owner, b)
  if (!found || other === undefined) return false
  const ends = { from: found.owner, to: other }
  const line = { id: found.line.id, witnesses: [...found.line.witnesses] }
  const outcome =
    amount % 2 === 0
      ? shiftEdge(
          state,
          SKEIN,
          { ...ends, affinity: amount, trust: a, line, reason: `That, ${b}.` },
          world.newId,
        )
      : summariseEdge(state, SKEIN, { ...ends, summary: `So it stands, ${a}.`, lines: [line] }, world.newId)
  return appendIfAccepted(world, outcome)
}

/** Someone remembers what another said that a third had told. */
export const hears: Operation = async (world, pick) => {
  const { state } = await headNow(world)
  const found = await perceived(world, { from: 1, to: state.turn.number }, pick)
  const teller = found && someoneElse(state, found.owner, pick.b)
  if (!found || teller === undefined) return false
  const { line, owner } = found
  const draft = drafting(state, SKEIN, world.newId)
  draft.emit({
    type: 'memory.formed',
    data: {
      ...{ memory: world.newId(), owner, text: draft.text(`It is said, ${pick.a}.`), lines: [line.id] },
      ...{
        witnesses: [...line.witnesses],
        source: 'told',
        toldBy: teller,
        chain: [someoneElse(state, owner, pick.b) ?? owner],
      },
      ...{ reliability: 0.5, significance: pick.a % 4, minutes: state.clock.minutes, scene: null },
    },
  })
  return appendIfAccepted(world, pick.b % 2 === 0 ? draft.done() : draft.doneInAnswer())
}

/** What is kept of a scene that is over becomes someone's memory, if they perceived anything of it. */
export const tellsScene: Operation = async (world, pick) => {
  const { state } = await headNow(world)
  const closed = nth(state.scene.untold, pick.a)
  if (!closed) return false
  const found = await perceived(world, closed, pick)
  const draft = drafting(state, SKEIN, world.newId)
  if (found)
    draft.emit({
      type: 'memory.formed',
      data: {
        ...{ memory: world.newId(), owner: found.owner, text: draft.text(`That scene, ${pick.b}.`) },
        ...{ lines: [found.line.id], witnesses: [found.owner], source: 'summary', toldBy: null, chain: [] },
        ...{ reliability: 1, significance: 2, minutes: state.clock.minutes, scene: closed.scene },
      },
    })
  draft.emit({ type: 'scene.summarised', data: { scene: closed.scene } })
  return appendIfAccepted(world, draft.done())
}

/** It is told how one of the characters changed in some turns, if they perceived anything of them. */
export const evolves: Operation = async (world, pick) => {
  const head = await headNow(world)
  const { state } = head
  const { copy } = naive(world)
  const expected = visibleIn(copy, world.words).evolutions
  for (const [at, { character }] of state.cast.characters.entries())
    expectSame('evolutions', await world.stores.evolutions.of(head, character), expected[at])
  const { number } = state.turn
  const arc = arcDue(state.evolved, number) ?? { from: state.evolved + 1, to: number }
  if (arc.to < arc.from) return false
  const found = await perceived(world, arc, pick)
  const isCharacter = state.cast.characters.some(({ character }) => character === found?.owner)
  const draft = drafting(state, SKEIN, world.newId)
  const changes =
    found && isCharacter
      ? [
          {
            ...{
              character: found.owner,
              text: draft.text(`Another, ${pick.b}.`),
              line: found.line.id,
              lines: [],
            },
            ...{ turn: found.line.turn, scene: state.scene.open ? state.scene.number : null },
            place: whereIs(state.scene, found.owner) ?? null,
          },
        ]
      : []
  draft.emit({ type: 'cast.evolved', data: { ...arc, changes } })
  return appendIfAccepted(world, arc.to < number ? draft.done() : draft.doneInAnswer())
}
