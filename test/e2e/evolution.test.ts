import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openDatabase } from '../../src/store/database.ts'
import { storesOver } from '../../src/store/stores.ts'
import { drafting } from '../../src/story/draft.ts'
import { SKEIN } from '../../src/story/ref.ts'
import { countingIds } from '../doubles/ids.ts'
import { FORM, labelsOf, type Player } from '../doubles/player.ts'
import { startWorld, type World } from './world.ts'

let world: World
let mara: Player
let tomas: Player
let thread: string

beforeAll(async () => {
  world = await startWorld()
  mara = (await world.enter('player')).player
  tomas = (await world.enter('second')).player
})
afterAll(() => world.close())

// A story with Mira, which is Mara's.
beforeEach(async () => {
  thread = await mara.start(world.stories, FORM)
})

const ask = (player = mara, name = 'Mira') => player.command(thread, ['character', 'evolution'], { name })

/** Keeps changes of Mira, one for each arc, as if so many turns had been played. */
const changedIn = async (arcs: number): Promise<void> => {
  const db = await openDatabase(world.directory)
  const newId = countingIds(`of ${thread} `)
  const { store, threads } = storesOver(db, Date.now, newId)
  const ref = await threads.storyIn(thread)
  const head = ref && (await store.load(ref))
  const character = head?.state.cast.characters[0]?.character
  if (!head || !character) throw new Error('no story')
  const [line] = await store.lines(head, 1, 1)
  const draft = drafting(head.state, SKEIN, newId)
  for (let nth = 1; nth <= arcs; nth += 1) {
    const text = draft.text(`Change ${nth}.`)
    const shown = { line: line?.id ?? '', lines: [], turn: 10 * nth, scene: null, place: null }
    const change = { character, text, ...shown }
    draft.emit({ type: 'cast.evolved', data: { from: 10 * nth - 9, to: 10 * nth, changes: [change] } })
  }
  await store.append(head, draft.done())
  await db.destroy()
}

describe('how a character has changed', () => {
  test('is nothing at first', async () =>
    expect((await ask()).content).toContain('**Mira** has not changed yet'))

  test('is shown to whoever leads the story, the newest first, on pages', async () => {
    await changedIn(6)
    const first = await ask()
    expect(first.content).toMatch(
      /^### How Mira has changed\n\*\*Turns 51 to 60\*\*\nChange 6\.\n-# Turn 60\n[\s\S]*Change 2\./u,
    )
    expect(first.content).not.toContain('Change 1.')
    expect(labelsOf(first)).toEqual(['Newer', 'Older'])
    const second = await mara.clickForReply(first, 'Older')
    expect(second.content).toMatch(/\*\*Turns 1 to 10\*\*\nChange 1\.\n-# Turn 10\n-# Page 2/u)
    expect((await mara.clickForReply(second, 'Newer')).content).toBe(first.content)
    const admin = (await world.enter('admin')).player
    expect((await ask(admin)).content).toBe(first.content)
  })

  test('is not for other players, who learn whom to ask', async () => {
    await changedIn(1)
    const { content } = await ask(tomas)
    expect(content).toMatch(/only whoever started this story, or a moderator, reads it\. Ask one of them/u)
    expect(content).not.toContain('Change')
  })

  test('is of those who are in the story', async () =>
    expect((await ask(mara, 'Nell')).content).toContain('Mira'))
})
