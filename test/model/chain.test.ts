import { beforeEach, describe, expect, test } from 'vitest'
import { silentLogger } from '../../src/kit/logger.ts'
import { chainModel } from '../../src/model/chain.ts'
import { openaiModel } from '../../src/model/openai.ts'
import { startModel } from '../../src/sandbox/model/server.ts'
import type { Model, WriteRequest, WritingEnd } from '../../src/turn/ports.ts'
import { type ManualClock, manualClock } from '../doubles/clock.ts'
import { failed, type Scripted, scriptedModel } from '../doubles/model.ts'

const log = silentLogger()
const down: Scripted = { deltas: [], end: failed('unavailable') }
const says = (text: string): Scripted => ({ deltas: [text] })
const brokenOff = (text: string): Scripted => ({
  deltas: [text],
  end: { kind: 'cut', failure: { kind: 'cut', detail: 'scripted' } },
})

let clock: ManualClock
beforeEach(() => {
  clock = manualClock()
})

const request = (more: Partial<WriteRequest> = {}): WriteRequest => ({
  messages: [{ role: 'user', content: 'Ada: *opens the door*' }],
  maxTokens: 100,
  temperature: 1,
  signal: new AbortController().signal,
  ...more,
})

const limits = { failures: 2, coolDownMs: 60_000 }
const chain = (one: Model, other: Model) =>
  chainModel({
    links: [
      { name: 'home', model: one },
      { name: 'away', model: other },
    ],
    clock,
    log,
    limits,
  })

const write = async (model: Model, more: Partial<WriteRequest> = {}) => {
  const writing = model.write(request(more))
  let shown = ''
  for await (const delta of writing.deltas) shown += delta
  return { shown, ...(await writing.result) }
}

describe('given two connections', () => {
  test('when the first answers, then the second is not asked, and it is said who answered', async () => {
    const away = scriptedModel()
    const written = await write(chain(scriptedModel(says('The door.')), away))
    expect(written).toMatchObject({ shown: 'The door.', text: 'The door.', by: 'home' })
    expect(away.requests).toHaveLength(0)
  })

  const kinds: WritingEnd[] = [failed('unavailable'), failed('unauthorized'), failed('empty')]
  for (const end of kinds) {
    test(`when the first gives nothing (${'failure' in end && end.failure.kind}), then the second answers`, async () => {
      const written = await write(chain(scriptedModel({ deltas: [], end }), scriptedModel(says('Yes.'))))
      expect(written).toMatchObject({ shown: 'Yes.', end: { kind: 'finished' }, by: 'away' })
    })
  }

  test('when the first breaks off after some text, then that is the answer', async () => {
    const away = scriptedModel()
    const written = await write(chain(scriptedModel(brokenOff('The do')), away))
    expect(written).toMatchObject({ text: 'The do', end: { kind: 'cut' }, by: 'home' })
    expect(away.requests).toHaveLength(0)
  })

  test('when the first refuses after some text was seen, then the second is not asked', async () => {
    const away = scriptedModel()
    const refused: Scripted = {
      deltas: ['The do'],
      end: { kind: 'failed', failure: { kind: 'refused', detail: 'scripted' } },
    }
    const written = await write(chain(scriptedModel(refused), away))
    expect(written).toMatchObject({ text: '', end: { failure: { kind: 'refused' } }, by: 'home' })
    expect(away.requests).toHaveLength(0)
  })

  test('when both give nothing, then the last failure is the result', async () => {
    const written = await write(
      chain(scriptedModel(down), scriptedModel({ deltas: [], end: failed('empty') })),
    )
    expect(written).toMatchObject({ end: { kind: 'failed', failure: { kind: 'empty' } }, by: 'away' })
  })

  test('when another model is asked for, then it is asked of the first alone', async () => {
    const [home, away] = [scriptedModel(down), scriptedModel(says('Yes.'))]
    await write(chain(home, away), { model: 'large' })
    expect(home.requests[0]?.model).toBe('large')
    expect(away.requests[0]).not.toHaveProperty('model')
  })

  test('when the caller stops while the first writes, then the second is not asked', async () => {
    const [home, away] = [scriptedModel({ deltas: ['The do'], holds: true }), scriptedModel()]
    const stop = new AbortController()
    const writing = write(chain(home, away), { signal: stop.signal })
    await home.written(0)
    stop.abort()
    expect(await writing).toMatchObject({ text: 'The do', end: { kind: 'stopped' }, by: 'home' })
    expect(away.requests).toHaveLength(0)
  })

  test('when the caller had stopped before, then nobody is asked', async () => {
    const written = await write(chain(scriptedModel(), scriptedModel()), { signal: AbortSignal.abort() })
    expect(written).toEqual({ shown: '', text: '', end: { kind: 'stopped' }, usage: undefined })
  })
})

describe('given a first connection that failed again and again', () => {
  test('it is passed over until the cool-down is over, and then asked again', async () => {
    const home = scriptedModel(down, down, says('Home.'), says('Home.'))
    const away = scriptedModel(says('Away.'), says('Away.'), says('Away.'))
    const model = chain(home, away)
    const by = async () => (await write(model)).by
    expect([await by(), await by(), await by()]).toEqual(['away', 'away', 'away'])
    expect(home.requests).toHaveLength(2)
    await clock.advance(60_000)
    expect([await by(), await by()]).toEqual(['home', 'home'])
  })

  test('while one call tries it, the others go past it', async () => {
    const home = scriptedModel(down, down, { deltas: ['Home'], holds: true })
    const away = scriptedModel(says('Away.'), says('Away.'), says('Away.'))
    const model = chain(home, away)
    await write(model)
    await write(model)
    await clock.advance(60_000)
    const stop = new AbortController()
    const trying = write(model, { signal: stop.signal })
    await home.written(2)
    expect((await write(model)).by).toBe('away')
    stop.abort()
    expect((await trying).by).toBe('home')
  })
})

describe('given that no connection may be asked', () => {
  test('then the failure of the first one is the result, without a call', async () => {
    const home = scriptedModel({ deltas: [], end: failed('unauthorized') })
    const away = scriptedModel(down, down)
    const model = chain(home, away)
    await write(model)
    await write(model)
    const written = await write(model)
    expect(written).toMatchObject({
      shown: '',
      end: { kind: 'failed', failure: { kind: 'unauthorized' } },
    })
    expect(written).not.toHaveProperty('by')
    expect([home.requests.length, away.requests.length]).toEqual([1, 2])
  })

  test('a key that is not taken is not tried again after any time', async () => {
    const home = scriptedModel({ deltas: [], end: failed('unauthorized') })
    const model = chain(home, scriptedModel(says('Away.'), says('Away.')))
    await write(model)
    await clock.advance(24 * 3_600_000)
    expect((await write(model)).by).toBe('away')
    expect(home.requests).toHaveLength(1)
  })
})

test('over real connections: a server whose key is wrong is left for the next', async () => {
  const server = await startModel({ port: 0, clock, log, seed: 1, tokensPerSecond: 0 })
  try {
    const over = (apiKey: string) =>
      openaiModel({ baseURL: server.baseUrl, apiKey, model: server.model, clock, log })
    const model = chain(over('sk-wrong-0123456789'), over(server.apiKey))
    const written = await write(model)
    expect(written).toMatchObject({ end: { kind: 'finished' }, by: 'away' })
    expect(written.shown).toBe(written.text)
  } finally {
    await server.close()
  }
})
