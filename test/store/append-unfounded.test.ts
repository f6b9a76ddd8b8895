import { afterEach, beforeEach, expect, test } from 'vitest'
import { drafting, isRefusal } from '../../src/story/draft.ts'
import { edgeBetween } from '../../src/story/edge.ts'
import { createCharacter } from '../../src/story/edit/people.ts'
import type { Head } from '../../src/story/head.ts'
import { SKEIN } from '../../src/story/ref.ts'
import { countingIds } from '../doubles/ids.ts'
import { openStores, type Stores } from '../doubles/store.ts'
import { beginStory, playTurn, ref } from '../doubles/told.ts'

let stores: Stores
const newId = countingIds('unfounded')

const headNow = async (): Promise<Head> => {
  const head = await stores.store.load(ref)
  if (!head) throw new Error('no story')
  return head
}
const everyone = async () => {
  const { characters, personas } = (await headNow()).state.cast
  return { mira: characters[0]?.character ?? '', ada: personas[0]?.persona ?? '' }
}
const saidIn = async (turn: number): Promise<string> => {
  const lines = await stores.store.lines(await headNow(), turn, turn)
  return lines.find(({ source }) => source !== null)?.id ?? ''
}

/** What someone decides on a head, to be appended later. */
const deciding = async (decide: (draft: ReturnType<typeof drafting>) => void) => {
  const head = await headNow()
  const draft = drafting(head.state, SKEIN, newId)
  decide(draft)
  const decision = draft.done()
  return () => stores.store.append(head, decision)
}
const remembering = async (owner: string, ...memories: readonly (readonly [body: string, line: string])[]) =>
  deciding((draft) => {
    for (const [body, line] of memories)
      draft.emit({
        type: 'memory.formed',
        data: {
          ...{ memory: newId(), owner, text: draft.text(body), witnesses: [owner], lines: [line] },
          ...{ source: 'direct', toldBy: null, chain: [], reliability: 1 },
          ...{ significance: 1, minutes: 0, scene: null },
        },
      })
  })
/** How Mira feels for Ada, in words that rest on lines and on those before them. */
const feeling = async (summary: string, lines: readonly string[]) => {
  const { mira: from, ada: to } = await everyone()
  return deciding((draft) => {
    const { summary: before } = edgeBetween(draft.state().edges, from, to)
    draft.emit({
      type: 'edge.summarised',
      data: { from, to, before, summary: draft.text(summary), lines: [...lines] },
    })
  })
}
/** A summary of the first turns for Mira. */
const summing = async (summary: string, text: string, rests: { lines?: string[]; replaces?: string[] }) => {
  const { mira: owner } = await everyone()
  return deciding((draft) =>
    draft.emit({
      type: 'past.summarised',
      data: {
        ...{ from: 1, to: 3, level: 0, text: draft.text(text), owners: [{ owner, summary }] },
        ...{ lines: [], replaces: [], ...rests },
      },
    }),
  )
}
const wordsLeft = async (): Promise<string[]> =>
  (await stores.db.selectFrom('texts').select('body').execute()).map(({ body }) => body)
const remembered = async () => {
  const { mira } = await everyone()
  return (await stores.memories.memoriesOf(await headNow(), mira, 0, 9)).map(({ body }) => body)
}

// A story of Ada and Mira, to whom Ada speaks in two turns.
beforeEach(async () => {
  stores = await openStores()
  await beginStory(stores)
  const head = await headNow()
  const created = createCharacter(head.state, '1001', { name: 'Mira' }, newId)
  if (isRefusal(created)) throw new Error(created.refused)
  await stores.store.append(head, created)
  await playTurn(stores, '"I sank the boat."', 'm2')
  await playTurn(stores, '"I like you."', 'm3')
})
afterEach(() => stores.close())

test('given words that were erased after it was decided, what rests on them is appended without its words', async () => {
  const { mira } = await everyone()
  const append = await remembering(
    mira,
    ['Ada sank the boat.', await saidIn(2)],
    ['Ada likes Mira.', await saidIn(3)],
  )
  await stores.erasure.eraseMessage('m2')
  expect(await append()).toBe('appended')
  expect(await wordsLeft()).not.toContain('Ada sank the boat.')
  expect(await remembered()).toEqual(['Ada likes Mira.'])
})

test('nor can it be found by its words', async () => {
  const { mira } = await everyone()
  const append = await remembering(mira, ['Ada sank the boat.', await saidIn(2)])
  await stores.erasure.eraseMessage('m2')
  await append()
  expect(await stores.db.selectFrom('indexed').selectAll().execute()).toEqual([])
})

test('what rests on a summary whose words are gone by then has none either', async () => {
  await (await summing('s1', 'Ada sank a boat.', { lines: [await saidIn(2)] }))()
  const append = await summing('s2', 'There was a boat.', { replaces: ['s1'] })
  await stores.erasure.eraseMessage('m2')
  await append()
  expect((await wordsLeft()).filter((body) => body.includes('boat'))).toEqual([])
})

test('nor has what goes on from a text whose words are gone', async () => {
  await (await feeling('Hurt by the boat.', [await saidIn(2)]))()
  const append = await feeling('Still hurt.', [await saidIn(3)])
  await stores.erasure.eraseMessage('m2')
  await append()
  expect(await wordsLeft()).not.toContain('Still hurt.')
})

test('given nothing was erased, all of it has its words', async () => {
  const { mira } = await everyone()
  await (await remembering(mira, ['Ada sank the boat.', await saidIn(2)]))()
  await (await summing('s1', 'Ada sank a boat.', { lines: [await saidIn(2)] }))()
  await (await summing('s2', 'There was a boat.', { replaces: ['s1'] }))()
  await (await feeling('Hurt.', [await saidIn(2)]))()
  await (await feeling('Still hurt.', [await saidIn(3)]))()
  expect(await wordsLeft()).toEqual(
    expect.arrayContaining([
      'Ada sank the boat.',
      'Ada sank a boat.',
      'There was a boat.',
      'Hurt.',
      'Still hurt.',
    ]),
  )
})
