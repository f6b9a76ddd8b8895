import type { ButtonInteraction } from 'discord.js'
import { expect, test } from 'vitest'
import { begin } from '../../../commands/story/kickoff-controls.ts'
import type { Face } from '../../../src/discord/command.ts'
import { en } from '../../../src/locales/en.ts'
import { createCharacter } from '../../../src/story/edit/people.ts'
import type { OpenKickoff } from '../../../src/turn/kickoff.ts'
import { ada } from '../../story/given.ts'
import { edited, headAfter } from '../head.ts'

const head = headAfter(edited(createCharacter, () => ({ name: 'Mira' })))
const open: OpenKickoff = {
  ref: head.ref,
  by: ada.id,
  kickoff: { place: null, people: [], time: null, firstDay: null, weather: 'fog', relations: [] },
}

test('given a press that comes once more, then it says that the scene is set, without buttons, and tells nobody anew', async () => {
  const kept = new Map([['k', open]])
  const shown: unknown[] = []
  const told: unknown[] = []
  const press = {
    ...{ id: 'i', channelId: 'thread', user: { id: ada.id }, memberPermissions: { has: () => true } },
    deferUpdate: async () => undefined,
    editReply: async (reply: unknown) => shown.push(reply),
  } as unknown as ButtonInteraction<'cached'>
  const face = {
    texts: en,
    engine: { edit: async () => 'duplicate' },
    kickoffs: {
      of: (id: string) => kept.get(id),
      put: (id: string, proposal: OpenKickoff) => kept.set(id, proposal),
      take: (id: string) => {
        const taken = kept.get(id)
        kept.delete(id)
        return taken
      },
    },
    threads: { storyIn: async () => head.ref },
    admin: { isArchived: async () => false },
    settings: { of: async () => undefined },
    load: async () => head,
    client: { channels: { fetch: async () => told.push('thread') } },
  } as unknown as Face
  await begin(press, ['k'], face)
  expect(shown).toEqual([{ content: en.kickoff.begun, components: [] }])
  expect(kept.size).toBe(0)
  expect(told).toEqual([])
})
