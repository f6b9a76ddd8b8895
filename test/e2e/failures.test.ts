import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { subtext } from '../../src/discord/render.ts'
import { en } from '../../src/locales/en.ts'
import type { Fault } from '../../src/sandbox/model/faults.ts'
import type { CompletionRequest } from '../../src/sandbox/model/wire.ts'
import type { Ending, TurnFailure } from '../../src/story/turn.ts'
import { labelsOf } from '../doubles/player.ts'
import { beginGame, FINISHED, type Game, NOT_CHARGED, type Person } from './game.ts'
import { startWorld, type World } from './world.ts'

let world: World
let ada: Person
let game: Game

// One world for all, and a story for each.
beforeAll(async () => {
  world = await startWorld()
  ada = await world.enter('player')
})
afterAll(() => world.close())
beforeEach(async () => {
  world.model.faults.clear()
  game = await beginGame(world, ada)
})
afterEach(() => {
  expect(world.violations).toEqual([])
})

/** The words of the newest prompt. */
const lastPrompt = () => {
  const body = world.prose().at(-1)?.body as CompletionRequest | undefined
  return body?.messages.map(({ content }) => content).join('\n') ?? ''
}
const ANSWERED = ['Regenerate', 'Continue', 'Branch']

describe('no answer: the player reads why and what to do, nothing enters the story, and trying again helps', () => {
  const cases: readonly [fault: Fault, failure: TurnFailure, calls: readonly string[]][] = [
    [{ kind: 'not_found' }, 'rejected', [NOT_CHARGED]],
    [{ kind: 'server_error' }, 'unavailable', [NOT_CHARGED, NOT_CHARGED, NOT_CHARGED]],
    [{ kind: 'cut_stream', afterTokens: 0 }, 'cut', ['failed, usage unknown']],
    [{ kind: 'content_filter', afterTokens: 25 }, 'refused', ['failed, counted']],
    [{ kind: 'refusal', how: 'field' }, 'refused', ['failed, counted']],
    [{ kind: 'empty' }, 'empty', ['failed, nothing written']],
    [{ kind: 'unclosed_think' }, 'empty', ['failed, counted']],
  ]
  test.each(cases)('given %j, then %s', async (fault, failure, calls) => {
    const mend = world.model.faults.add(fault)
    const notice = await game.say('*I knock.*')
    expect(notice.content).toBe(subtext(en.failed({ failure })))
    expect(labelsOf(notice)).toEqual(['Try again'])
    expect(await game.transcript()).toEqual([game.opening, '*I knock.*'])
    expect(await game.calls()).toEqual(calls)

    mend()
    const answer = await game.tryAgain(notice)
    expect(await game.transcript()).toEqual([game.opening, '*I knock.*', answer.content])
    expect(await game.calls()).toEqual([...calls, FINISHED])
  })

  test.each(['unauthorized', 'forbidden'] as const)(
    'given a key that is not taken (%s), then trying again helps once Skein was started with a good one',
    async (kind) => {
      const mend = world.model.faults.add({ kind })
      const notice = await game.say('*I knock.*')
      expect(notice.content).toBe(subtext(en.failed({ failure: 'unauthorized' })))
      expect(labelsOf(notice)).toEqual(['Try again'])
      expect(await game.transcript()).toEqual([game.opening, '*I knock.*'])
      expect(await game.calls()).toEqual([NOT_CHARGED])

      mend()
      await world.stop()
      await world.start()
      const answer = await game.tryAgain(notice)
      expect(await game.transcript()).toEqual([game.opening, '*I knock.*', answer.content])
    },
  )
})

describe('half an answer: what came is kept and marked as such, and the story goes on from it', () => {
  const cases: readonly [fault: Fault, ending: Ending, call: string][] = [
    [{ kind: 'cut_stream', afterTokens: 25 }, 'cut', 'cut, usage unknown'],
    [{ kind: 'dropped_connection', afterTokens: 25 }, 'cut', 'cut, usage unknown'],
    [{ kind: 'error_in_stream', afterTokens: 25 }, 'cut', 'cut, usage unknown'],
    [{ kind: 'length', afterTokens: 25 }, 'length', FINISHED],
  ]
  test.each(cases)('given %j, then %s', async (fault, ending, call) => {
    world.model.faults.add({ ...fault, times: 1 })
    const answer = await game.say('*I knock.*')
    const [opening, said, kept = ''] = await game.transcript()
    expect([opening, said]).toEqual([game.opening, '*I knock.*'])
    expect(kept.split(' ').length).toBeGreaterThan(10)
    const note = en.ending[ending]
    expect(answer.content).toBe(note ? `${kept}\n${subtext(note)}` : kept)
    expect(labelsOf(answer)).toEqual(ANSWERED)
    expect(await game.calls()).toEqual([call])

    await game.say('*I wait.*')
    expect(lastPrompt()).toContain(kept)
    expect(lastPrompt()).not.toContain('-# ')
    expect(await game.calls()).toEqual([call, FINISHED])
  })
})

describe('a whole answer: the player sees nothing of what went wrong before it', () => {
  const cases: readonly [fault: Fault, calls: readonly string[]][] = [
    [{ kind: 'overloaded', times: 1 }, [NOT_CHARGED, FINISHED]],
    [{ kind: 'server_error', times: 2 }, [NOT_CHARGED, NOT_CHARGED, FINISHED]],
    [{ kind: 'dropped_connection', afterTokens: 0, times: 1 }, ['failed, usage unknown', FINISHED]],
    [{ kind: 'no_usage' }, ['finished, usage unknown']],
  ]
  test.each(cases)('given %j, then the calls are %j', async (fault, calls) => {
    world.model.faults.add(fault)
    const answer = await game.say('*I knock.*')
    expect(await game.transcript()).toEqual([game.opening, '*I knock.*', answer.content])
    expect(labelsOf(answer)).toEqual(ANSWERED)
    expect(await game.calls()).toEqual(calls)
  })

  test('a wait that the server asks for is kept to', async () => {
    world.model.faults.add({ kind: 'rate_limited', retryAfterSeconds: 1, times: 1 })
    const answer = await game.say('*I knock.*')
    expect(await game.transcript()).toEqual([game.opening, '*I knock.*', answer.content])
    expect(await game.calls()).toEqual([NOT_CHARGED, FINISHED])
    const [refused, asked] = world.prose().slice(-2)
    expect(asked && refused && asked.at - refused.at).toBeGreaterThanOrEqual(990)
  })
})

describe('reasoning is in no message, no line of the story and no prompt', () => {
  const cases: readonly Fault[] = [
    { kind: 'reasoning_field' },
    { kind: 'reasoning_field', field: 'reasoning' },
    { kind: 'think_tags' },
    { kind: 'lone_think_end' },
  ]
  test.each(cases)('given %j', async (fault) => {
    const posted: string[] = []
    const deaf = world.discord.onRequest(({ body }) => posted.push(JSON.stringify(body ?? '')))
    world.model.faults.add({ ...fault, times: 1 })
    const answer = await game.say('*I knock.*')
    expect(await game.transcript()).toEqual([game.opening, '*I knock.*', answer.content])
    expect(await game.calls()).toEqual([FINISHED])
    await game.say('*I wait.*')
    deaf()
    expect(lastPrompt()).toContain('*I knock.*')
    const told = [...posted, lastPrompt()]
    expect(told.filter((text) => /<\/?think|The player has just/u.test(text))).toEqual([])
  })
})
