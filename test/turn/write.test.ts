import { describe, expect, test } from 'vitest'
import { messagesOf } from '../../src/prompt/assemble.ts'
import { countTokens } from '../../src/prompt/tokens.ts'
import { addMemory, learnFact } from '../../src/story/edit/memory.ts'
import type { EngineDeps } from '../../src/turn/engine.ts'
import type { WriteRequest } from '../../src/turn/ports.ts'
import { manualClock } from '../doubles/clock.ts'
import { failed, type Scripted, scriptedModel } from '../doubles/model.ts'
import { again, beginWith, called, edited, headNow, sentTo, told, workshop } from './given.ts'
import { ada, begin, promptOf, ref, say, stores, transcript } from './table.ts'

const sizeOf = ({ messages }: WriteRequest) =>
  messages.reduce((sum, { content }) => sum + countTokens(content), 0)
const outcomes = ({ shown }: ReturnType<typeof workshop>) => shown.map(({ outcome }) => outcome)

describe('a prompt that is too long for its model', () => {
  const long = Array.from({ length: 7 }, (_, nth) => `Turn ${nth}. ${'word '.repeat(500)}`)
  const tooLong: Scripted = { deltas: [], end: failed('too_long') }
  const played = async (...last: readonly Scripted[]) => {
    const world = workshop([...told(...long), ...last])
    await begin(world)
    for (let nth = 1; nth < long.length; nth += 1) await say(world, `m${nth}`, 'I wait.')
    await say(world, 'm9', 'And now?')
    return world
  }

  test('is trimmed and sent once more', async () => {
    const world = await played(tooLong, { deltas: ['Now.'] })
    const [whole, trimmed] = world.model.requests.slice(-2).map(sizeOf)
    expect(trimmed).toBeLessThan(0.65 * (whole ?? 0))
    expect(promptOf(world, 8)).toContain('And now?')
    expect(promptOf(world, 8)).toContain('Turn 6.')
    expect(promptOf(world, 8)).not.toContain('Turn 1.')
    expect(outcomes(world).at(-1)).toMatchObject({ kind: 'told', text: 'Now.' })
  })

  test('is not sent a third time', async () => {
    const world = await played(tooLong, tooLong)
    expect(outcomes(world).at(-1)).toMatchObject({ kind: 'failed', failure: 'too_long' })
    expect(world.model.requests).toHaveLength(9)
  })

  test('is not sent again where nothing can be spared: what to shorten is said', async () => {
    const world = workshop([...told('Rain.'), tooLong])
    await begin(world)
    await say(world, 'm1', 'word '.repeat(3000))
    expect(outcomes(world)[1]).toEqual({ kind: 'failed', failure: 'too_long', section: 'line' })
    expect(world.model.requests).toHaveLength(2)
  })

  test('is trimmed before it is sent where the model’s room is known', async () => {
    const model = scriptedModel(...told(...long, 'Now.'))
    const readerOf = () => ({ count: countTokens, context: 4000 })
    const world = workshop([], { models: { ...model, readerOf } })
    await begin(world)
    for (let nth = 1; nth <= long.length; nth += 1) await say(world, `m${nth}`, 'I wait.')
    expect(model.requests).toHaveLength(8)
    for (const request of model.requests) expect(sizeOf(request)).toBeLessThanOrEqual(4000 - 100)
  })
})

describe('an answer that may be as long as its model has room', () => {
  const refused = async (text: string, context: number, maxTokens: number) => {
    const model = scriptedModel(...told('Rain.', 'Fog.'))
    const world = workshop([], { models: { ...model, readerOf: () => ({ count: countTokens, context }) } })
    await begin(world)
    await stores.settings.changeStory(ref.story, { maxTokens }, ada.id)
    await say(world, 'm1', text)
    expect(model.requests).toHaveLength(1)
    return outcomes(world)[1]
  }

  test('leaves none for the prompt: it is its length that is to be less', async () =>
    expect(await refused('I wait.', 4000, 3900)).toEqual({
      ...{ kind: 'failed', failure: 'too_long', section: 'length' },
    }))

  test('is not what is to be shortened where it has the smaller part', async () =>
    expect(await refused('word '.repeat(3900), 4000, 300)).toMatchObject({ section: 'line' }))
})

describe('an answer that takes too long', () => {
  const afterDeadline = async (deltas: readonly string[]) => {
    const clock = manualClock()
    const world = workshop([{ deltas, holds: true }], { clock, deadlineMs: 30_000 })
    const opening = begin(world)
    await world.model.written(0)
    await clock.advance(29_999)
    expect(outcomes(world)).toEqual([undefined])
    await clock.advance(1)
    await opening
    return world
  }

  test('is cut, and what there is of it is kept', async () => {
    expect(outcomes(await afterDeadline(['Rain fa']))).toEqual([
      { kind: 'told', text: 'Rain fa', ending: 'cut' },
    ])
    expect(await transcript()).toEqual(['Rain fa'])
  })

  test('comes to nothing where there was no word of it', async () =>
    expect(outcomes(await afterDeadline([]))).toEqual([{ kind: 'failed', failure: 'stalled' }]))

  test('is no answer that ended: nothing goes off afterwards', async () => {
    const clock = manualClock()
    const world = workshop(told('Rain.'), { clock })
    await begin(world)
    expect(clock.pending()).toEqual([])
  })
})

describe('given lines and veils', () => {
  const bound = async (...scripts: readonly Scripted[]) => {
    const world = workshop([...told('Rain.'), ...scripts])
    await begin(world)
    await stores.settings.changeStory(
      ref.story,
      { lines: [{ label: 'spiders', words: [] }], veils: [{ label: 'blood', words: [] }] },
      ada.id,
    )
    await say(world, 'm1', 'I wait.')
    return world
  }

  test('an answer ends before the sentence that would cross one, which nobody ever sees', async () => {
    const world = await bound({ deltas: ['Fog. ', 'A huge ', 'spider', ' sits.'], holds: true })
    expect(outcomes(world)[1]).toEqual({ kind: 'told', text: 'Fog.', ending: 'held_back' })
    expect(await transcript()).toEqual(['Rain.', 'I wait.', 'Fog.'])
    expect(new Set(world.shown[1]?.texts.map((text) => text.trim()))).toEqual(new Set(['Fog.']))
  })

  test('one whose last word crosses it, too', async () => {
    const world = await bound({ deltas: ['Fog. Then: ', 'blood'] })
    expect(outcomes(world)[1]).toEqual({ kind: 'told', text: 'Fog.', ending: 'held_back' })
  })

  test('one of which nothing is left fails, and nothing enters the story', async () => {
    const world = await bound({ deltas: ['A spider ', 'sits.'], holds: true })
    expect(outcomes(world)[1]).toEqual({ kind: 'failed', failure: 'held_back' })
    expect(await transcript()).toEqual(['Rain.', 'I wait.'])
  })

  test('one that stays within them is whole, and grows by sentences', async () => {
    const world = await bound({ deltas: ['Fog', '. It', ' lifts', '.'] })
    expect(outcomes(world)[1]).toEqual({ kind: 'told', text: 'Fog. It lifts.', ending: 'finished' })
    expect(world.shown[1]?.texts).toEqual(['', 'Fog.', 'Fog.', 'Fog. It lifts.'])
  })

  test('sentences end where a script has no blanks after them, too', async () => {
    const world = await bound({ deltas: ['雾。雨', '来了。'] })
    expect(world.shown[1]?.texts).toEqual(['雾。', '雾。雨来了。'])
  })

  test('they stand in the prompt', async () => {
    const world = await bound({ deltas: ['Fog.'] })
    expect(promptOf(world, 1)).toMatch(/# Lines and veils\n[\s\S]*- spiders\n[\s\S]*- blood/u)
    for (const sent of sentTo(world, 'archivist').slice(1)) expect(sent).toContain('- spiders')
  })
})

test('what was noted before a line was drawn is not in prompts any more, and makes room for what may be', async () => {
  const world = workshop(told('Rain.', '"Yes?"'))
  await beginWith(world, 'Mira')
  const mira = await called('Mira')
  for (const nth of [1, 2, 3, 4, 5, 6, 7, 8])
    await edited(world, addMemory, { owner: mira, text: `A spider bit Ada, bite ${nth}.` })
  await edited(world, addMemory, { owner: mira, text: 'An oath.', significance: 0 })
  await edited(world, learnFact, { owner: mira, text: 'Ada keeps spiders.' })
  await edited(world, learnFact, { owner: mira, text: 'Ada keeps salt.' })
  await stores.settings.changeStory(ref.story, { lines: [{ label: 'spiders', words: [] }] }, ada.id)
  await say(world, 'm1', '"Did it bite, Mira?"')
  const prompt = promptOf(world, 1)
  expect(prompt).toContain('# What you know\n- Ada keeps salt.\n')
  expect(prompt).toContain('# What comes to your mind\n- An oath.\n')
  expect(prompt).not.toMatch(/spider bit|keeps spiders/u)
})

describe('how an answer is asked for', () => {
  const asked = async (given: Partial<EngineDeps>, setting: () => Promise<unknown> = async () => {}) => {
    const world = workshop(told('Rain.', 'Fog.'), given)
    await begin(world)
    await setting()
    await say(world, 'm1', 'I wait.')
    return world.model.requests[1]
  }

  test('as the machine has it, unless the story says otherwise', async () => {
    expect(await asked({ maxTokens: 222, temperature: 0.3 })).toMatchObject({
      maxTokens: 222,
      temperature: 0.3,
    })
  })

  test('as long as the story has it', async () => {
    const setting = () => stores.settings.changeStory(ref.story, { maxTokens: 77 }, ada.id)
    expect(await asked({ maxTokens: 222 }, setting)).toMatchObject({ maxTokens: 77 })
  })
})

describe('what was asked', () => {
  test('is on record with its parts and what came of them, for each answer', async () => {
    const world = workshop(told('Rain.', '"Yes?"', '"No?"'))
    await beginWith(world, 'Mira')
    await say(world, 'm1', '"Mira?"')
    await again(world, 'i2')
    const { state } = await headNow()
    for (const alternate of [0, 1]) {
      const prompts = await stores.records.promptsOf({ ...ref, turn: state.turn.id, alternate })
      expect(prompts.map(({ role }) => role)).toEqual(['planner', 'writer', 'archivist'])
      const [, writer] = prompts
      expect(writer?.parts).toContainEqual(
        expect.objectContaining({ section: 'line', text: 'Ada: "Mira?"', isKept: true }),
      )
      expect(writer?.template).not.toBe('')
    }
  })

  test('word by word: its parts are the messages that were sent', async () => {
    const world = workshop(told('Rain.', '"Yes?"'))
    await beginWith(world, 'Mira')
    await say(world, 'm1', '"Mira?"')
    const { turn } = (await headNow()).state
    const kept = await stores.records.promptsOf({ ...ref, turn: turn.id, alternate: 0 })
    const writer = kept.find(({ role }) => role === 'writer')
    expect(messagesOf(writer?.parts.filter(({ isKept }) => isKept) ?? [])).toEqual(
      world.model.requests[1]?.messages,
    )
  })

  test('counted as each role’s model counts', async () => {
    const model = scriptedModel(...told('Rain.', '"Yes?"'))
    const readerOf = () => ({ count: (text: string) => text.length, context: undefined })
    const world = workshop([], { models: { ...model, readerOf } })
    await beginWith(world, 'Mira')
    await say(world, 'm1', '"Mira?"')
    const { turn } = (await headNow()).state
    const prompts = await stores.records.promptsOf({ ...ref, turn: turn.id, alternate: 0 })
    expect(prompts.map(({ role }) => role)).toEqual(['planner', 'writer', 'archivist'])
    for (const { text, tokens } of prompts.flatMap(({ parts }) => parts)) expect(tokens).toBe(text.length)
  })

  test('and how long each phase of it took', async () => {
    const clock = manualClock(0)
    const world = workshop([{ deltas: ['Rain'], holds: true }], { clock, deadlineMs: 3000 })
    const opening = begin(world)
    await world.model.written(0)
    await clock.advance(3000)
    await opening
    const { turn } = (await headNow()).state
    expect(await stores.records.phasesOf({ ...ref, turn: turn.id, alternate: 0 })).toEqual([
      { phase: 'recalling', ms: 0 },
      { phase: 'writing', ms: 3000 },
      { phase: 'settling', ms: 0 },
    ])
  })
})
