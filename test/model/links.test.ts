import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type ManualClock, manualClock } from '../doubles/clock.ts'
import { caller, collect, type LayerOptions, openLayer, prose, writeOver } from './layer.ts'
import { type Reply, refusal, scriptedProvider } from './provider.ts'

let clock: ManualClock
const closing: (() => Promise<void>)[] = []
beforeEach(() => {
  clock = manualClock()
})
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const down = refusal(503, 'overloaded')
const badKey = refusal(401, 'no such key')
const busy: Reply = (response) => response.writeHead(429, { 'retry-after': '10' }).end()
/** Too busy for longer than anyone would wait who can ask elsewhere. */
const overloaded: Reply = (response) => response.writeHead(503, { 'retry-after': '10' }).end()
const says = (text: string): Reply => ({ text })

const provider = async (...replies: readonly Reply[]) => {
  const started = await scriptedProvider(...replies)
  closing.push(started.close)
  return started
}

/** Two connections, the first of which is asked first. */
const open = async (home: readonly Reply[], away: readonly Reply[], options: LayerOptions = {}) => {
  const [one, other] = [await provider(...home), await provider(...away)]
  const layer = await openLayer({ home: one, away: other }, { clock, ...options })
  return { ...layer, home: one.asked, away: other.asked }
}

/** Turns the clock on by `ms` once somebody sleeps that long. */
const turn = async (ms: number) => {
  await expect.poll(() => clock.pending(), { interval: 1 }).toContain(ms)
  await clock.advance(ms)
}

describe('given two connections', () => {
  test('when the first answers, then the second is not asked, and it is said who answered', async () => {
    const layer = await open([says('The door.')], [])
    expect(await writeOver(layer)).toMatchObject({ shown: 'The door.', text: 'The door.', by: 'home/m' })
    expect(layer.away).toHaveLength(0)
  })

  const failures: [name: string, reply: Reply][] = [
    ['its key is not taken', badKey],
    ['it does not know the model', refusal(404, 'no such model')],
    ['it answers with nothing', says('')],
    ['it refuses', { text: '', finish: 'content_filter' }],
  ]
  for (const [name, reply] of failures) {
    test(`when ${name}, then the second answers at once`, async () => {
      const layer = await open([reply], [says('Yes.')])
      expect(await writeOver(layer)).toMatchObject({ shown: 'Yes.', end: { kind: 'finished' }, by: 'away/m' })
      expect(layer.home).toHaveLength(1)
    })
  }

  test('when the first breaks off after some text, then that is the answer', async () => {
    const layer = await open([{ text: 'The do', finish: null }], [])
    expect(await writeOver(layer)).toMatchObject({ text: 'The do', end: { kind: 'cut' }, by: 'home/m' })
    expect(layer.away).toHaveLength(0)
  })

  test('when the first refuses after some text was seen, then the second is not asked', async () => {
    const layer = await open([{ text: 'The do', finish: 'content_filter' }], [])
    expect(await writeOver(layer)).toMatchObject({
      ...{ shown: 'The do', text: '', by: 'home/m' },
      end: { failure: { kind: 'refused' } },
    })
    expect(layer.away).toHaveLength(0)
  })

  test('when the prompt is too long for the first, then it is for the caller to shorten it', async () => {
    const layer = await open([refusal(400, "This model's maximum context length is 4096 tokens.")], [])
    expect((await writeOver(layer)).end).toMatchObject({ failure: { kind: 'too_long' } })
    expect([layer.home.length, layer.away.length]).toEqual([1, 0])
  })

  test('when both are busy, then one was asked again twice in all, and not longer waited for', async () => {
    const layer = await open([down], [down])
    const answer = writeOver(layer)
    await turn(500)
    await turn(2_000)
    expect((await answer).end).toMatchObject({ failure: { kind: 'unavailable' } })
    expect([layer.home.length, layer.away.length]).toEqual([3, 1])
  })

  test('when the first asks for a long wait, then the second is asked instead', async () => {
    const layer = await open([busy], [says('Yes.')])
    expect(await writeOver(layer)).toMatchObject({ by: 'away/m' })
    expect(layer.home).toHaveLength(1)
  })

  test('when the caller had stopped before, then nobody is asked', async () => {
    const layer = await open([], [])
    const written = await collect(layer.models.write(caller(), prose(AbortSignal.abort())))
    expect(written).toEqual({ shown: '', text: '', end: { kind: 'stopped' } })
    expect([layer.home.length, layer.away.length]).toEqual([0, 0])
  })
})

describe('what a caller prefers', () => {
  test('is asked before the chain of the role', async () => {
    const layer = await open([says('Home.')], [says('Away.')])
    expect(await writeOver(layer, { prefer: ['away/large'] })).toMatchObject({ by: 'away/large' })
    expect(layer.away[0]?.model).toBe('large')
  })

  test('is a model of the first connection where it names none', async () => {
    const layer = await open([says('Home.')], [])
    const by = async (name: string) => (await writeOver(layer, { prefer: [name] })).by
    expect([await by('large'), await by('maker/large')]).toEqual(['home/large', 'home/maker/large'])
    expect(layer.home.map(({ model }) => model)).toEqual(['large', 'maker/large'])
  })

  test('falls back on the chain, where nothing is asked twice', async () => {
    const layer = await open([badKey], [says('')])
    const { end } = await writeOver(layer, { prefer: ['away/m', 'home/m'] })
    expect(end).toMatchObject({ failure: { kind: 'unauthorized' } })
    expect([layer.home.length, layer.away.length]).toEqual([1, 1])
  })
})

describe('given a first connection that failed again and again', () => {
  const limits = { failures: 2, coolDownMs: 60_000 }

  test('it is passed over until the cool-down is over, by all roles, and then asked again', async () => {
    const layer = await open([overloaded, overloaded, says('Home.')], [says('Away.')], { limits })
    const by = async (...asked: Parameters<typeof caller>) => (await writeOver(layer, ...asked)).by
    expect([await by(), await by()]).toEqual(['away/m', 'away/m'])
    expect(await by({ role: 'summariser', prefer: ['home/large'] })).toBe('away/m')
    expect(layer.home).toHaveLength(2)
    expect(layer.directory.connections()[0]).toMatchObject({ name: 'home', state: 'cooling' })
    await clock.advance(60_000)
    expect([await by(), layer.directory.connections()[0]?.state]).toEqual(['home/m', 'ready'])
  })

  test('while one call tries it, the others go past it', async () => {
    const holding: Reply = (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write('data: {"choices":[{"index":0,"delta":{"content":"Home"}}]}\n\n')
    }
    const layer = await open([overloaded, overloaded, holding], [says('Away.')], { limits })
    await writeOver(layer)
    await writeOver(layer)
    await clock.advance(60_000)
    const stop = new AbortController()
    const trying = collect(layer.models.write(caller(), prose(stop.signal)))
    await expect.poll(() => layer.home).toHaveLength(3)
    expect((await writeOver(layer)).by).toBe('away/m')
    stop.abort()
    expect((await trying).end).toEqual({ kind: 'stopped' })
  })
})

describe('given a provider that wants to be left alone for a while', () => {
  const exhausted: Reply = (response) => response.writeHead(429, { 'retry-after': '3600' }).end()
  const HOUR = 3_600_000

  test('when other turns follow, then it is not asked before that, and the player can be told when', async () => {
    const layer = await open([exhausted, says('Home.')], [exhausted])
    const until = clock.now() + HOUR
    for (let turn = 0; turn < 3; turn += 1)
      expect((await writeOver(layer)).end).toMatchObject({ failure: { kind: 'rate_limited', until } })
    expect([layer.home.length, layer.away.length]).toEqual([1, 1])
    await clock.advance(HOUR)
    expect(await writeOver(layer)).toMatchObject({ text: 'Home.', by: 'home/m' })
  })

  test('when it was asked too often without a word of when, then the cool-down is when', async () => {
    const limits = { failures: 1, coolDownMs: 60_000 }
    const unsaid = refusal(429, 'slow down')
    const layer = await open([unsaid], [unsaid], { limits })
    const first = writeOver(layer)
    await turn(500)
    await turn(2_000)
    await first
    const { end } = await writeOver(layer)
    expect(end).toMatchObject({ failure: { kind: 'rate_limited', until: clock.now() + 60_000 } })
  })
})

describe('a key that is not taken', () => {
  test('is told once, and the connection not asked again after any time', async () => {
    const layer = await open([badKey], [says('Away.')])
    expect((await writeOver(layer)).by).toBe('away/m')
    await clock.advance(24 * 3_600_000)
    expect((await writeOver(layer, { role: 'planner' })).by).toBe('away/m')
    expect(layer.home).toHaveLength(1)
    expect(layer.unauthorized).toEqual(['home'])
  })

  test('is why nothing comes, where no connection may be asked', async () => {
    const layer = await open([badKey], [badKey])
    await writeOver(layer)
    const written = await writeOver(layer)
    expect(written).toMatchObject({ shown: '', end: { kind: 'failed', failure: { kind: 'unauthorized' } } })
    expect(written).not.toHaveProperty('by')
    expect([layer.home.length, layer.away.length, layer.unauthorized.length]).toEqual([1, 1, 2])
  })

  test('is another thing than words or a model that are not allowed', async () => {
    const layer = await open(
      [refusal(403, 'Your input was flagged by moderation.'), refusal(403, 'No access to model m.')],
      [says('Away.')],
    )
    await writeOver(layer)
    await writeOver(layer)
    expect([layer.home.length, layer.unauthorized]).toEqual([2, []])
  })
})
