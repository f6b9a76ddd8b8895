import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Decision, drafting, type Refusal } from '../../src/story/draft.ts'
import { createCharacter } from '../../src/story/edit/people.ts'
import { resetStory } from '../../src/story/edit/reset.ts'
import { closeScene, openScene } from '../../src/story/edit/world.ts'
import type { Head } from '../../src/story/head.ts'
import { SKEIN } from '../../src/story/ref.ts'
import { openStores, type Stores } from '../doubles/store.ts'
import { beginStory, playTurn, ref } from '../doubles/told.ts'
import { accepted, ada, newId } from '../story/given.ts'

let stores: Stores
beforeEach(async () => {
  stores = await openStores()
  await beginStory(stores)
  for (const nth of [1, 2, 3]) await playTurn(stores, `Words ${nth}.`, `m${nth}`)
})
afterEach(() => stores.close())

const headNow = async (): Promise<Head> => {
  const head = await stores.store.load(ref)
  if (!head) throw new Error('no story')
  return head
}
type Given = {
  readonly body: string
  readonly turns: readonly [number, number]
  readonly owners: readonly string[]
  readonly replaces?: readonly string[]
  readonly level?: number
}
/** Sums up turns of the story; the ids of summaries are their owners and words. */
const sumUp = async ({ body, turns: [from, to], owners, replaces = [], level = 0 }: Given): Promise<void> => {
  const head = await headNow()
  const lines = level === 0 ? (await stores.store.lines(head, from, to)).map(({ id }) => id) : []
  const draft = drafting(head.state, SKEIN, newId)
  draft.emit({
    type: 'past.summarised',
    data: {
      ...{ text: draft.text(body), from, to, level, lines, replaces: [...replaces] },
      owners: owners.map((owner) => ({ owner, summary: `${owner}: ${body}` })),
    },
  })
  await stores.store.append(head, draft.done())
}
const seen = async () =>
  (await stores.summaries.of(await headNow())).map(
    ({ owner, from, to, body }) => `${owner} ${from}-${to} ${body}`,
  )

test('the turns in which scenes ended are those that a head has, from one on', async () => {
  const edit = async (change: (state: Head['state']) => Decision | Refusal) => {
    const head = await headNow()
    await stores.store.append(head, accepted(change(head.state)))
  }
  const scene = async () => {
    await edit((state) => openScene(state, ada.id, {}, newId))
    await edit((state) => closeScene(state, ada.id, {}, newId))
  }
  await scene()
  await playTurn(stores, 'Words 4.', 'm4')
  await scene()
  const head = await headNow()
  expect(await stores.summaries.sceneEnds(head, 1)).toEqual([4, 5])
  expect(await stores.summaries.sceneEnds(head, 5)).toEqual([5])
  const to = await stores.past.endOfTurn(head, 4)
  if (to) await stores.past.move(head, to, undefined, { ids: [], channel: null })
  expect(await stores.summaries.sceneEnds(await headNow(), 1)).toEqual([4])
})

describe('the summaries that a head sees', () => {
  test('are of all owners, the oldest first; those who perceived the same share its text', async () => {
    await sumUp({ body: 'Later.', turns: [3, 4], owners: ['mira'] })
    await sumUp({ body: 'First.', turns: [1, 2], owners: ['mira', 'jon'] })
    expect(await seen()).toEqual(['jon 1-2 First.', 'mira 1-2 First.', 'mira 3-4 Later.'])
    const [jons, miras] = await stores.summaries.of(await headNow())
    expect(jons?.text).toBe(miras?.text)
    expect(jons).toMatchObject({ id: 'jon: First.', level: 0 })
  })

  test('say who came into the story after them', async () => {
    await sumUp({ body: 'First.', turns: [1, 2], owners: ['mira'] })
    const head = await headNow()
    const created = accepted(createCharacter(head.state, ada.id, { name: 'Jon' }, newId))
    await stores.store.append(head, created)
    await sumUp({ body: 'Later.', turns: [3, 4], owners: ['mira'] })
    const jon = created.state.cast.characters[0]?.character
    const summaries = await stores.summaries.of(await headNow())
    expect(summaries.map(({ newcomers }) => newcomers)).toEqual([[jon], []])
  })

  test('are not those in whose place another stands', async () => {
    await sumUp({ body: 'First.', turns: [1, 2], owners: ['mira', 'jon'] })
    await sumUp({ body: 'All.', turns: [1, 4], owners: ['mira'], replaces: ['mira: First.'], level: 1 })
    expect(await seen()).toEqual(['jon 1-2 First.', 'mira 1-4 All.'])
  })

  test('are not those from before a reset, of the one or of all', async () => {
    const reset = async (scope: Parameters<typeof resetStory>[2]) => {
      const head = await headNow()
      await stores.store.append(head, accepted(resetStory(head.state, ada.id, scope, newId)))
    }
    await sumUp({ body: 'First.', turns: [1, 2], owners: ['mira', 'jon'] })
    await reset({ scope: 'story' })
    expect(await seen()).toEqual([])
    await sumUp({ body: 'Anew.', turns: [3, 4], owners: ['mira'] })
    expect(await seen()).toEqual(['mira 3-4 Anew.'])
  })

  test('are not those that were made after the point where it went back', async () => {
    await sumUp({ body: 'First.', turns: [1, 2], owners: ['mira'] })
    const head = await headNow()
    const to = await stores.past.endOfTurn(head, 3)
    if (to)
      await stores.past.move(
        head,
        to,
        { actor: ada.id, cause: 'rewound', undoes: null },
        { ids: [], channel: null },
      )
    expect(await seen()).toEqual([])
  })
})

describe('what a summary rests on', () => {
  const wordsLeft = async () =>
    (await stores.db.selectFrom('texts').select('body').execute()).map(({ body }) => body)

  test('goes with the message: erasing that takes the summary along, and leaves others', async () => {
    await sumUp({ body: 'First.', turns: [1, 2], owners: ['mira', 'jon'] })
    await sumUp({ body: 'Later.', turns: [3, 4], owners: ['mira'] })
    await stores.erasure.eraseMessage('m1')
    expect(await seen()).toEqual(['jon 1-2 ', 'mira 1-2 ', 'mira 3-4 Later.'])
    expect(await wordsLeft()).not.toContain('First.')
  })

  test('goes with it also where others were joined, over all levels and on whichever branch', async () => {
    await sumUp({ body: 'First.', turns: [1, 2], owners: ['mira', 'jon'] })
    await sumUp({ body: 'Later.', turns: [3, 4], owners: ['mira', 'jon'] })
    const both = ['First.', 'Later.'].flatMap((body) => ['mira', 'jon'].map((owner) => `${owner}: ${body}`))
    await sumUp({ body: 'Both.', turns: [1, 4], owners: ['mira', 'jon'], replaces: both, level: 1 })
    const joined = ['mira: Both.', 'jon: Both.']
    await sumUp({ body: 'All.', turns: [1, 4], owners: ['mira', 'jon'], replaces: joined, level: 1 })
    const cited = await stores.db.selectFrom('citations').select(['line', 'text']).execute()
    expect(cited.filter(({ line }) => joined.includes(line))).toHaveLength(2)
    await stores.erasure.eraseMessage('m3')
    expect(await seen()).toEqual(['jon 1-4 ', 'mira 1-4 '])
    expect(await wordsLeft()).toEqual(expect.arrayContaining(['First.']))
    for (const body of ['Later.', 'Both.', 'All.']) expect(await wordsLeft()).not.toContain(body)
  })
})
