import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { AnswerRef, KeptPrompt } from '../../src/turn/ports/records.ts'
import { openStores, type Stores } from '../doubles/store.ts'
import { beginStory, playTurn, ref } from '../doubles/told.ts'

let stores: Stores
beforeEach(async () => {
  stores = await openStores()
  await beginStory(stores)
})
afterEach(() => stores.close())

const answer = (turn: string, alternate = 0): AnswerRef => ({ ...ref, turn, alternate })
const sent = (role: KeptPrompt['role'], text: string): KeptPrompt => ({
  ...{ role, template: '1', tokens: 12 },
  parts: [
    { section: 'rules', tier: 'must', text, audience: 'everyone', tokens: 8, isKept: true },
    {
      section: 'memory',
      tier: 'nice',
      text: 'Fog.',
      audience: ['mira'],
      why: 'pinned',
      tokens: 4,
      isKept: false,
    },
  ],
})

describe('what was asked of models', () => {
  test('is given back as it was, in the order in which it was asked', async () => {
    await stores.records.keepPrompt(answer('t1'), 1, sent('planner', 'Plan.'))
    await stores.records.keepPrompt(answer('t1'), 1, sent('archivist', 'Note.'))
    expect(await stores.records.promptsOf(answer('t1'))).toEqual([
      sent('planner', 'Plan.'),
      sent('archivist', 'Note.'),
    ])
  })

  test('is of one answer, and of the newest time that it was asked', async () => {
    await stores.records.keepPrompt(answer('t1'), 1, sent('writer', 'First.'))
    await stores.records.keepPrompt(answer('t1', 1), 1, sent('writer', 'Other.'))
    await stores.records.keepPrompt(answer('t1'), 1, sent('writer', 'Again.'))
    expect(await stores.records.promptsOf(answer('t1'))).toEqual([sent('writer', 'Again.')])
    expect(await stores.records.promptsOf(answer('t1', 1))).toEqual([sent('writer', 'Other.')])
    expect(await stores.records.promptsOf(answer('t2'))).toEqual([])
  })

  test('makes room for newer ones of its story', async () => {
    const other = { story: 'other', branch: ref.branch }
    await stores.db
      .insertInto('stories')
      .values({ id: 'other', guild: '9', last_seq: 0, created_at: 0, updated_at: 0 })
      .execute()
    await stores.records.keepPrompt({ ...other, turn: 't0', alternate: 0 }, 1, sent('writer', 'Far.'))
    for (let nth = 1; nth <= 155; nth += 1)
      await stores.records.keepPrompt(answer(`t${nth}`), nth, sent('writer', `Turn ${nth}.`))
    const kept = async (nth: number) => (await stores.records.promptsOf(answer(`t${nth}`))).length
    expect([await kept(5), await kept(6), await kept(155)]).toEqual([0, 1, 1])
    expect(await stores.records.promptsOf({ ...other, turn: 't0', alternate: 0 })).toHaveLength(1)
  })
})

describe('how long an answer took', () => {
  test('is kept by phase; the newest count holds', async () => {
    expect(await stores.records.phasesOf(answer('t1'))).toEqual([])
    await stores.records.keepPhases(answer('t1'), [{ phase: 'writing', ms: 5 }])
    await stores.records.keepPhases(answer('t1'), [
      { phase: 'writing', ms: 5 },
      { phase: 'settling', ms: 2 },
    ])
    expect(await stores.records.phasesOf(answer('t1'))).toEqual([
      { phase: 'writing', ms: 5 },
      { phase: 'settling', ms: 2 },
    ])
    expect(await stores.records.phasesOf(answer('t1', 1))).toEqual([])
  })
})

describe('an erasure', () => {
  const failure = {
    ...{ connection: 'c', model: 'm', attempt: 1, detail: '', raw: 'I sank the boat.' },
    ...({ kind: 'misfit', role: 'archivist' } as const),
    ...{ branch: ref.branch, turn: 't2' },
  }
  const asked = async () => {
    await playTurn(stores, 'I sank the boat.', 'm1')
    await stores.records.keepPrompt(answer('t2'), 2, sent('writer', 'Ada: I sank the boat.'))
    await stores.db
      .insertInto('failures')
      .values({ ...failure, id: 'f1', story: ref.story, at: 1 })
      .execute()
  }
  const left = async () => [
    (await stores.records.promptsOf(answer('t2'))).length,
    (await stores.db.selectFrom('failures').selectAll().execute()).length,
  ]

  test('takes along what was asked in that story, and what models answered wrongly', async () => {
    await asked()
    expect(await left()).toEqual([1, 1])
    await stores.erasure.eraseMessage('m1')
    expect(await left()).toEqual([0, 0])
  })

  test('leaves it where nothing of the story was erased', async () => {
    await asked()
    await stores.erasure.eraseMessage('m9')
    expect(await left()).toEqual([1, 1])
  })

  /** What a call of the newest turn keeps when it comes to its end. */
  const ends = async () => {
    const { id, number } = (await stores.store.load(ref))?.state.turn ?? { id: '', number: 0 }
    await stores.records.keepPrompt(answer(id), number, sent('writer', 'Ada: I sank the boat.'))
    const { branch: _, ...given } = failure
    await stores.failures.keep({ ...given, ref, turn: id })
    const kept = await stores.failures.failuresOf(ref.story, id)
    return [(await stores.records.promptsOf(answer(id))).length, kept.length]
  }

  test('is not undone by what was asked before it and comes to its end only then', async () => {
    await playTurn(stores, 'I sank the boat.', 'm1')
    await stores.erasure.eraseMessage('m1')
    expect(await ends()).toEqual([0, 0])
  })

  test('nor where the words had not come into the story yet', async () => {
    await playTurn(stores, 'I wait.', 'm1')
    await stores.erasure.eraseMessage('m2', true)
    expect(await ends()).toEqual([0, 0])
  })

  test('hinders nothing that turns after it ask', async () => {
    await playTurn(stores, 'I sank the boat.', 'm1')
    await stores.erasure.eraseMessage('m1')
    await stores.erasure.eraseMessage('m9', true)
    await playTurn(stores, 'I wait.', 'm2')
    expect(await ends()).toEqual([1, 1])
  })

  test('nor what other stories ask', async () => {
    await stores.db
      .insertInto('stories')
      .values({ id: 'other', guild: '9', last_seq: 0, created_at: 0, updated_at: 0 })
      .execute()
    await playTurn(stores, 'I sank the boat.', 'm1')
    await stores.erasure.eraseMessage('m1')
    const far = { ...answer('t1'), story: 'other' }
    await stores.records.keepPrompt(far, 1, sent('writer', 'Far.'))
    expect(await stores.records.promptsOf(far)).toHaveLength(1)
  })
})
