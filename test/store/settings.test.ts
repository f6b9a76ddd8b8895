import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ServerSettings, StorySettings } from '../../src/story/settings.ts'
import { openStores, type Stores } from '../doubles/store.ts'

let stores: Stores

beforeEach(async () => {
  stores = await openStores()
  await stores.db
    .insertInto('stories')
    .values(['story1', 'story2'].map((id) => ({ id, guild: '9', last_seq: 0, created_at: 1, updated_at: 1 })))
    .execute()
})
afterEach(() => stores.close())

const usual = { server: ServerSettings.parse({}), story: StorySettings.parse({}) }

describe('settings', () => {
  test('given nobody decided anything, then all is as usual', async () => {
    expect(await stores.settings.of('story1')).toEqual({ guild: '9', ...usual })
    expect(await stores.settings.ofServer('9')).toEqual(usual.server)
  })

  test('of a story that there is not are not had', async () => {
    expect(await stores.settings.of('story3')).toBeUndefined()
  })

  test('given a patch, then what it leaves out stays as it is', async () => {
    const { settings } = stores
    await settings.changeStory('story1', { mode: 'lean', models: { writer: 'here/bard' } }, '1001')
    const after = await settings.changeStory('story1', { maxTokens: 300 }, '1002')
    expect(after).toEqual({ ...usual.story, mode: 'lean', models: { writer: 'here/bard' }, maxTokens: 300 })
    expect((await settings.of('story1'))?.story).toEqual(after)
  })

  test('hold for one server, or one story, alone', async () => {
    const { settings } = stores
    await settings.changeServer('9', { zone: 'Asia/Tokyo' }, '1001')
    await settings.changeStory('story1', { mode: 'full' }, '1001')
    expect((await settings.of('story2'))?.server.zone).toBe('Asia/Tokyo')
    expect((await settings.of('story2'))?.story).toEqual(usual.story)
    expect(await settings.ofServer('8')).toEqual(usual.server)
  })

  test('that cannot be are refused, and change nothing', async () => {
    const { settings } = stores
    await settings.changeStory('story1', { maxTokens: 300 }, '1001')
    await expect(settings.changeStory('story1', { mode: 'lean', maxTokens: 49 }, '1001')).rejects.toThrow()
    expect((await settings.of('story1'))?.story).toEqual({ ...usual.story, maxTokens: 300 })
  })

  test('given two change different ones at once, then both hold', async () => {
    const { settings } = stores
    await Promise.all([
      settings.changeServer('9', { zone: 'Asia/Tokyo' }, '1001'),
      settings.changeServer('9', { segments: true }, '1002'),
    ])
    expect(await settings.ofServer('9')).toEqual({ ...usual.server, zone: 'Asia/Tokyo', segments: true })
  })

  test('are kept with who changed them last, and when', async () => {
    await stores.settings.changeServer('9', { segments: true }, '1001')
    await stores.settings.changeServer('9', { segments: false }, '1002')
    const rows = await stores.db.selectFrom('settings').select(['scope', 'subject', 'actor', 'at']).execute()
    expect(rows).toEqual([{ scope: 'server', subject: '9', actor: '1002', at: 2 }])
  })
})
