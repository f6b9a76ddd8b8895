import { describe, expect, it } from 'vitest'
import { type LiveMessageOptions, openLiveMessage } from '../../src/discord/live-message.ts'
import { createPace } from '../../src/discord/pace.ts'
import { silentLogger } from '../../src/kit/logger.ts'
import { manualClock } from '../doubles/clock.ts'
import { scriptedChannel } from './scripted-channel.ts'

const STOP = [{ type: 1, components: [{ type: 2, style: 4, label: 'Stop', custom_id: 'stop' }] }]

const table = (options: Partial<LiveMessageOptions> = {}) => {
  const clock = manualClock()
  const pace = createPace({ clock })
  const channel = scriptedChannel(clock, pace)
  const recorded: string[] = []
  const record = {
    draft: (text: string) => void recorded.push(`draft ${text.length}`),
    posted: (part: number, id: string) => void recorded.push(`posted ${part} ${id}`),
    removed: (id: string) => void recorded.push(`removed ${id}`),
  }
  const open = (more: Partial<LiveMessageOptions> = {}) =>
    openLiveMessage(
      { poster: channel.poster, pace, clock, log: silentLogger(), record },
      { nonce: 'n', ...options, ...more },
    )
  return { clock, pace, channel, recorded, open, live: open() }
}

const words = (count: number): string => Array.from({ length: count }, (_, n) => `word${n % 10}`).join(' ')

describe('a live message', () => {
  it('posts the first text at once, and nothing before there is any', async () => {
    const { clock, channel, live } = table()
    live.show(' \n')
    await clock.advance(200)
    expect(channel.requests).toEqual([])
    live.show(' \nOnce')
    await clock.advance(50)
    expect(channel.contents()).toEqual(['Once'])
    expect(channel.requests[0]?.at).toBe(250)
  })

  it('shows what is newest when the request goes out, not what was newest when it was asked for', async () => {
    const { clock, channel, live } = table()
    for (let n = 1; n <= 40; n++) {
      live.show(words(n))
      await clock.advance(100)
    }
    expect(channel.requests.map(({ kind, at }) => `${kind} ${at}`)).toEqual([
      ...['post 50', 'edit 150', 'edit 1170', 'edit 2190', 'edit 3210'],
    ])
    // Dispatched at 3160: what was there by then.
    expect(channel.contents()).toEqual([words(32)])
    expect(channel.counts).toEqual({ overlaps: 0, tooMany: 0 })
  })

  it('sends nothing while nothing is new', async () => {
    const { clock, channel, live } = table()
    live.show('Once')
    await clock.advance(10_000)
    live.show('Once')
    live.show('Once ')
    await clock.advance(10_000)
    expect(channel.requests).toHaveLength(1)
    live.show('Once upon')
    await clock.advance(50)
    expect(channel.contents()).toEqual(['Once upon'])
  })

  it('flushes the final text at once when the bucket has room', async () => {
    const { clock, channel, live } = table({ components: STOP })
    live.show('Once')
    await clock.advance(400)
    live.show('Once upon')
    await clock.advance(100)
    const finished = live.finish('Once upon a time', {})
    await clock.advance(50)
    expect(channel.contents()).toEqual(['Once upon a time'])
    await clock.advance(50)
    expect(await finished).toEqual({ parts: [{ part: 0, id: '1001' }] })
    expect(Array.from(channel.messages().values(), (body) => body.components)).toEqual([[]])
  })

  it('waits for the edit that is out, then flushes', async () => {
    const { clock, channel, live } = table()
    live.show('Once')
    await clock.advance(1500)
    live.show('Once upon')
    await clock.advance(10)
    const finished = live.finish('Once upon a time', { note: '-# ⏹ stopped' })
    await clock.advance(100)
    expect(channel.contents()).toEqual(['Once upon'])
    await clock.advance(100)
    expect(channel.contents()).toEqual(['Once upon a time\n-# ⏹ stopped'])
    expect((await finished).gone).toBeUndefined()
    expect(channel.counts.overlaps).toBe(0)
  })

  it('grows over several messages, with the header on the first and the button on the newest', async () => {
    const { clock, channel, live } = table({ header: '**Mira**', components: STOP })
    const text = words(900)
    for (let n = 200; n < text.length; n += 200) {
      live.show(text.slice(0, n))
      await clock.advance(1000)
    }
    const bodies = [...channel.messages().values()]
    expect(bodies.map((body) => body.components)).toEqual([[], [], STOP])
    const finished = live.finish(text, {})
    await clock.advance(3000)
    expect((await finished).parts.map(({ part }) => part)).toEqual([0, 1, 2])
    expect(channel.contents().join(' ')).toBe(`**Mira**\n${text}`)
    expect(channel.contents().every((content) => content.length <= 2000)).toBe(true)
    expect(channel.counts).toEqual({ overlaps: 0, tooMany: 0 })
  })

  it('moves no text that was visible to the next message, and spends no edit on the old one', async () => {
    const { clock, channel, live } = table({ components: STOP })
    const text = Array.from(
      { length: 90 },
      (_, n) => `Sentence ${n} of this ${'very '.repeat(n % 9)}long tale.`,
    )
    const whole = text.join(' ')
    const seen: string[] = []
    for (let end = 20; end < whole.length; end += 20) {
      live.show(whole.slice(0, end))
      await clock.advance(100)
      seen.push(channel.contents().join(' '))
    }
    expect(channel.contents()).toHaveLength(3)
    for (const [index, now] of seen.entries()) {
      expect(whole.startsWith(now)).toBe(true)
      expect(now.length).toBeGreaterThanOrEqual(seen[index - 1]?.length ?? 0)
    }
    for (const content of channel.contents().slice(0, -1)) expect(content).toMatch(/ tale\.$/)
    const kinds = channel.requests.map(({ kind, id }) => `${kind} ${id}`)
    expect(kinds.lastIndexOf('edit 1001')).toBeLessThan(kinds.indexOf('post n-1'))
    expect(channel.counts).toEqual({ overlaps: 0, tooMany: 0 })
  })

  it('shows what it held back when the text stops growing', async () => {
    const { clock, channel, live } = table({ components: STOP })
    for (const count of [100, 200, 300, 330]) {
      live.show(words(count))
      await clock.advance(1000)
    }
    live.show(words(331))
    await clock.advance(3000)
    expect(channel.contents()).toEqual([words(331)])
    expect([...channel.messages().values()][0]?.components).toEqual(STOP)
  })

  it('posts the next part as soon as the last one is whole', async () => {
    const { clock, channel, live } = table()
    live.show('Once')
    await clock.advance(2000)
    live.show(words(350))
    await clock.advance(200)
    expect(channel.requests.map(({ kind }) => kind)).toEqual(['post', 'edit', 'post'])
    const [first, second] = channel.requests.slice(-2)
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBe(100)
  })

  it('closes and opens a code block that runs over two messages', async () => {
    const { clock, channel, live } = table()
    const lines = Array.from({ length: 150 }, (_, n) => `const line${n} = ${n}`).join('\n')
    const finished = live.finish(`\`\`\`ts\n${lines}\n\`\`\``, {})
    await clock.advance(1000)
    await finished
    const [first, second] = channel.contents()
    expect(first).toMatch(/^```ts\nconst line0 = 0\n[^`]+\n```$/)
    expect(second).toMatch(/^```ts\nconst [^`]+\nconst line149 = 149\n```$/)
  })

  it('takes away the messages that a shorter final text does not need', async () => {
    const { clock, channel, live } = table()
    live.show(words(800))
    await clock.advance(1000)
    expect(channel.contents()).toHaveLength(3)
    const finished = live.finish('The end.', {})
    await clock.advance(2000)
    expect(channel.contents()).toEqual(['The end.'])
    expect((await finished).parts).toEqual([{ part: 0, id: '1001' }])
  })

  it('shows an ending without a text', async () => {
    const { clock, channel, live } = table({ header: '**Mira**' })
    const finished = live.finish('', { note: '-# nothing came' })
    await clock.advance(100)
    await finished
    expect(channel.contents()).toEqual(['**Mira**\n-# nothing came'])
  })

  it('posts nothing for an empty ending', async () => {
    const { channel, live } = table()
    expect(await live.finish('', {})).toEqual({ parts: [] })
    expect(channel.requests).toEqual([])
  })
})

describe('a live message on a bad day', () => {
  it('tries a failed edit again with the text that is newest by then', async () => {
    const { clock, channel, live } = table()
    live.show('Once')
    await clock.advance(1000)
    channel.mishaps = ['unreachable']
    live.show('Once upon')
    await clock.advance(200)
    live.show('Once upon a time')
    await clock.advance(1500)
    expect(channel.requests.map(({ kind, body }) => [kind, body?.content])).toEqual([
      ['post', 'Once'],
      ['edit', 'Once upon'],
      ['edit', 'Once upon a time'],
    ])
  })

  it('does not double a post whose answer was lost, and brings it up to date', async () => {
    const { clock, channel, live } = table()
    channel.mishaps = ['lost']
    live.show('Once')
    await clock.advance(300)
    live.show('Once upon')
    await clock.advance(2000)
    expect(channel.contents()).toEqual(['Once upon'])
    expect(channel.requests.map(({ kind }) => kind)).toEqual(['post', 'post', 'edit'])
  })

  it.each(['message', 'channel', 'forbidden', 'archived', 'rejected'] as const)(
    'ends quietly when the answer is "%s"',
    async (failure) => {
      const { clock, channel, live } = table()
      live.show('Once')
      await clock.advance(1000)
      channel.mishaps = [failure]
      live.show('Once upon')
      await clock.advance(1000)
      live.show('Once upon a time')
      await clock.advance(5000)
      expect(channel.requests).toHaveLength(2)
      expect(await live.finish('Once upon a time.', {})).toEqual({
        parts: [{ part: 0, id: '1001' }],
        gone: failure,
      })
    },
  )

  it('gives up a final text that cannot be delivered for a minute', async () => {
    const { clock, channel, live } = table()
    channel.mishaps = Array.from({ length: 100 }, () => 'unreachable')
    const finished = live.finish('Once', {})
    await clock.advance(90_000)
    expect(await finished).toEqual({ parts: [], gone: 'unreachable' })
    expect(channel.requests).toHaveLength(9)
  })

  it('records a text before it is shown, and a message once it is there', async () => {
    const { clock, recorded, live } = table()
    live.show('Once')
    await clock.advance(10)
    expect(recorded).toEqual(['draft 4'])
    await clock.advance(100)
    expect(recorded).toEqual(['draft 4', 'posted 0 1001'])
    const finished = live.finish(words(400), {})
    await clock.advance(1000)
    await finished
    expect(recorded.slice(2)).toEqual(['draft 2399', 'posted 1 1002'])
  })

  it('shows nothing that could not be recorded, and says so at the end', async () => {
    const { clock, pace, channel } = table()
    const record = {
      draft: () => Promise.reject(new Error('disk full')),
      posted: () => {},
      removed: () => {},
    }
    const live = openLiveMessage(
      { poster: channel.poster, pace, clock, log: silentLogger(), record },
      { nonce: 'n' },
    )
    live.show('Once')
    await clock.advance(1000)
    expect(channel.requests).toEqual([])
    await expect(live.finish('Once upon', {})).rejects.toThrow('disk full')
  })

  it('goes on after a crash with the messages that were posted before it', async () => {
    const { clock, channel, live, open } = table()
    live.show(words(400))
    await clock.advance(1000)
    expect(channel.contents()).toHaveLength(2)
    const resumed = open({ resume: [{ part: 0, id: '1001' }] })
    const finished = resumed.finish(words(420), {})
    await clock.advance(2000)
    expect((await finished).parts).toEqual([
      { part: 0, id: '1001' },
      { part: 1, id: '1002' },
    ])
    expect(channel.contents().join(' ')).toBe(words(420))
  })

  it('leaves what a resumed message shows until there is text for it', async () => {
    const { clock, channel, live, open } = table()
    live.show('An earlier try.')
    await clock.advance(1000)
    const resumed = open({ resume: [{ part: 0, id: '1001' }] })
    await clock.advance(1000)
    expect(channel.contents()).toEqual(['An earlier try.'])
    resumed.show('Once')
    await clock.advance(1000)
    expect(channel.contents()).toEqual(['Once'])
  })
})
