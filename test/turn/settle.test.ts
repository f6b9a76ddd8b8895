import { describe, expect, test } from 'vitest'
import { eventsOf } from '../../src/store/fold.ts'
import { viewFrom } from '../../src/store/transcript.ts'
import { edgeBetween } from '../../src/story/edge.ts'
import { addMemory } from '../../src/story/edit/memory.ts'
import { leaveScene, openScene } from '../../src/story/edit/world.ts'
import { manualClock } from '../doubles/clock.ts'
import { failed } from '../doubles/model.ts'
import { again, beginWith, called, edited, headNow, sentTo, told, type Workshop, workshop } from './given.ts'
import { ada, ref, say, stores } from './table.ts'

const shift = (line: number, affinity: number) => ({
  shifts: [{ line, from: 'Mira', to: 'Ada', affinity, trust: 0 }],
})
const remembered = (text: string, ...lines: readonly number[]) => ({
  memories: [{ lines, who: 'Mira', text, significance: 1, source: 'direct', told_by: null }],
})
const affinityNow = async () => {
  const { state } = await headNow()
  return edgeBetween(state.edges, await called('Mira'), await called('Ada')).affinity
}
const bodiesOf = async (owner: string) =>
  (await stores.memories.memoriesOf(await headNow(), await called(owner), 0, 99)).map(({ body }) => body)
const loggedIn = async () => eventsOf(stores.db, viewFrom(await headNow()))

/** A story whose opening is settled. */
const settledOpening = async (...texts: readonly string[]): Promise<Workshop> => {
  const world = workshop(told('Rain.', ...texts))
  world.model.giving('archivist', { value: {} })
  await beginWith(world, 'Mira')
  expect((await headNow()).state.settled).toBe(1)
  return world
}

describe('what a turn brought about', () => {
  test('is asked once it is told, and stands in the log after it, as a part of that answer', async () => {
    const world = await settledOpening('"Thanks."')
    world.model.giving('archivist', {
      value: { ...shift(1, 5), ...remembered('Ada brought salt.', 1), significance: 2 },
    })
    await say(world, 'm1', '"Mira, salt for you."')
    expect(await affinityNow()).toBe(55)
    const logged = await loggedIn()
    const at = logged.findLastIndex(({ type }) => type === 'turn.told')
    expect(logged.slice(at + 1).map(({ type, turn, alternate }) => [type, turn, alternate])).toEqual([
      ['edge.shifted', 2, 0],
      ['time.passed', 2, 0],
      ['memory.formed', 2, 0],
      ['memory.formed', 2, 0],
      ['turn.settled', 2, 0],
    ])
    expect(logged.at(-1)).toMatchObject({ data: { from: 2, significance: 2 } })
    expect((await headNow()).state.settled).toBe(2)
  })

  test('is in the next prompt: what is felt, and of what is remembered only what the prompt does not tell', async () => {
    const world = await settledOpening('"Thanks."', '"More?"')
    world.model.giving('archivist', { value: { ...shift(1, 15), ...remembered('Ada brought salt.', 1) } })
    await say(world, 'm1', '"Mira, salt for you."')
    await say(world, 'm2', '"More salt, Mira?"')
    const prompt = world.model.requests[2]?.messages.map(({ content }) => content).join('\n')
    expect(prompt).toContain('# How you feel about them\n- Ada: fondness')
    expect(prompt).toContain('salt for you')
    expect(prompt).not.toContain('Ada brought salt.')
  })

  test('is what the lines of that turn say, with those before it for understanding', async () => {
    const world = await settledOpening('"Thanks."')
    await say(world, 'm1', '"Salt for you."')
    const [, asked] = sentTo(world, 'archivist')
    expect(asked).toMatch(
      /Already known: take nothing from this\nNarrator: Rain\.\n\n# Lines to settle\n\[1\] Ada /u,
    )
  })

  test('of an answer is not what holds for another: that begins from before it', async () => {
    const world = await settledOpening('"Thanks."', '"Thieves’ salt!"')
    world.model.giving('archivist', { value: shift(2, 10) }, { value: shift(2, -10) })
    await say(world, 'm1', '"Salt for you."')
    expect(await affinityNow()).toBe(60)
    await again(world, 'i2')
    expect(await affinityNow()).toBe(40)
    expect((await loggedIn()).at(-1)).toMatchObject({ type: 'turn.settled', alternate: 1 })
  })

  test('of those who spoke one after the other is asked once', async () => {
    const world = workshop(told('Rain.', '"Me?"', 'Thunder.'))
    world.model.giving('archivist', { value: {} }, { value: {} })
    await beginWith(world, 'Mira')
    const plan = { beats: [], must_not_contradict: [], leave_room: '', reason: '' }
    world.model.giving('planner', { value: { ...plan, speakers: ['Mira', 'Narrator'] } })
    await say(world, 'm1', '"Who?"')
    expect(sentTo(world, 'archivist')).toHaveLength(2)
    expect(sentTo(world, 'archivist')[1]).toMatch(/\[1\] Ada .*\n\[2\] Mira .*\n\[3\] Narrator /u)
    expect((await headNow()).state.settled).toBe(3)
  })

  test('is not asked where nothing was told', async () => {
    const world = workshop([{ deltas: [], end: failed('unavailable') }])
    await beginWith(world, 'Mira')
    expect(sentTo(world, 'archivist')).toEqual([])
  })
})

describe('when nothing that can be used comes in time', () => {
  const slow = async () => {
    const clock = manualClock()
    const world = workshop(told('Rain.', '"Thanks."', '"More?"'), { clock, settleMs: 10_000 })
    world.model.giving('archivist', { value: {} })
    await beginWith(world, 'Mira')
    const held = world.hold('archivist', shift(1, 9))
    const saying = say(world, 'm1', '"Salt for you."')
    await held.asked
    return { world, clock, held, saying }
  }

  test('what comes too late is dropped, and the turn stays unsettled', async () => {
    const { clock, held, saying } = await slow()
    await clock.advance(10_000)
    held.release()
    await saying
    expect(await affinityNow()).toBe(50)
    expect((await headNow()).state).toMatchObject({ settled: 1, turn: { phase: 'told' } })
  })

  test('the next settlement is of both turns', async () => {
    const { world, clock, held, saying } = await slow()
    await clock.advance(10_000)
    held.release()
    await saying
    world.model.giving('archivist', { value: shift(1, 3) })
    await say(world, 'm2', '"More?"')
    expect(sentTo(world, 'archivist').at(-1)).toMatch(/\[1\] Ada .*Salt for you[\s\S]*\[3\] Ada .*More\?/u)
    expect(await affinityNow()).toBe(53)
    expect((await loggedIn()).at(-1)).toMatchObject({ type: 'turn.settled', data: { from: 2 } })
    expect((await headNow()).state.settled).toBe(3)
  })

  test('a message waits while a turn is settled', async () => {
    const { world, held, saying } = await slow()
    const next = say(world, 'm2', '"More?"')
    expect(world.engine.isBusy(ref)).toBe(true)
    expect(await stores.store.wasTakenIn('m2')).toBe(false)
    held.release()
    await Promise.all([saying, next])
    expect(await affinityNow()).toBe(59)
    expect(world.shown[2]?.outcome).toMatchObject({ text: '"More?"' })
  })

  test('turns that were unsettled for too long are not asked about, and remembered as they were told', async () => {
    const world = workshop(told('Rain.', ...Array(7).fill('"Yes."')))
    await beginWith(world, 'Mira')
    for (let nth = 1; nth <= 6; nth += 1) await say(world, `m${nth}`, `"Words ${nth}."`)
    const last = sentTo(world, 'archivist').at(-1) ?? ''
    const [known = '', settled = ''] = last.split('# Lines to settle')
    expect(settled).toMatch(/^\n\[1\] Ada .*Words 3/u)
    expect(known).toMatch(/Words 1[\s\S]*Words 2/u)
    expect(known).not.toContain('Rain.')
    world.model.giving('archivist', { value: {} })
    await say(world, 'm7', '"Words 7."')
    const { settled: newest } = (await headNow()).state
    expect(newest).toBe(8)
    const remembered = await stores.memories.memoriesOf(await headNow(), await called('Ada'), 0, 99)
    expect(remembered.map(({ body }) => body)).toEqual([
      ...[7, 6, 5, 4, 3, 2, 1].map((nth) => `Ada: "Words ${nth}." Mira: "Yes."`),
      'Narrator: Rain.',
    ])
  })

  test('a crash before it was settled leaves that to the next turn', async () => {
    const { saying } = await slow()
    const after = workshop(told('"More?"'))
    await (await after.engine.recover()).ended
    after.model.giving('archivist', { value: shift(1, 4) })
    await say(after, 'm2', '"More?"')
    expect(sentTo(after, 'archivist')[0]).toMatch(/\[1\] Ada .*Salt for you/u)
    expect(await affinityNow()).toBe(54)
    expect((await headNow()).state.settled).toBe(3)
    void saying
  })

  test('words that were erased meanwhile do not come back in other words', async () => {
    const { held, saying } = await slow()
    await stores.erasure.eraseMessage('m1')
    held.release()
    await saying
    expect(await bodiesOf('Mira')).toEqual(['Narrator: Rain.'])
    expect((await headNow()).state.settled).toBe(1)
  })
})

test('nothing is remembered that must not stand in the story', async () => {
  const world = await settledOpening('"Oh."')
  await stores.settings.changeStory(ref.story, { lines: [{ label: 'spiders', words: [] }] }, ada.id)
  world.model.giving('archivist', { value: remembered('Ada saw a spider.', 1) })
  await say(world, 'm1', '"Look, Mira."')
  expect(await bodiesOf('Mira')).toEqual(['Ada: "Look, Mira." Mira: "Oh."', 'Narrator: Rain.'])
  expect((await headNow()).state.settled).toBe(2)
})

test('what someone was told and tells on keeps its way', async () => {
  const world = workshop(told('Rain.', '"The bell tower will burn."'))
  world.model.giving('archivist', { value: {} })
  await beginWith(world, 'Mira', 'Jon')
  const [mira, jon] = [await called('Mira'), await called('Jon')]
  const rumour = { source: 'told', toldBy: jon, reliability: 0.75 } as const
  await edited(world, addMemory, { owner: mira, text: 'Jon says the bell tower will burn.', ...rumour })
  const [memory] = remembered('Mira told Ada that the bell tower will burn.', 2).memories
  world.model.giving('archivist', {
    value: { memories: [{ ...memory, who: 'Ada', source: 'told', told_by: 'Mira' }] },
  })
  await say(world, 'm1', '"What of the tower, Mira?"')
  const [newest] = await stores.memories.memoriesOf(await headNow(), await called('Ada'), 0, 1)
  expect(newest).toMatchObject({ toldBy: mira, chain: [jon], reliability: 0.5625 })
})

describe('what is known already', () => {
  const facts = async (owner: string) =>
    (await stores.memories.factsOf(await headNow(), await called(owner))).map(({ body }) => body)
  const learned = (text: string) => ({ facts: [{ line: 1, who: 'Mira', text }] })

  test('is not learned again when it is told again', async () => {
    const world = await settledOpening('"Oh."', '"Yes."')
    world.model.giving('archivist', { value: learned('Ada smuggles salt.') })
    await say(world, 'm1', '"I smuggle salt, Mira."')
    world.model.giving('archivist', { value: learned('Ada smuggles salt!') })
    await say(world, 'm2', '"As I said, I smuggle salt."')
    expect(await facts('Mira')).toEqual(['Ada smuggles salt.'])
    expect((await headNow()).state.settled).toBe(3)
  })

  test('is what an old pin holds, which the prompt recalled, too', async () => {
    const world = await settledOpening('"Oh."')
    const mira = await called('Mira')
    await edited(world, addMemory, { owner: mira, text: 'Ada swore an oath to Mira.', significance: 3 })
    for (let nth = 0; nth < 50; nth += 1)
      await edited(world, addMemory, { owner: mira, text: `Mira mended net number ${nth}.` })
    world.model.giving('archivist', { value: remembered('Ada swore an oath to Mira', 1) })
    await say(world, 'm1', '"Remember my oath, Mira?"')
    expect((await bodiesOf('Mira')).filter((body) => body.includes('an oath'))).toHaveLength(1)
  })

  test('is what those know who heard a line and have left since', async () => {
    const world = await settledOpening('"Oh."', 'Rain.')
    const mira = await called('Mira')
    await edited(world, addMemory, { owner: mira, text: 'Ada brought salt to Mira.' })
    await edited(world, openScene, { participants: [mira, await called('Ada')] })
    await say(world, 'm1', '"Salt, Mira."')
    await edited(world, leaveScene, { entity: mira })
    world.model.giving('archivist', { value: remembered('Ada brought salt to Mira!', 1) })
    await say(world, 'm2', '"Gone."')
    expect((await headNow()).state.settled).toBe(3)
    expect((await bodiesOf('Mira')).filter((body) => body.startsWith('Ada brought'))).toEqual([
      'Ada brought salt to Mira.',
    ])
  })
})
