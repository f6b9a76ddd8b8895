import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { drafting } from '../../src/story/draft.ts'
import { resetStory } from '../../src/story/edit/reset.ts'
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
  const lines = (await stores.store.lines(head, from, to)).map(({ id }) => id)
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

describe('the summaries that a head sees', () => {
  test('are of all owners, the oldest first; those who perceived the same share its text', async () => {
    await sumUp({ body: 'Later.', turns: [3, 4], owners: ['mira'] })
    await sumUp({ body: 'First.', turns: [1, 2], owners: ['mira', 'jon'] })
    expect(await seen()).toEqual(['jon 1-2 First.', 'mira 1-2 First.', 'mira 3-4 Later.'])
    const [jons, miras] = await stores.summaries.of(await headNow())
    expect(jons?.text).toBe(miras?.text)
    expect(jons).toMatchObject({ id: 'jon: First.', level: 0 })
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
  const textOf = async (body: string) =>
    (await stores.summaries.of(await headNow())).find((each) => each.body === body)?.text ?? ''

  test('are the lines that it cites, each once', async () => {
    await sumUp({ body: 'First.', turns: [1, 2], owners: ['mira'] })
    await sumUp({ body: 'Later.', turns: [2, 3], owners: ['mira'] })
    const lines = (await stores.store.lines(await headNow(), 1, 3)).map(({ id }) => id)
    const cited = await stores.summaries.citedBy(ref.story, [await textOf('First.'), await textOf('Later.')])
    expect(cited.toSorted()).toEqual(lines.toSorted())
    expect(await stores.summaries.citedBy(ref.story, [])).toEqual([])
  })

  test('goes with the message: erasing that takes the summary along, and leaves others', async () => {
    await sumUp({ body: 'First.', turns: [1, 2], owners: ['mira', 'jon'] })
    await sumUp({ body: 'Later.', turns: [3, 4], owners: ['mira'] })
    await stores.erasure.eraseMessage('m1')
    expect(await seen()).toEqual(['mira 3-4 Later.'])
    const texts = await stores.db.selectFrom('texts').select('body').execute()
    expect(texts.map(({ body }) => body)).not.toContain('First.')
  })
})
