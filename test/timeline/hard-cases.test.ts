import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { say, tell } from '../../src/story/decide.ts'
import { edgeBetween } from '../../src/story/edge.ts'
import { positionOf } from '../../src/story/head.ts'
import { type SaidSegment, segment } from '../../src/story/segment.ts'
import { accepted, ada } from '../story/given.ts'
import { fondness, openPlay, type Playing, recallOtherwise, remembering, startAnew } from './play.ts'

let play: Awaited<ReturnType<typeof openPlay>>
let root: Playing

beforeEach(async () => {
  play = await openPlay()
  root = play.root
})
afterEach(() => play.stores.close())

const affinity = async (on: Playing) =>
  edgeBetween((await on.head()).state.edges, play.mira, play.herself).affinity

const branchesNow = async () =>
  (await play.stores.branches.list('story1')).map(({ ref, turns, thread }) => ({
    branch: ref.branch,
    turns,
    thread,
  }))

describe('edits far back', () => {
  test('given 40 turns, when the message of turn 2 is written anew, then it is so at once, and not before', async () => {
    await root.turn('"Hello?"', 'Nobody.', 'early')
    for (let turn = 3; turn <= 40; turn += 1) await root.turn(`"Turn ${turn}."`, 'Yes.')
    await root.writeAnew('early', '*knocks* "Open!" *waits*')
    expect((await root.story()).slice(0, 5)).toEqual(['Rain.', '*knocks* ', '"Open!" ', '*waits*', 'Nobody.'])
    expect((await root.head()).state.turn.number).toBe(40)
    await root.rewindTo(20)
    expect((await root.story()).slice(0, 3)).toEqual(['Rain.', '"Hello?"', 'Nobody.'])
    await root.undo()
    expect((await root.story()).slice(1, 4)).toEqual(['*knocks* ', '"Open!" ', '*waits*'])
  })

  test('the parts of a message that was written anew keep their order, whatever their ids', async () => {
    await root.turn('"Hello?"', 'Nobody.', 'early')
    const parts = Array.from({ length: 12 }, (_, at) => (at % 2 ? `"Said ${at}." ` : `*does ${at}* `))
    await root.writeAnew('early', parts.join(''))
    expect((await root.story()).slice(1, -1)).toEqual(parts)
  })
})

describe('memories', () => {
  test('one that is superseded on one branch stays on the other', async () => {
    await root.append(remembering(root, play.mira, 'The light went out.'))
    const other = await root.branchAt(positionOf(await root.head()), 'other')
    await recallOtherwise(play.stores, other, play.mira, 'Someone put the light out.')
    expect(await other.memoriesOf(play.mira)).toEqual(['Someone put the light out.'])
    expect(await root.memoriesOf(play.mira)).toEqual(['The light went out.'])
    await recallOtherwise(play.stores, root, play.mira, null)
    expect(await root.memoriesOf(play.mira)).toEqual([])
    expect(await other.memoriesOf(play.mira)).toEqual(['Someone put the light out.'])
  })

  test('a reset hides them, and can be rewound', async () => {
    await root.append(remembering(root, play.mira, 'The light went out.'))
    await root.append(fondness(play.mira, play.herself, 90))
    await root.turn('"Hello?"', 'Nobody.')
    const before = await root.visible()
    await root.append(startAnew(root))
    await root.turn('"Again."', 'Rain, again.')
    expect([await affinity(root), await root.memoriesOf(play.mira)]).toEqual([50, []])
    await root.rewindTo(1)
    expect([await affinity(root), await root.memoriesOf(play.mira)]).toEqual([90, ['The light went out.']])
    await root.undo()
    expect(await root.memoriesOf(play.mira)).toEqual([])
    const early = await root.branchAt(await root.endOf(1), 'early')
    await early.turn('"Hello?"', 'Nobody.')
    expect(await early.memoriesOf(play.mira)).toEqual(before.memories.map(({ body }) => body))
  })
})

describe('heads', () => {
  test('given a rewind, when the story goes on, then a strand is forked, and branch and thread stay', async () => {
    await root.turn('"Left."', 'A wall.')
    await root.turn('"On."', 'A door.')
    const was = await root.head()
    await root.rewindTo(1)
    expect((await root.head()).strand).toBe(was.strand)
    await root.turn('"Right."', 'A window.')
    const is = await root.head()
    expect(is.strand).not.toBe(was.strand)
    expect(is.ref).toEqual(was.ref)
    expect(await branchesNow()).toEqual([{ branch: 'root', turns: 2, thread: '500' }])
    expect(await root.story()).toEqual(['Rain.', '"Right."', 'A window.'])
  })

  test('undo after such a fork goes back to the old end, and that undo can be gone back on', async () => {
    await root.turn('"Left."', 'A wall.')
    const left = await root.visible()
    await root.rewindTo(1)
    await root.turn('"Right."', 'A window.')
    const right = await root.visible()
    await root.undo()
    expect(await root.visible()).toEqual(left)
    const [undone] = await play.stores.past.moves(root.ref, 1)
    expect(undone).toMatchObject({ cause: 'undone', undoes: 1 })
    if (undone) await root.go(undone.from, 'returned')
    expect(await root.visible()).toEqual(right)
    await root.turn('"On."', 'The sea.')
    expect((await root.story()).slice(1)).toEqual(['"Right."', 'A window.', '"On."', 'The sea.'])
  })

  test('of two who write at one head, one loses, and nothing of theirs is written', async () => {
    await root.turn('"Left."', 'A wall.')
    const { store, past, db } = play.stores
    const head = await root.head()
    const back = await root.endOf(1)
    const rows = () =>
      Promise.all(
        (['events', 'texts', 'lines', 'strands', 'lineage', 'moves', 'sources'] as const).map((table) =>
          db.selectFrom(table).selectAll().execute(),
        ),
      )
    const kept = { actor: '1001', cause: 'rewound', undoes: null } as const
    const moved = await past.move(head, back, kept, { ids: ['first'], channel: null })
    const after = await rows()
    const late = accepted(fondness(play.mira, play.herself, 90)(head))
    const outcomes = [
      await store.append(head, late, { ids: ['second'], channel: null }),
      await past.move(head, back, kept, { ids: ['third'], channel: null }),
    ]
    expect([moved, ...outcomes]).toEqual(['appended', 'lost_race', 'lost_race'])
    expect(await rows()).toEqual(after)
    expect([await store.wasTakenIn('second'), await store.wasTakenIn('third')]).toEqual([false, false])
  })

  test('of two who put answers in force at once, one loses', async () => {
    await root.turn('"Left."', 'A wall.')
    await root.another('A door.')
    const { past } = play.stores
    const head = await root.head()
    const to = { ...positionOf(head), alternate: 0 }
    const outcomes = await Promise.all([
      past.move(head, to, undefined, { ids: ['one'], channel: null }),
      past.move(head, to, undefined, { ids: ['two'], channel: null }),
    ])
    expect(outcomes).toEqual(['appended', 'lost_race'])
  })

  test('a move is taken in once for each source', async () => {
    await root.turn('"Left."', 'A wall.')
    await root.turn('"On."', 'A door.')
    expect(await root.go(await root.endOf(2), 'rewound', null, 'press')).toBe('appended')
    const after = await root.visible()
    expect(await root.go(await root.endOf(1), 'rewound', null, 'press')).toBe('duplicate')
    expect(await root.visible()).toEqual(after)
    expect(await play.stores.past.moves(root.ref, 5)).toHaveLength(1)
  })
})

describe('branches', () => {
  test('two on one strand both go on, each on its own way', async () => {
    await root.turn('"Left."', 'A wall.')
    const other = await root.branchAt(positionOf(await root.head()), 'other')
    await root.turn('"On."', 'A door.')
    await other.turn('"Back."', 'Rain.')
    await root.turn('"In."', 'A hall.')
    expect((await root.story()).slice(3)).toEqual(['"On."', 'A door.', '"In."', 'A hall.'])
    expect((await other.story()).slice(3)).toEqual(['"Back."', 'Rain.'])
    expect((await root.head()).strand).not.toBe((await other.head()).strand)
  })

  test('a deleted one still carries its children', async () => {
    const other = await root.branchAt(positionOf(await root.head()), 'other')
    await root.turn('"Here."', 'A wall.')
    await other.turn('"Left."', 'A wall.')
    await other.append(remembering(other, play.mira, 'A wall.'))
    const child = await other.branchAt(positionOf(await other.head()), 'child')
    await other.turn('"On."', 'A door.')
    await play.stores.branches.remove(other.ref)
    expect(await play.stores.store.load(other.ref)).toBeUndefined()
    await child.turn('"Over."', 'A garden.')
    expect(await child.story()).toEqual(['Rain.', '"Left."', 'A wall.', '"Over."', 'A garden.'])
    expect(await child.memoriesOf(play.mira)).toEqual(['A wall.'])
    await play.stores.branches.restore(other.ref)
    expect((await other.story()).slice(3)).toEqual(['"On."', 'A door.'])
  })

  test('a writer who still has the head of a branch that was deleted loses', async () => {
    const other = await root.branchAt(positionOf(await root.head()), 'other')
    const head = await other.head()
    await play.stores.branches.remove(other.ref)
    const late = accepted(fondness(play.mira, play.herself, 90)(head))
    expect(await play.stores.store.append(head, late)).toBe('lost_race')
  })

  test('words that took the place of several messages go with each of them', async () => {
    const said = ['"I am"', '"Ida."'].map((text, nth) => ({ ...segment(text)[0], source: `m${nth}` }))
    await root.append((at) => say(at.state, ada, said as SaidSegment[], at.words, root.newId), 'm0')
    await root.append(({ state }) => tell(state, 'Ida?', 'finished', root.newId))
    await root.another('Ina?', '"Call me Ina, or Ida."')
    await play.stores.erasure.eraseMessage('m1')
    const left = await play.stores.db.selectFrom('texts').select('body').execute()
    expect(left.map(({ body }) => body).filter((body) => /Call me|"Ida/u.test(body))).toEqual([])
  })

  test('what is erased is erased on all of them, with what rests on it', async () => {
    await root.turn('"My name is Ida."', 'Ida, then.', 'secret')
    const line = (await play.stores.past.linesOf(await root.head(), 'secret'))[0]
    await root.append(remembering(root, play.mira, 'She is called Ida.', line))
    await root.append(remembering(root, play.mira, 'It rained.'))
    const other = await root.branchAt(positionOf(await root.head()), 'other')
    await other.writeAnew('secret', '"My name is Ina."')
    await other.turn('"On."', 'A door.')
    await root.rewindTo(1)
    expect(await play.stores.erasure.eraseMessage('secret')).toEqual(['story1'])
    expect(await other.story()).toEqual(['Rain.', 'Ida, then.', '"On."', 'A door.'])
    expect(await other.memoriesOf(play.mira)).toEqual(['It rained.'])
    await root.undo()
    expect(await root.story()).toEqual(['Rain.', 'Ida, then.'])
    expect(await root.memoriesOf(play.mira)).toEqual(['It rained.'])
    const left = await play.stores.db.selectFrom('texts').select('body').execute()
    expect(left.filter(({ body }) => /My name|is called/u.test(body))).toEqual([])
  })
})

test('an answer that comes after its turn was left is lost to the race, and neither way has it', async () => {
  await root.turn('"Left."', 'A wall.')
  const asked = await root.head()
  const other = await root.branchAt(positionOf(asked), 'other')
  const before = [await root.visible(), await other.visible()]
  const waiting = { ...asked.state, turn: { ...asked.state.turn, phase: 'open' as const } }
  const late = accepted(tell(waiting, 'Late.', 'finished', root.newId))
  await root.rewindTo(1)
  expect(await play.stores.store.append(asked, late)).toBe('lost_race')
  await root.undo()
  expect([await root.visible(), await other.visible()]).toEqual(before)
})
