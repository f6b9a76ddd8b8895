import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { goOn, whisper } from '../../src/story/decide.ts'
import { clearPersona } from '../../src/story/edit/people.ts'
import { markOf } from '../../src/story/head.ts'
import type { StorySettings } from '../../src/story/settings.ts'
import { createEngine, type Engine } from '../../src/turn/engine.ts'
import { calling } from '../../src/turn/gather.ts'
import type { Wait } from '../../src/turn/ports/gatherings.ts'
import { createTimeline } from '../../src/turn/timeline.ts'
import { type ManualClock, manualClock } from '../doubles/clock.ts'
import { countingIds } from '../doubles/ids.ts'
import { type Scripted, scriptedModel } from '../doubles/model.ts'
import { recordingStages } from '../doubles/stage.ts'
import { linesOf, openStores, type Stores } from '../doubles/store.ts'
import { engineDeps } from '../doubles/turn.ts'
import { ada, ben, message, place, ref } from './table.ts'

const MINUTE = 60_000
const newId = countingIds('round')

let stores: Stores
let clock: ManualClock
let shown: (Wait | undefined)[]
const engines: Engine[] = []

beforeEach(async () => {
  clock = manualClock()
  stores = await openStores(':memory:', clock.now)
  shown = []
})
afterEach(async () => {
  for (const engine of engines.splice(0)) await engine.close()
  await stores.close()
})

const engineWith = (...deltas: readonly string[]) => {
  const scripts = deltas.map((text): Scripted => ({ deltas: [text] }))
  const models = scriptedModel(...scripts)
  const { setStage } = recordingStages()
  const showWait = (_head: unknown, wait: Wait | undefined) => {
    shown.push(wait)
  }
  const engine = createEngine(engineDeps(stores, { models, setStage, newId, clock, showWait }))
  engines.push(engine)
  return { engine, models }
}
type World = ReturnType<typeof engineWith>

const say = ({ engine }: World, id: string, text: string, player = ada, calls = false) =>
  engine.say(ref, '500', { ...message(id, text, player), calls })
const transcript = async () => (await linesOf(stores, ref)).map(({ text }) => text)
const phase = async () => (await stores.store.load(ref))?.state.turn.phase
const choose = (settings: Partial<StorySettings>) => stores.settings.changeStory(ref.story, settings, ada.id)
const go = ({ engine }: World, source = 'go') =>
  engine.ask(ref, calling(ada.id, { lines: stores.store.lines, newId }), source)

/** A story that Ada and Ben play, with its opening told, which takes turns in a way from then on. */
const playing = async (settings: Partial<StorySettings>, ...answers: readonly string[]) => {
  const world = engineWith('Rain.', 'Fog.', ...answers)
  const started = await world.engine.start(place, { player: ada, title: 'Fog' }, 'i1')
  await (started === 'duplicate' ? undefined : started.opened)
  await say(world, 'm1', 'I come in.', ben)
  await choose(settings)
  return world
}
const before = ['Rain.', 'I come in.', 'Fog.']
const waited = async () => {
  const cast = (await stores.store.load(ref))?.state.cast.personas ?? []
  return shown.at(-1)?.waited.map((entity) => cast.find(({ persona }) => persona === entity)?.player)
}

describe('a round', () => {
  const round = { turns: 'round', roundMinutes: 10 } as const

  test('gathers what all who play say, and is answered when the last of them has spoken', async () => {
    const world = await playing(round, 'Both hear it.')
    expect(await say(world, 'm2', 'I listen.')).toBe('taken_in')
    expect(await phase()).toBe('gathering')
    expect(await waited()).toEqual([ben.id])
    expect(await stores.store.wasTakenIn('m2')).toBe(true)
    expect(await stores.deliveries.open()).toEqual([])
    expect(world.models.requests).toHaveLength(2)

    expect(await say(world, 'm3', 'So do I.', ben)).toBe('taken_in')
    expect(await transcript()).toEqual([...before, 'I listen.', 'So do I.', 'Both hear it.'])
    expect(shown.at(-1)).toBeUndefined()
    expect(world.models.requests.at(-1)?.messages.at(-1)?.content).toContain('Ben: So do I.')
  })

  test('takes each message once, and more than one of each player', async () => {
    const world = await playing(round, 'Both hear it.')
    await say(world, 'm2', 'I listen.')
    expect(await say(world, 'm2', 'I listen.')).toBe('duplicate')
    await say(world, 'm3', '((brb))', ben)
    await say(world, 'm4', 'Closely.')
    expect(await waited()).toEqual([ben.id])
    await say(world, 'm5', 'So do I.', ben)
    expect((await transcript()).slice(3)).toEqual([
      ...['I listen.', '((brb))', 'Closely.', 'So do I.'],
      'Both hear it.',
    ])
  })

  test('of one player is answered at once', async () => {
    const world = await playing(round, 'It is quiet.')
    await world.engine.edit(ref, ({ state }) => clearPersona(state, ben.id, { player: ben.id }, newId), 'e1')
    await say(world, 'm2', 'I listen.')
    expect((await transcript()).at(-1)).toBe('It is quiet.')
  })

  test('is answered when its time is over since the first message, without those who are missing', async () => {
    const world = await playing(round, 'Nobody else moves.')
    await say(world, 'm2', 'I listen.')
    await clock.advance(6 * MINUTE)
    await say(world, 'm3', 'Closely.')
    expect(shown.at(-1)?.until).toBe(clock.now() + 4 * MINUTE)
    await clock.advance(4 * MINUTE - 1)
    expect(await phase()).toBe('gathering')
    await clock.advance(1)
    await expect.poll(phase).toBe('told')
    expect((await transcript()).at(-1)).toBe('Nobody else moves.')
  })

  test('is answered when nobody is waited for any more', async () => {
    const world = await playing(round, 'Ben is gone.')
    await say(world, 'm2', 'I listen.')
    await world.engine.edit(ref, ({ state }) => clearPersona(state, ben.id, { player: ben.id }, newId), 'e1')
    await expect.poll(phase).toBe('told')
  })

  test('is answered by /turn go without waiting', async () => {
    const world = await playing(round, 'On it goes.')
    await say(world, 'm2', 'I listen.')
    expect(await go(world)).toBe('answered')
    expect(await go(world, 'again')).toEqual({ refused: 'turn_not_gathering' })
    await clock.advance(20 * MINUTE)
    expect(world.models.requests).toHaveLength(3)
  })

  test('that a crash left is waited for again after a start, from when it began', async () => {
    const world = await playing(round)
    await say(world, 'm2', 'I listen.')
    await clock.advance(6 * MINUTE)
    await world.engine.close()
    const after = engineWith('Nobody else moves.')
    await (await after.engine.recover()).ended
    expect(await waited()).toEqual([ben.id])
    await clock.advance(4 * MINUTE)
    await expect.poll(phase).toBe('told')
    expect((await transcript()).slice(3)).toEqual(['I listen.', 'Nobody else moves.'])
  })

  test('whose time ran out while Skein was away waits until what was said meanwhile is read', async () => {
    const world = await playing(round)
    await say(world, 'm2', 'I listen.')
    await world.engine.close()
    await clock.advance(60 * MINUTE)
    const after = engineWith('Both hear it.')
    await (await after.engine.recover()).ended
    expect(await phase()).toBe('gathering')
    await say(after, 'm3', 'So do I.', ben)
    expect((await transcript()).slice(3)).toEqual(['I listen.', 'So do I.', 'Both hear it.'])
  })

  test('that was rewound is left, and taken up again when that is undone', async () => {
    const world = await playing(round, 'Nobody else moves.')
    const { past: timeline } = stores
    const { rewind, undo } = createTimeline({ ...stores, timeline, engine: world.engine })
    await say(world, 'm2', 'I listen.')
    const head = await stores.store.load(ref)
    const seen = head ? markOf(head) : ''
    expect(await rewind(ref, { turn: 2, seen }, ada.id, 'r1')).toMatchObject({ to: { turn: 2 } })
    expect(await transcript()).toEqual(before)
    expect(shown.at(-1)).toBeUndefined()
    await clock.advance(20 * MINUTE)
    expect(world.models.requests).toHaveLength(2)

    const [move] = await timeline.moves(ref, 1)
    await undo(ref, move?.id ?? 0, ada.id, 'u1')
    await expect.poll(phase).toBe('told')
    expect((await transcript()).slice(3)).toEqual(['I listen.', 'Nobody else moves.'])
  })

  test('waits on where the story is paused', async () => {
    const world = await playing(round, 'Nobody else moves.')
    await say(world, 'm2', 'I listen.')
    await choose({ pausedBy: ben.id })
    await clock.advance(30 * MINUTE)
    expect(await phase()).toBe('gathering')
    await choose({ pausedBy: null })
    await clock.advance(MINUTE)
    await expect.poll(phase).toBe('told')
    expect(world.models.requests).toHaveLength(3)
  })

  test('of which every word was erased is not answered, and goes on with the next', async () => {
    const world = await playing(round, 'Both hear it.')
    await say(world, 'm2', 'I listen.')
    await stores.erasure.eraseMessage('m2')
    await clock.advance(10 * MINUTE)
    expect(await phase()).toBe('gathering')
    expect(await go(world)).toEqual({ refused: 'no_line' })
    await say(world, 'm3', 'I wait.', ben)
    expect(await waited()).toEqual([ada.id])
    await say(world, 'm4', 'I wait, too.')
    expect((await transcript()).slice(3)).toEqual(['I wait.', 'I wait, too.', 'Both hear it.'])
  })

  test('takes in a whisper and waits on for who whispered', async () => {
    const world = await playing(round)
    const head = await stores.store.load(ref)
    expect(head?.state.cast.characters).toEqual([])
    await say(world, 'm2', 'I listen.', ben)
    const to = { player: ada, to: 'nobody', text: '“Hush.”', shown: '*whispers.*', source: 'm3' }
    expect(await world.engine.ask(ref, ({ state }) => whisper(state, to, newId), 'm3')).toEqual({
      refused: 'unknown_entity',
    })
    expect(await waited()).toEqual([ada.id])
  })

  test('refuses that the story goes on without it', async () => {
    const world = await playing(round)
    await say(world, 'm2', 'I listen.')
    const on = await world.engine.ask(ref, ({ state }) => goOn(state, ada.id, newId), 'c1')
    expect(on).toEqual({ refused: 'turn_gathering' })
  })
})

describe('a story that is told when it is called', () => {
  const mention = { turns: 'mention' } as const

  test('takes in every message at once, and answers the one that calls', async () => {
    const world = await playing(mention, 'Now it answers.')
    await say(world, 'm2', 'I listen.')
    await say(world, 'm3', 'So do I.', ben)
    expect(await stores.store.wasTakenIn('m3')).toBe(true)
    expect(await phase()).toBe('gathering')
    await clock.advance(60 * MINUTE)
    expect(world.models.requests).toHaveLength(2)
    await say(world, 'm4', 'Who is there?', ben, true)
    expect((await transcript()).slice(3)).toEqual([
      ...['I listen.', 'So do I.', 'Who is there?'],
      'Now it answers.',
    ])
    expect(shown.filter((wait) => wait !== undefined)).toEqual([])
  })

  test('answers a first message that calls, and a call without a word where something was said', async () => {
    const world = await playing(mention, 'Yes?', 'Again?')
    await say(world, 'm2', 'Hello?', ada, true)
    expect((await transcript()).at(-1)).toBe('Yes?')
    expect(await say(world, 'm3', '', ada, true)).toEqual({ refused: 'blank' })
    await say(world, 'm4', 'I wait.')
    expect(await say(world, 'm5', '', ben, true)).toBe('taken_in')
    expect((await transcript()).slice(-2)).toEqual(['I wait.', 'Again?'])
  })

  test('that answers each message again answers with the next what was left', async () => {
    const world = await playing(mention, 'To all of it.')
    await say(world, 'm2', 'I listen.')
    await choose({ turns: 'each' })
    await say(world, 'm3', 'And go.')
    expect((await transcript()).slice(3)).toEqual(['I listen.', 'And go.', 'To all of it.'])
  })
})
