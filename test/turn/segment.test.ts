import { describe, expect, test } from 'vitest'
import type { ServerSettings } from '../../src/story/settings.ts'
import { headNow, sentTo, told, workshop } from './given.ts'
import { ada, begin, message, place, ref, say, stores } from './table.ts'

const MARKLESS = 'I open the door. Who is there? I ask.'
const pieces = {
  value: {
    segments: [
      { kind: 'action', text: 'I open the door.' },
      { kind: 'dialogue', text: 'Who is there? I ask.' },
    ],
  },
}

const played = async (
  text: string,
  settings: Partial<ServerSettings> = { segments: true },
  value: unknown = pieces,
) => {
  const world = workshop(told('Rain.', 'Fog.'))
  await begin(world)
  await stores.settings.changeServer(place.guild, settings, ada.id)
  world.model.giving('segmenter', value as typeof pieces)
  expect(await say(world, 'm1', text)).toBe('taken_in')
  const lines = await stores.store.lines(await headNow(), 2, 2)
  return {
    asked: sentTo(world, 'segmenter'),
    said: lines.filter(({ source }) => source === 'm1').map(({ kind, text: words }) => [kind, words]),
  }
}

describe('a message without marks', () => {
  test('is cut by a model where its server wants that, and stands as it was typed', async () => {
    const { asked, said } = await played(MARKLESS)
    expect(asked).toEqual([expect.stringContaining(MARKLESS)])
    expect(said).toEqual([
      ['action', 'I open the door. '],
      ['dialogue', 'Who is there? I ask.'],
    ])
  })

  test('is prose where it does not', async () =>
    expect(await played(MARKLESS, {})).toEqual({ asked: [], said: [['prose', MARKLESS]] }))

  test.each([
    ['words that were not said', { value: { segments: [{ kind: 'action', text: 'I close the door.' }] } }],
    ['nothing that can be used', { value: 'Sure!' }],
  ])('is prose where the model gives %s', async (_what, value) =>
    expect((await played(MARKLESS, { segments: true }, value)).said).toEqual([['prose', MARKLESS]]),
  )
})

test('lines and veils stand in what it is told, which is kept with the turn that is opened', async () => {
  const world = workshop(told('Rain.', 'Fog.'))
  await begin(world)
  const lines = [{ label: 'spiders', words: [] }]
  await stores.settings.changeServer(place.guild, { segments: true, lines }, ada.id)
  await say(world, 'm1', MARKLESS)
  const [sent] = sentTo(world, 'segmenter')
  expect(sent).toContain('- spiders')
  const { turn } = (await headNow()).state
  const kept = await stores.records.promptsOf({ ...ref, turn: turn.id, alternate: 0 })
  expect(kept.find(({ role }) => role === 'segmenter')).toMatchObject({ template: '2' })
})

test('no model is asked about a message with marks', async () =>
  expect(await played('*opens the door* Who is there?')).toMatchObject({ asked: [] }))

test('nor about several that are one turn: each is split by its marks', async () => {
  const world = workshop([{ deltas: ['Rain'], holds: true }, ...told('Fog.')])
  const opening = begin(world)
  await world.model.written(0)
  await stores.settings.changeServer(place.guild, { segments: true }, ada.id)
  const said = [
    world.engine.say(ref, '500', message('m1', 'I wait.', ada, 1000)),
    world.engine.say(ref, '500', message('m2', 'And listen.', ada, 2000)),
  ]
  const { turn } = (await headNow()).state
  await world.engine.stop({ ...ref, turn: turn.id }, { player: ada.id, isModerator: false })
  await opening
  expect(await Promise.all(said)).toEqual(['taken_in', 'merged'])
  expect(sentTo(world, 'segmenter')).toEqual([])
})
