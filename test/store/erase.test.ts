import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Decision, drafting, isRefusal, type Refusal } from '../../src/story/draft.ts'
import { edgeBetween } from '../../src/story/edge.ts'
import type { CitedLine } from '../../src/story/edit/edit.ts'
import { createCharacter, shiftEdge, summariseEdge } from '../../src/story/edit/people.ts'
import type { Head } from '../../src/story/head.ts'
import { SKEIN } from '../../src/story/ref.ts'
import { countingIds } from '../doubles/ids.ts'
import { openStores, type Stores } from '../doubles/store.ts'
import { beginStory, playTurn, ref } from '../doubles/told.ts'

let stores: Stores
const newId = countingIds('rests')

const headNow = async (): Promise<Head> => {
  const head = await stores.store.load(ref)
  if (!head) throw new Error('no story')
  return head
}
const append = async (decide: (head: Head) => Decision | Refusal): Promise<void> => {
  const head = await headNow()
  const outcome = decide(head)
  if (isRefusal(outcome)) throw new Error(outcome.refused)
  await stores.store.append(head, outcome)
}
/** What Ada said in a turn, with who heard it. */
const saidIn = async (turn: number): Promise<CitedLine> => {
  const line = (await stores.store.lines(await headNow(), turn, turn)).find(({ source }) => source !== null)
  if (!line) throw new Error('nothing was said')
  return { id: line.id, witnesses: [...line.witnesses] }
}
const everyone = async () => {
  const { characters, personas } = (await headNow()).state.cast
  return { mira: characters[0]?.character ?? '', ada: personas[0]?.persona ?? '' }
}
/** Whatever is still said, in any row. */
const wordsLeft = async (): Promise<string[]> =>
  (await stores.db.selectFrom('texts').select('body').execute()).map(({ body }) => body)

// A story of Ada and Mira, to whom Ada speaks in two turns.
beforeEach(async () => {
  stores = await openStores()
  await beginStory(stores)
  await append(({ state }) => createCharacter(state, '1001', { name: 'Mira' }, newId))
  await playTurn(stores, '"I sank the boat."', 'm2')
  await playTurn(stores, '"I like you."', 'm3')
})
afterEach(() => stores.close())

describe('when a message is erased', () => {
  const shifts = async (turn: number, reason: string): Promise<void> => {
    const [{ mira, ada }, line] = [await everyone(), await saidIn(turn)]
    const shift = { from: mira, to: ada, affinity: -5, trust: -5, line, reason }
    await append(({ state }) => shiftEdge(state, SKEIN, shift, newId))
  }
  const sumsUp = async (turns: readonly number[], summary: string): Promise<void> => {
    const { mira: from, ada: to } = await everyone()
    const lines = await Promise.all(turns.map(saidIn))
    await append(({ state }) => summariseEdge(state, SKEIN, { from, to, summary, lines }, newId))
  }
  const felt = async () => {
    const { mira, ada } = await everyone()
    const { state, words } = await headNow()
    const { affinity, reason, summary } = edgeBetween(state.edges, mira, ada)
    return { affinity, reason: words.get(reason ?? ''), summary: words.get(summary ?? '') }
  }

  test('why someone came to feel so is gone, and that they do is not', async () => {
    await shifts(2, 'She sank it.')
    expect(await felt()).toMatchObject({ affinity: 45, reason: 'She sank it.' })
    await stores.erasure.eraseMessage('m2')
    expect(await felt()).toMatchObject({ affinity: 45, reason: undefined })
    expect(await wordsLeft()).not.toContain('She sank it.')
  })

  test('a reason that rests on other words stays', async () => {
    await shifts(2, 'She sank it.')
    await shifts(3, 'She likes her.')
    await stores.erasure.eraseMessage('m2')
    expect((await felt()).reason).toBe('She likes her.')
    expect(await wordsLeft()).not.toContain('She sank it.')
  })

  test('how two stand to each other goes with any line of it, and with it all that took its place', async () => {
    await sumsUp([3], 'Fond.')
    await sumsUp([2], 'Fond, but hurt.')
    await sumsUp([3], 'Fond again.')
    await stores.erasure.eraseMessage('m2')
    expect((await felt()).summary).toBeUndefined()
    const left = await wordsLeft()
    expect(left).toContain('Fond.')
    expect(left).not.toContain('Fond, but hurt.')
    expect(left).not.toContain('Fond again.')
  })

  test('how a character changed goes with the line that showed it, and with any that it was told from; no other does', async () => {
    const { mira: character } = await everyone()
    const [second, third] = [(await saidIn(2)).id, (await saidIn(3)).id]
    const shown = [[second], [third], [third, second]] as const
    await append(({ state }) => {
      const draft = drafting(state, SKEIN, newId)
      const changes = shown.map(([line, ...others], nth) => ({
        ...{ character, text: draft.text(`Change ${nth + 2}.`), line, lines: [line, ...others] },
        ...{ turn: 3, scene: null, place: null },
      }))
      draft.emit({ type: 'cast.evolved', data: { from: 1, to: 3, changes } })
      return draft.done()
    })
    await stores.erasure.eraseMessage('m2')
    const kept = await stores.evolutions.of(await headNow(), character)
    expect(kept.map(({ body }) => body)).toEqual(['Change 3.'])
    const left = await wordsLeft()
    for (const gone of ['Change 2.', 'Change 4.']) expect(left).not.toContain(gone)
  })

  test('hearsay goes with the line in which it was heard', async () => {
    const [{ mira: owner, ada: toldBy }, line] = [await everyone(), await saidIn(2)]
    await append(({ state }) => {
      const draft = drafting(state, SKEIN, newId)
      draft.emit({
        type: 'memory.formed',
        data: {
          ...{ memory: newId(), owner, text: draft.text('Jon says that it sank.'), lines: [line.id] },
          ...{ witnesses: line.witnesses, source: 'told', toldBy, chain: ['jon'] },
          ...{ reliability: 0.5, significance: 1, minutes: 0, scene: null },
        },
      })
      return draft.done()
    })
    expect(await stores.memories.memoriesOf(await headNow(), owner, 0, 9)).toMatchObject([{ chain: ['jon'] }])
    await stores.erasure.eraseMessage('m2')
    expect(await stores.memories.memoriesOf(await headNow(), owner, 0, 9)).toEqual([])
    expect(await wordsLeft()).not.toContain('Jon says that it sank.')
  })
})
