import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type KyselyPlugin, sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { claimDirectory } from '../../src/store/database.ts'
import { eventsOf } from '../../src/store/fold.ts'
import { storyList } from '../../src/store/stories.ts'
import { archiveStory, deleteStory } from '../../src/store/story-admin.ts'
import { viewFrom } from '../../src/store/transcript.ts'
import { type Decision, isRefusal, type Refusal, say, start, tell } from '../../src/story/decide.ts'
import { type Head, positionOf } from '../../src/story/head.ts'
import { ROOT_BRANCH } from '../../src/story/ref.ts'
import { segment } from '../../src/story/segment.ts'
import { emptyState, fold } from '../../src/story/state.ts'
import { countingIds } from '../doubles/ids.ts'
import { linesOf, openStores, type Stores } from '../doubles/store.ts'

const ada = { id: '1001', displayName: 'Ada' }
const ref = { story: 'story1', branch: ROOT_BRANCH }
const place = { ref, guild: '9', thread: '500', parent: '400' }
const newId = countingIds()

const accepted = (outcome: Decision | Refusal): Decision => {
  if (isRefusal(outcome)) throw new Error(outcome.refused)
  return outcome
}
const beginning = () =>
  accepted(start(emptyState, { player: ada, title: 'Fog', premise: 'A harbour.' }, newId))
const saying = (head: Head, text: string) => accepted(say(head.state, ada, segment(text), head.words, newId))
const telling = (head: Head, text: string) => accepted(tell(head.state, text, 'finished', newId))

/** The same database, and how many queries went through it. */
const watched = (db: Stores['db']) => {
  const queries: KyselyPlugin = {
    transformQuery: ({ node }) => {
      counter.queries += 1
      return node
    },
    transformResult: async ({ result }) => result,
  }
  const counter = { queries: 0, db: db.withPlugin(queries) }
  return counter
}

let stores: Stores
let directory: string

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'skein-store-'))
  stores = await openStores(directory)
})
afterEach(async () => {
  await stores.close()
  await rm(directory, { recursive: true })
})

const headNow = async (): Promise<Head> => {
  const head = await stores.store.load(ref)
  if (!head) throw new Error('no head')
  return head
}
const from = (id: string) => ({ ids: [id], channel: '500' })
const begin = () => stores.store.create(place, beginning(), { ids: ['i1'], channel: null })
const tellOpening = async () => {
  await begin()
  const head = await headNow()
  await stores.store.append(head, telling(head, 'Rain.'))
}

describe('append', () => {
  test('a story is there with its state and its words', async () => {
    expect(await begin()).toBe('appended')
    const { state, words, seq } = await headNow()
    expect(seq).toBe(3)
    expect(words.get(state.premise?.title ?? '')).toBe('Fog')
  })

  test('what was appended reads back: events fold to the head’s state', async () => {
    await tellOpening()
    const head = await headNow()
    await stores.store.append(head, saying(head, '*looks* "Who is there?"'), from('m1'))
    expect(fold(await eventsOf(stores.db, viewFrom(await headNow())))).toEqual((await headNow()).state)
  })

  test('a source is taken in once; the second time nothing changes', async () => {
    await tellOpening()
    const head = await headNow()
    expect(await stores.store.append(head, saying(head, 'I wait.'), from('m1'))).toBe('appended')
    const after = await headNow()
    expect(await stores.store.append(after, telling(after, 'Fog.'), from('m1'))).toBe('duplicate')
    expect(await headNow()).toEqual(after)
    expect(await stores.store.wasTakenIn('m1')).toBe(true)
  })

  test('of two writers on one head, one loses and leaves nothing behind', async () => {
    await tellOpening()
    const head = await headNow()
    const outcomes = await Promise.all([
      stores.store.append(head, saying(head, 'I go left.'), from('m1')),
      stores.store.append(head, saying(head, 'I go right.'), from('m2')),
    ])
    expect(outcomes).toEqual(['appended', 'lost_race'])
    expect(await stores.store.wasTakenIn('m2')).toBe(false)
    const lines = await linesOf(stores, ref)
    expect(lines.map(({ text }) => text)).toEqual(['Rain.', 'I go left.'])
  })

  test('a write that fails half-way leaves nothing behind', async () => {
    await tellOpening()
    const head = await headNow()
    const said = saying(head, 'I wait.')
    const broken = { ...said, events: [...said.events, ...said.events] }
    await expect(stores.store.append(head, broken, from('m1'))).rejects.toThrow()
    expect(await headNow()).toEqual(head)
    expect(await stores.store.wasTakenIn('m1')).toBe(false)
  })

  test('a kept state of another version is folded anew from the log', async () => {
    await tellOpening()
    const { state } = await headNow()
    await stores.db.updateTable('branches').set({ state: '{}', state_version: 0 }).execute()
    expect((await headNow()).state).toEqual(state)
  })
})

describe('the transcript', () => {
  test('the newest turns come oldest first, and no more than were asked for', async () => {
    await tellOpening()
    for (const text of ['One.', 'Two.', 'Three.']) {
      const head = await headNow()
      await stores.store.append(head, saying(head, text), from(text))
      const open = await headNow()
      await stores.store.append(open, telling(open, `${text} Yes.`))
    }
    const lines = await stores.store.lines(await headNow(), 3, 4)
    expect(lines.map(({ text }) => text)).toEqual(['Two.', 'Two. Yes.', 'Three.', 'Three. Yes.'])
  })
})

describe('deliveries', () => {
  test('a turn that opens has an open delivery until it is delivered', async () => {
    await begin()
    const turn = { ...ref, turn: (await headNow()).state.turn.id }
    expect(await stores.deliveries.open()).toEqual([turn])
    await stores.deliveries.draft(turn, 'Rain')
    await stores.deliveries.posted(turn, { message: '700', channel: '500', part: 0 })
    expect(await stores.deliveries.of(turn)).toEqual({
      ...turn,
      draft: 'Rain',
      posts: [{ message: '700', channel: '500', part: 0 }],
    })
    await stores.deliveries.delivered(turn)
    expect(await stores.deliveries.open()).toEqual([])
  })
})

describe('threads and lists', () => {
  test('a thread knows its branch, a branch its thread, and each how far it was read', async () => {
    await tellOpening()
    const head = await headNow()
    await stores.store.append(head, saying(head, 'I wait.'), from('600'))
    expect(await stores.threads.storyIn('500')).toEqual(ref)
    expect(await stores.threads.storyIn('501')).toBeUndefined()
    expect(await stores.threads.threadOf(ref)).toBe('500')
    expect(await stores.threads.lastTakenIn('500')).toBe('600')
    expect(await stores.threads.lastTakenIn('501')).toBeUndefined()
  })

  test('a list shows stories with their last lines, only from the channels that were asked for', async () => {
    await tellOpening()
    expect(await stores.stories.count(['400'])).toBe(1)
    expect(await stores.stories.count(['401'])).toBe(0)
    expect(await stores.stories.page(['400'], 0, 10)).toMatchObject([
      { channel: '500', branches: 1, lastLine: { text: 'Rain.' } },
    ])
    expect(await stores.stories.page(['400'], 1, 10)).toEqual([])
  })
})

describe('a list of stories with branches', () => {
  const storm = { ...ref, branch: 'storm' }
  const other = { ...ref, story: 'story2' }
  const threadsIn = async (...parents: string[]) =>
    (await stores.stories.page(parents, 0, 10)).map(({ channel }) => channel)
  const goOn = async (branch: typeof ref) => {
    const head = await stores.store.load(branch)
    if (!head) throw new Error('no head')
    await stores.store.append(head, saying(head, 'I wait.'))
    const open = await stores.store.load(branch)
    if (open) await stores.store.append(open, telling(open, 'So it is.'))
  }
  const branchOff = async (branch: string) => {
    const head = await headNow()
    const given = { id: branch, author: ada.id, name: branch, description: null }
    await stores.branches.create(head, positionOf(head), given, { ids: [], channel: null })
  }

  // One story with a branch in another channel and one in no thread, and then another story.
  beforeEach(async () => {
    await tellOpening()
    await branchOff('storm')
    await branchOff('fog')
    await stores.branches.showIn(storm, '501', '401')
    const source = { ids: ['i2'], channel: null }
    await stores.store.create({ ...place, ref: other, thread: '502' }, beginning(), source)
  })

  test('has each story once, with all of its branches, at the one that was told last', async () => {
    expect(await stores.stories.count(['400', '401'])).toBe(2)
    expect(await threadsIn('400', '401')).toEqual(['502', '501'])
    await goOn(ref)
    expect(await stores.stories.page(['400', '401'], 0, 1)).toMatchObject([
      { channel: '500', branches: 3, head: { ref }, lastLine: { text: 'So it is.' } },
    ])
    expect(await stores.stories.page(['400', '401'], 1, 10)).toMatchObject([{ channel: '502', branches: 1 }])
    await goOn(storm)
    expect(await threadsIn('400', '401')).toEqual(['501', '502'])
  })

  test('shows of a story only the branches in the channels that were asked for, and its place by those', async () => {
    await goOn(storm)
    expect(await threadsIn('400')).toEqual(['502', '500'])
    expect(await threadsIn('401')).toEqual(['501'])
  })

  test('neither counts nor shows a branch that is deleted', async () => {
    await stores.branches.remove(storm)
    expect(await stores.stories.count(['401'])).toBe(0)
    expect(await stores.stories.page(['400'], 1, 10)).toMatchObject([{ channel: '500', branches: 2 }])
  })

  test('knows in which channels of a server stories are told, and where a branch is', async () => {
    expect((await stores.stories.parents('9')).toSorted()).toEqual(['400', '401'])
    expect(await stores.stories.parents('10')).toEqual([])
    expect(await stores.stories.placeOf(storm)).toEqual({ channel: '501', parent: '401' })
    expect(await stores.stories.placeOf({ ...ref, branch: 'fog' })).toBeUndefined()
  })

  test('leaves out what is archived or deleted, with all of its branches', async () => {
    await archiveStory(stores.db, ref.story, 1)
    expect(await stores.stories.count(['400', '401'])).toBe(1)
    expect(await threadsIn('400', '401')).toEqual(['502'])
    expect(await stores.stories.parents('9')).toEqual(['400'])
    expect(await stores.stories.placeOf(storm)).toBeUndefined()
    await archiveStory(stores.db, ref.story, null)
    await deleteStory(stores.db, other.story, 1)
    expect(await threadsIn('400', '401')).toEqual(['501'])
  })

  test('is read with as many queries, however long its stories are', async () => {
    const queriesOf = async () => {
      const counter = watched(stores.db)
      await storyList(counter.db).page(['400', '401'], 0, 10)
      return counter.queries
    }
    await goOn(ref)
    const before = await queriesOf()
    for (let turn = 0; turn < 30; turn += 1) await goOn(ref)
    expect(await queriesOf()).toBe(before)
  })
})

describe('durability', () => {
  test('the database keeps a write-ahead log and syncs every commit', async () => {
    const read = async (name: string) => {
      const { rows } = await sql<Record<string, unknown>>`${sql.raw(`pragma ${name}`)}`.execute(stores.db)
      return rows[0]?.[name]
    }
    expect(await read('journal_mode')).toBe('wal')
    expect(await read('synchronous')).toBe(2)
    expect(await read('foreign_keys')).toBe(1)
  })

  test('what was appended is there after opening again', async () => {
    await tellOpening()
    const before = await headNow()
    await stores.close()
    stores = await openStores(directory)
    expect(await headNow()).toEqual(before)
  })

  test('one process at a time holds a data directory', () => {
    const held = claimDirectory(directory)
    expect(() => claimDirectory(directory)).toThrow(expect.objectContaining({ code: 'data_dir_in_use' }))
    held.release()
    claimDirectory(directory).release()
  })
})
