import { expect, test } from 'vitest'
import type { RoleName } from '../../src/story/settings.ts'
import { contextFor } from '../../src/turn/context.ts'
import { beginWith, headNow, told, workshop } from './given.ts'

test('a role prefers what was chosen for it, or for one that does something alike: for the story, then the server', async () => {
  const world = workshop(told('Rain.'))
  await beginWith(world, 'Mira')
  const head = await headNow()
  const chosen = await world.deps.settings.of(head.ref.story)
  if (!chosen) throw new Error('no story')
  const { story, server } = chosen
  const settings = {
    ...world.deps.settings,
    of: async () => ({
      ...chosen,
      story: { ...story, models: { archivist: 'b/2' } },
      server: { ...server, models: { stager: 'a/1', summariser: 'c/3' } },
    }),
  }
  const { callerOf } = await contextFor({ ...world.deps, settings }, head)
  const preferredBy = (role: RoleName) => callerOf(role, head).prefer
  expect(preferredBy('stager')).toEqual(['b/2', 'a/1'])
  expect(preferredBy('archivist')).toEqual(['b/2'])
  expect(preferredBy('chronicler')).toEqual(['c/3'])
  expect(preferredBy('planner')).toEqual([])
})
