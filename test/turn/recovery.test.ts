import { describe, expect, test, vi } from 'vitest'
import {
  ada,
  begin,
  engineWith,
  fate,
  message,
  newestTurn,
  ref,
  retryNewest,
  say,
  stores,
  transcript,
  type World,
} from './table.ts'

describe('when Skein itself fails', () => {
  test('an error while writing ends the turn, which can be tried again', async () => {
    const world = engineWith({ deltas: ['Rain.'] })
    vi.spyOn(stores.store, 'lines').mockRejectedValueOnce(new Error('disk'))
    await begin(world)
    expect(world.shown[0]?.outcome).toEqual({ kind: 'failed', failure: 'internal' })
    expect(await retryNewest(world, 'i2')).toBe('answered')
    expect(await transcript()).toEqual(['Rain.'])
  })

  test('a store that fails at the end leaves the stage, and the next message ends the turn first', async () => {
    const world = engineWith({ deltas: ['Rain.'] }, { deltas: ['Fog.'] })
    const append = vi.spyOn(stores.store, 'append').mockRejectedValueOnce(new Error('disk'))
    await expect(begin(world)).rejects.toThrow('disk')
    expect(world.shown[0]).toMatchObject({ outcome: undefined, isLeft: true })
    append.mockRestore()
    await stores.deliveries.draft(await newestTurn(), 'Rain.')
    expect(await say(world, 'm1', 'I wait.')).toBe('taken_in')
    expect(world.shown[1]?.outcome).toEqual({ kind: 'told', text: 'Rain.', ending: 'interrupted' })
    expect(await transcript()).toEqual(['Rain.', 'I wait.', 'Fog.'])
  })

  test('messages that could not be saved are not lost: the next one takes them along', async () => {
    const world = engineWith({ deltas: ['Rain.'] }, { deltas: ['Fog.'] })
    await begin(world)
    vi.spyOn(stores.store, 'wasTakenIn').mockRejectedValueOnce(new Error('disk'))
    await expect(world.engine.say(ref, '500', message('m1', 'I wait.', ada, 1000))).rejects.toThrow('disk')
    expect(await world.engine.say(ref, '500', message('m2', 'And listen.', ada, 1500))).toBe('taken_in')
    expect(await transcript()).toEqual(['Rain.', 'I wait.\n', 'And listen.', 'Fog.'])
  })

  test('an end that cannot be shown now is shown before the next answer', async () => {
    fate('later')
    const world = engineWith({ deltas: ['Rain.'] }, { deltas: ['Fog.'] })
    await begin(world)
    expect(await stores.deliveries.open()).toEqual([await newestTurn()])
    await say(world, 'm1', 'I wait.')
    expect(world.shown.map(({ outcome }) => outcome)).toEqual([
      { kind: 'told', text: 'Rain.', ending: 'finished' },
      { kind: 'told', text: 'Rain.', ending: 'finished' },
      { kind: 'told', text: 'Fog.', ending: 'finished' },
    ])
    expect(await stores.deliveries.open()).toEqual([])
  })
})

describe('closing and starting again', () => {
  test('closing keeps what was written, and takes in nothing more', async () => {
    const world = engineWith({ deltas: ['Rain'], holds: true })
    const opening = begin(world)
    await world.model.written(0)
    const late = say(world, 'm1', 'I wait.')
    await world.engine.close()
    await opening
    expect(await late).toBe('postponed')
    expect(world.shown[0]?.outcome).toEqual({ kind: 'told', text: 'Rain', ending: 'interrupted' })
    expect(await stores.store.wasTakenIn('m1')).toBe(false)
  })

  const interrupted = async (crash: (world: World) => Promise<unknown>) => {
    const before = engineWith({ deltas: [], holds: true })
    void begin(before)
    await before.model.written(0)
    await crash(before)
    const after = engineWith({ deltas: ['Rain again.'] })
    const { turns, ended } = await after.engine.recover()
    expect(turns).toBe(1)
    await ended
    expect(await stores.deliveries.open()).toEqual([])
    expect(after.model.requests).toHaveLength(0)
    return after
  }

  test('a crash before any text leaves a turn that can be tried again; the model is not asked on its own', async () => {
    const after = await interrupted(async () => {})
    expect(after.shown[0]?.outcome).toEqual({ kind: 'failed', failure: 'interrupted' })
    expect(await retryNewest(after, 'i2')).toBe('answered')
    expect(await transcript()).toEqual(['Rain again.'])
  })

  test('a crash in the middle keeps what people saw, on the messages that showed it', async () => {
    const after = await interrupted(async () => {
      await stores.deliveries.draft(await newestTurn(), 'Rain fa')
      await stores.deliveries.posted(await newestTurn(), { message: '700', channel: '500', part: 0 })
    })
    expect(after.shown[0]?.delivery.posts).toEqual([{ message: '700', channel: '500', part: 0 }])
    expect(after.shown[0]?.outcome).toEqual({ kind: 'told', text: 'Rain fa', ending: 'interrupted' })
    expect(await transcript()).toEqual(['Rain fa'])
  })

  test('a crash after the text was saved and before it was shown shows it whole', async () => {
    const { store } = stores
    const before = engineWith({ deltas: ['Rain falls.'] })
    await begin(before)
    await stores.deliveries.draft(await newestTurn(), 'Rain')
    const head = await store.load(ref)
    const after = engineWith()
    await (await after.engine.recover()).ended
    expect(after.shown[0]?.outcome).toEqual({ kind: 'told', text: 'Rain falls.', ending: 'finished' })
    expect(await store.load(ref)).toEqual(head)
  })
})
