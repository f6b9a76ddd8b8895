import { expect, test } from 'vitest'
import { drafting } from '../../src/story/draft.ts'
import type { Edit } from '../../src/story/edit/edit.ts'
import { SKEIN } from '../../src/story/ref.ts'
import { beginWith, called, edited, headNow, told, workshop } from './given.ts'
import { promptOf, say, stores } from './table.ts'

test('a character is told the newest five of how it changed; nobody else is', async () => {
  const world = workshop(told('Rain.', '"Aye."', '"Hm."', 'Wind.'))
  await beginWith(world, 'Mira', 'Jon')
  const character = await called('Mira')
  const [line] = await stores.store.lines(await headNow(), 1, 1)
  const at = { character, line: line?.id ?? '', lines: [], turn: 1, scene: null, place: null }
  const evolve: Edit<number> = (state, _actor, count, newId) => {
    const draft = drafting(state, SKEIN, newId)
    const changes = Array.from({ length: count }, (_, nth) => ({ ...at, text: draft.text(`Change ${nth}.`) }))
    draft.emit({ type: 'cast.evolved', data: { from: 1, to: 10, changes } })
    return draft.done()
  }
  await edited(world, evolve, 6)
  await say(world, 'm1', '"Mira?"')
  await say(world, 'm2', '"Jon?"')
  await say(world, 'm3', '*waits*')
  expect(promptOf(world, 1)).toContain(
    `# How you have changed\n${[1, 2, 3, 4, 5].map((nth) => `- Change ${nth}.`).join('\n')}\n`,
  )
  expect(promptOf(world, 1)).not.toContain('Change 0.')
  for (const other of [2, 3]) expect(promptOf(world, other)).not.toContain('Change')
})
