import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { claimDirectory } from '../../src/store/database.ts'
import { eventsOf } from '../../src/store/fold.ts'
import { viewFrom } from '../../src/store/transcript.ts'
import { type Decision, isRefusal, type Refusal, say, start, tell } from '../../src/story/decide.ts'
import type { Head } from '../../src/story/head.ts'
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
    await stores.deliveries.posted(turn, '500', { message: '700', part: 0 })
    expect(await stores.deliveries.of(turn)).toEqual({
      ...turn,
      draft: 'Rain',
      posts: [{ message: '700', part: 0 }],
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
      { channel: '500', lastLine: { text: 'Rain.' } },
    ])
    expect(await stores.stories.page(['400'], 1, 10)).toEqual([])
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
