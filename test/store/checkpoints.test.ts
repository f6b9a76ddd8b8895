import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { branchStore } from '../../src/store/branches.ts'
import { keepCheckpoints } from '../../src/store/checkpoints.ts'
import { eventsOf, stateAt } from '../../src/store/fold.ts'
import { timelineStore } from '../../src/store/timeline.ts'
import { viewFrom } from '../../src/store/transcript.ts'
import { type Decision, regenerate, say, tell } from '../../src/story/decide.ts'
import { advanceClock } from '../../src/story/edit/world.ts'
import { type Head, positionOf } from '../../src/story/head.ts'
import { ROOT_BRANCH, type StoryRef } from '../../src/story/ref.ts'
import { segment } from '../../src/story/segment.ts'
import { fold } from '../../src/story/state.ts'
import { countingIds } from '../doubles/ids.ts'
import { openStores, type Stores } from '../doubles/store.ts'
import { beginStory, playTurn } from '../doubles/told.ts'
import { accepted, ada } from '../story/given.ts'

const ref = { story: 'story1', branch: ROOT_BRANCH }
const newId = countingIds('kept')
const rewound = { actor: ada.id, cause: 'rewound', undoes: null } as const
const source = () => ({ ids: [newId()], channel: null })

let stores: Stores
let timeline: ReturnType<typeof timelineStore>
let branches: ReturnType<typeof branchStore>

beforeEach(async () => {
  stores = await openStores()
  timeline = timelineStore(stores.db, () => 1)
  branches = branchStore(stores.db, () => 1, newId)
  await beginStory(stores)
  await playTurn(stores, 'I knock.')
})
afterEach(() => stores.close())

const headOf = async (of: StoryRef = ref): Promise<Head> => {
  const head = await stores.store.load(of)
  if (!head) throw new Error('no head')
  return head
}
const append = async (
  decide: (head: Head) => Decision | Promise<Decision>,
  of: StoryRef = ref,
): Promise<Head> => {
  const head = await headOf(of)
  expect(await stores.store.append(head, await decide(head), source())).toBe('appended')
  return headOf(of)
}
const saying = ({ state, words }: Head) => accepted(say(state, ada, segment('I wait.'), words, newId))
const telling = ({ state }: Head) => accepted(tell(state, 'Fog.', 'finished', newId))
/** Another answer begins with what was true before the one that there is. */
const another = async (head: Head): Promise<Decision> => {
  const before = await timeline.stateAt(ref.story, { ...positionOf(head), alternate: 1 })
  const state = { ...before, turn: head.state.turn }
  return accepted(regenerate(state, { player: ada.id, alternate: 1 }, newId))
}
/** Time that passes in the answer in force, and only there. */
const passing =
  (minutes: number) =>
  ({ state }: Head): Decision => ({
    ...accepted(advanceClock(state, ada.id, { minutes, reason: 'talk' }, newId)),
    alternate: state.turn.alternate,
  })

const checkpoints = () =>
  stores.db
    .selectFrom('checkpoints')
    .select(['strand', 'seq', 'turn', 'alternate'])
    .orderBy('strand')
    .orderBy('seq')
    .execute()

/** What the whole log folds to, beside what the nearest checkpoint leads to. */
const expectSame = async (head: Head): Promise<void> => {
  const view = viewFrom(head)
  const whole = fold(await eventsOf(stores.db, view))
  expect(head.state).toEqual(whole)
  expect(await stateAt(stores.db, view)).toEqual(whole)
}

describe('at heads', () => {
  test('one is kept where a branch has gone on, and none a second time', async () => {
    expect(await keepCheckpoints(stores.db)).toMatchObject({ taken: 1 })
    expect(await keepCheckpoints(stores.db)).toMatchObject({ taken: 0 })
    await playTurn(stores, 'I wait.')
    expect(await keepCheckpoints(stores.db)).toMatchObject({ taken: 1 })
    expect((await checkpoints()).at(-1)).toEqual(positionOf(await headOf()))
  })

  test('none is kept for a branch that was deleted', async () => {
    await playTurn(stores, 'I wait.')
    const head = await headOf()
    const at = await timeline.endOfTurn(head, 1)
    if (!at) throw new Error('no turn')
    await branches.create(
      head,
      at,
      { id: 'other', author: ada.id, name: 'Other', description: null },
      source(),
    )
    await append(saying, { ...ref, branch: 'other' })
    await branches.remove({ ...ref, branch: 'other' })
    expect(await keepCheckpoints(stores.db)).toMatchObject({ taken: 1 })
  })
})

describe('one in the middle of a turn', () => {
  test('is where the fold begins from then on', async () => {
    await append(saying)
    await keepCheckpoints(stores.db)
    const head = await append(telling)
    await expectSame(head)
    const [kept] = await checkpoints()
    await stores.db
      .deleteFrom('events')
      .where('seq', '<=', kept?.seq ?? 0)
      .execute()
    expect(await stateAt(stores.db, viewFrom(head))).toEqual(head.state)
  })

  test('counts for the answer that it was taken in, and for no other', async () => {
    await append(saying)
    await append(telling)
    await append(passing(90))
    await keepCheckpoints(stores.db)
    const first = await headOf()
    await append(another)
    await append(telling)
    const second = await append(passing(5))
    await expectSame(second)
    expect(second.state.clock.minutes).toBe(first.state.clock.minutes - 85)
    await keepCheckpoints(stores.db)
    await timeline.move(second, { ...positionOf(second), alternate: 0 }, undefined, source())
    const back = await headOf()
    await expectSame(back)
    expect(back.state.clock).toEqual(first.state.clock)
  })

  test('does not count before it', async () => {
    await playTurn(stores, 'I wait.')
    await append(saying)
    await append(passing(90))
    await keepCheckpoints(stores.db)
    const head = await headOf()
    const to = await timeline.endOfTurn(head, 2)
    if (!to) throw new Error('no turn')
    await timeline.move(head, to, rewound, source())
    await expectSame(await headOf())
    expect((await headOf()).state.turn.number).toBe(2)
  })
})

describe('those by an older reducer', () => {
  beforeEach(async () => {
    await keepCheckpoints(stores.db)
    await playTurn(stores, 'I wait.')
    await keepCheckpoints(stores.db)
    await stores.db
      .updateTable('checkpoints')
      .set({ version: 0, state: Buffer.from('') })
      .execute()
  })

  test('are not used', async () => {
    await expectSame(await headOf())
  })

  test('are folded anew where they stand, and used again', async () => {
    const before = await checkpoints()
    expect(await keepCheckpoints(stores.db)).toEqual({ taken: 0, refolded: 2, pruned: 0 })
    expect(await checkpoints()).toEqual(before)
    const head = await headOf()
    await stores.db.deleteFrom('events').execute()
    expect(await stateAt(stores.db, viewFrom(head))).toEqual(head.state)
  })
})

describe('of a deleted branch', () => {
  const other = { ...ref, branch: 'other' }

  beforeEach(async () => {
    const head = await headOf()
    const at = await timeline.endOfTurn(head, 1)
    if (!at) throw new Error('no turn')
    const named = { id: other.branch, author: ada.id, name: 'Other', description: null }
    await branches.create(head, at, named, source())
    await append(saying, other)
    await append(telling, other)
    await keepCheckpoints(stores.db)
  })

  const strands = async () => (await checkpoints()).map(({ strand }) => strand)

  test('those go that no other branch sees', async () => {
    expect(await strands()).toEqual([1, 1, 2])
    await branches.remove(other)
    expect(await keepCheckpoints(stores.db)).toMatchObject({ pruned: 1 })
    expect(await strands()).toEqual([1, 1])
  })

  test('those stay from which another branch went on', async () => {
    const head = await headOf(other)
    const named = { id: 'third', author: ada.id, name: 'Third', description: null }
    await branches.create(head, positionOf(head), named, source())
    await branches.remove(other)
    expect(await keepCheckpoints(stores.db)).toMatchObject({ pruned: 0 })
  })

  test('those stay to which another branch can go back', async () => {
    const head = await headOf()
    await timeline.move(head, positionOf(await headOf(other)), rewound, source())
    await timeline.move(await headOf(), positionOf(head), rewound, source())
    await branches.remove(other)
    expect(await keepCheckpoints(stores.db)).toMatchObject({ pruned: 0 })
  })

  test('what is true on the branch is the same when it comes back', async () => {
    const before = await headOf(other)
    await branches.remove(other)
    await keepCheckpoints(stores.db)
    await branches.restore(other)
    await expectSame(await headOf(other))
    expect((await headOf(other)).state).toEqual(before.state)
  })
})
