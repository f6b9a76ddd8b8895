import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { eventsOf } from '../../src/store/fold.ts'
import { viewFrom } from '../../src/store/transcript.ts'
import { edgeBetween } from '../../src/story/edge.ts'
import { fold } from '../../src/story/state.ts'
import { fondness, openPlay, type Playing, remembering } from './play.ts'

let play: Awaited<ReturnType<typeof openPlay>>
let root: Playing

beforeEach(async () => {
  play = await openPlay()
  root = play.root
})
afterEach(() => play.stores.close())

const affinity = async (on: Playing) =>
  edgeBetween((await on.head()).state.edges, play.mira, play.herself).affinity

describe('alternates', () => {
  /** A turn with a warm answer, after which Mira is fond of Ada, and a cold one, which she remembers. */
  const twoAnswers = async () => {
    await root.turn('"Hello?"', 'Warm.')
    await root.effect(fondness(play.mira, play.herself, 90))
    await root.another('Cold.')
    await root.effect(remembering(root, play.mira, 'She was cold.'))
  }

  test('each brings its own effects, exactly, whichever way one steps through them', async () => {
    await twoAnswers()
    const cold = await root.visible()
    await root.swipeTo(0)
    const warm = await root.visible()
    expect([await affinity(root), warm.lines.at(-1)?.text, warm.memories]).toEqual([90, 'Warm.', []])
    await root.swipeTo(1)
    expect([await affinity(root), await root.memoriesOf(play.mira)]).toEqual([50, ['She was cold.']])
    expect(await root.visible()).toEqual(cold)
    await root.swipeTo(0)
    expect(await root.visible()).toEqual(warm)
  })

  test('rewound past, then branched from the one that is not in force: that one’s effects, and no other’s', async () => {
    await twoAnswers()
    await root.turn('"Why?"', 'Silence.')
    const before = await root.visible()
    const end = await root.endOf(2)
    await root.rewindTo(1)
    expect([await affinity(root), await root.memoriesOf(play.mira)]).toEqual([50, []])
    const warm = await root.branchAt({ ...end, alternate: 0 }, 'warm')
    expect([await affinity(warm), await warm.memoriesOf(play.mira)]).toEqual([90, []])
    expect(await warm.story()).toEqual(['Rain.', '"Hello?"', 'Warm.'])
    await warm.turn('"Come in."', 'She comes in.')
    await root.undo()
    expect(await root.visible()).toEqual(before)
    expect(await warm.story()).toEqual(['Rain.', '"Hello?"', 'Warm.', '"Come in."', 'She comes in.'])
  })

  test('going on from one that was not in force takes it along, and leaves the other way as it was', async () => {
    await twoAnswers()
    await root.turn('"Why?"', 'Silence.')
    const before = await root.visible()
    await root.rewindTo(2)
    await root.swipeTo(0)
    await root.turn('"Thank you."', 'A smile.')
    expect(await root.story()).toEqual(['Rain.', '"Hello?"', 'Warm.', '"Thank you."', 'A smile.'])
    expect([await affinity(root), await root.memoriesOf(play.mira)]).toEqual([90, []])
    await root.undo()
    expect(await root.visible()).toEqual(before)
  })

  test('each answer that was asked with other words has its own, and only those', async () => {
    await root.turn('"One."', 'A.', 'm1')
    await root.another('B.', '"Two."')
    await root.another('C.', '"Three."')
    expect(await root.story()).toEqual(['Rain.', '"Three."', 'C.'])
    await root.swipeTo(1)
    expect(await root.story()).toEqual(['Rain.', '"Two."', 'B.'])
    await root.swipeTo(0)
    expect(await root.story()).toEqual(['Rain.', '"One."', 'A.'])
  })

  test('a message that is written anew has the new words before each of its answers', async () => {
    await root.turn('"One."', 'A.', 'm1')
    await root.another('B.', '"Two."')
    await root.writeAnew('m1', '"Now."')
    expect(await root.story()).toEqual(['Rain.', '"Now."', 'B.'])
    await root.swipeTo(0)
    expect(await root.story()).toEqual(['Rain.', '"Now."', 'A.'])
  })

  test('a new one begins with what was true before the first, not with what that brought about', async () => {
    await twoAnswers()
    const { state } = await root.head()
    expect(edgeBetween(state.edges, play.mira, play.herself).affinity).toBe(50)
    expect(state).toEqual(fold(await eventsOf(play.stores.db, viewFrom(await root.head()))))
  })

  test('another answer behind the tip leaves what came after as it was', async () => {
    await root.turn('"Hello?"', 'Nobody.')
    await root.turn('"Hello!"', 'Still nobody.')
    const before = await root.visible()
    await root.rewindTo(2)
    await root.another('Someone.')
    expect(await root.story()).toEqual(['Rain.', '"Hello?"', 'Someone.'])
    expect(await play.stores.past.alternates(await root.head())).toEqual([0, 1])
    await root.undo()
    expect(await root.visible()).toEqual(before)
    expect(await play.stores.past.alternates(await root.head())).toEqual([0])
    await root.rewindTo(2)
    expect(await play.stores.past.alternates(await root.head())).toEqual([0])
  })
})
