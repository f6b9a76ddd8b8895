import { beforeEach, describe, expect, test } from 'vitest'
import { markOf } from '../../src/story/head.ts'
import type { Move } from '../../src/turn/ports/timeline.ts'
import { createTimeline, type Timeline, undoableIn } from '../../src/turn/timeline.ts'
import {
  ada,
  begin,
  engineWith,
  newestTurn,
  ref,
  say,
  stores,
  transcript,
  turn,
  type World,
} from './table.ts'

const at = (seq: number) => ({ strand: 1, seq, turn: seq, alternate: 0 })
const move = (id: number, cause: Move['cause'], undoes: number | null = null): Move => ({
  ...{ id, cause, undoes, at: id, actor: ada.id, from: at(id + 10), to: at(id) },
})

describe('what can be taken back', () => {
  test.each([
    ['nothing moved', [], undefined],
    ['a rewind', [move(1, 'rewound')], 1],
    ['a rewind that was undone', [move(2, 'undone', 1), move(1, 'rewound')], undefined],
    ['of two rewinds, the newer', [move(2, 'rewound'), move(1, 'rewound')], 2],
    ['of two rewinds, the newer undone', [move(3, 'undone', 2), move(2, 'rewound'), move(1, 'rewound')], 1],
    ['a return to a past head', [move(2, 'returned'), move(1, 'rewound')], 2],
  ])('given %s', (_given, moves, id) => {
    expect(undoableIn(moves)?.id).toBe(id)
  })
})

describe('a branch’s head', () => {
  let world: World
  let timeline: Timeline
  beforeEach(async () => {
    world = engineWith(...['Rain.', 'Fog.', 'Ice.', 'Snow.'].map((text) => ({ deltas: [text] })))
    const { store, past, branches } = stores
    timeline = createTimeline({ store, timeline: past, branches, engine: world.engine })
    await begin(world)
    await say(world, 'm1', 'One.')
    await say(world, 'm2', 'Two.')
  })

  const seen = async () => {
    const head = await stores.store.load(ref)
    return head ? markOf(head) : ''
  }
  const rewind = async (to: number, source: string) =>
    timeline.rewind(ref, { turn: to, seen: await seen() }, ada.id, source)

  test('goes back to the end of a turn, and what is said next is said there', async () => {
    await rewind(2, 's1')
    expect(await transcript()).toEqual(['Rain.', 'One.', 'Fog.'])
    await say(world, 'm3', 'Three.')
    expect(await transcript()).toEqual(['Rain.', 'One.', 'Fog.', 'Three.', 'Snow.'])
    expect(await turn()).toMatchObject({ number: 3 })
  })

  test('goes back to what it left, though the story went on elsewhere', async () => {
    await rewind(1, 's1')
    await say(world, 'm3', 'Three.')
    const undoable = await timeline.undoable(ref)
    expect(await timeline.undo(ref, undoable?.id ?? 0, ada.id, 's2')).toMatchObject({ to: { turn: 3 } })
    expect(await transcript()).toEqual(['Rain.', 'One.', 'Fog.', 'Two.', 'Ice.'])
    const [newest] = await timeline.pastHeads(ref)
    await timeline.returnTo(ref, newest?.id ?? 0, ada.id, 's3')
    expect(await transcript()).toEqual(['Rain.', 'Three.', 'Snow.'])
  })

  test('moves once for each source', async () => {
    await rewind(1, 's1')
    await say(world, 'm3', 'Three.')
    expect(await rewind(1, 's1')).toBe('duplicate')
    expect(await turn()).toMatchObject({ number: 2 })
  })

  test('stays when the story has gone on since it was seen', async () => {
    const before = await seen()
    await say(world, 'm3', 'Three.')
    expect(await timeline.rewind(ref, { turn: 1, seen: before }, ada.id, 's1')).toEqual({ stays: 'stale' })
  })

  test('stays where there is nowhere to go', async () => {
    expect(await rewind(3, 'to 3')).toEqual({ stays: 'already_there' })
    expect(await rewind(4, 'to 4')).toEqual({ stays: 'unknown_turn' })
    expect(await rewind(0, 'to 0')).toEqual({ stays: 'unknown_turn' })
    expect(await rewind(1.5, 'to 1.5')).toEqual({ stays: 'unknown_turn' })
    expect(await timeline.undo(ref, 1, ada.id, 's')).toEqual({ stays: 'nothing_to_undo' })
    expect(await timeline.returnTo(ref, 7, ada.id, 's')).toEqual({ stays: 'unknown_head' })
    const { turn: id } = await newestTurn()
    expect(await timeline.swipe(ref, id, 1, 's')).toEqual({ stays: 'no_other_answer' })
    expect(await timeline.swipe(ref, 'another', 1, 's')).toEqual({ stays: 'turn_gone' })
    expect(await transcript()).toHaveLength(5)
  })
})
