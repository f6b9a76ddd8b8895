import { afterEach, describe, expect, test } from 'vitest'
import { allCapabilities } from '../../src/model/capabilities.ts'
import { paramsOf, shaped, type WireRequest } from '../../src/model/wire.ts'
import { caller, collect, openLayer, prose, writeOver } from './layer.ts'
import { type Reply, refusal, scriptedProvider } from './provider.ts'

type Messages = WireRequest['messages']
const talk = (text: string): Messages =>
  text.split(' ').map((each) => {
    const [mark = '', content = ''] = each.split(':')
    return { role: ({ s: 'system', u: 'user', a: 'assistant' } as const)[mark as 's' | 'u' | 'a'], content }
  })
const told = (messages: Messages): string =>
  messages.map(({ role, content }) => `${role[0]}:${content.replaceAll('\n\n', '+')}`).join(' ')

describe('messages for a server', () => {
  const cases: [name: string, before: string, known: Parameters<typeof shaped>[1], after: string][] = [
    ['that takes any', 's:1 u:2 u:3 s:4', { system: 'anywhere', neighbours: true }, 's:1 u:2 u:3 s:4'],
    [
      'whose roles alternate',
      's:1 s:2 u:3 u:4 a:5',
      { system: 'anywhere', neighbours: false },
      's:1+2 u:3+4 a:5',
    ],
    [
      'whose roles alternate from the user on',
      's:1 a:2 u:3',
      { system: 'anywhere', neighbours: false },
      's:1 u:… a:2 u:3',
    ],
    [
      'with one system message, at the start',
      's:1 s:2 u:3 s:4',
      { system: 'first', neighbours: true },
      's:1+2 u:3+4',
    ],
    ['without system messages', 's:1 u:2 a:3 s:4', { system: 'nowhere', neighbours: true }, 'u:1+2 a:3 u:4'],
  ]
  for (const [name, before, known, after] of cases) {
    test(name, () => expect(told(shaped(talk(before), known))).toBe(after))
  }
})

describe('what of a prompt stays the same', () => {
  const request = (change: Partial<WireRequest>): WireRequest => ({
    messages: [
      { role: 'system', content: 'You are the narrator.', cache: true },
      { role: 'user', content: 'Ada: hello' },
    ],
    ...{ maxTokens: 100, temperature: 1, model: 'm', format: undefined },
    ...{ caching: 'none', cacheKey: 'story1:writer' },
    ...change,
  })
  const sent = (change: Partial<WireRequest>, known = allCapabilities) => paramsOf(request(change), known)
  const plain = [
    { role: 'system', content: 'You are the narrator.' },
    { role: 'user', content: 'Ada: hello' },
  ]

  test('is marked for Anthropic’s models', () => {
    const { messages } = sent({ caching: 'anthropic', model: 'anthropic/claude-sonnet-4' })
    const text = { type: 'text', text: 'You are the narrator.', cache_control: { type: 'ephemeral' } }
    expect(messages).toEqual([{ role: 'system', content: [text] }, plain[1]])
  })

  test('is not marked for other models at the same place', () => {
    expect(sent({ caching: 'anthropic', model: 'meta/llama-4' }).messages).toEqual(plain)
  })

  test('is known by a key at OpenAI', () => {
    const params = sent({ caching: 'openai' })
    expect(params).toMatchObject({ messages: plain, prompt_cache_key: 'story1:writer' })
  })

  test('is not told elsewhere, nor where it was not understood', () => {
    const known = { ...allCapabilities, cacheHints: false }
    for (const params of [
      sent({}),
      sent({ caching: 'openai' }, known),
      sent({ caching: 'anthropic', model: 'claude-3' }, known),
    ]) {
      expect(params.messages).toEqual(plain)
      expect(params).not.toHaveProperty('prompt_cache_key')
    }
  })
})

describe('over a connection', () => {
  const closing: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const close of closing.splice(0)) await close()
  })
  const provider = async (...replies: readonly Reply[]) => {
    const started = await scriptedProvider(...replies)
    closing.push(started.close)
    return started
  }

  test('the key is the story’s and the role’s, and none where there is no story', async () => {
    const home = await provider({ text: 'Yes.' })
    const layer = await openLayer({ home: { ...home, caching: 'openai' } })
    await writeOver(layer)
    await writeOver(layer, { story: null })
    expect(home.asked[0]).toMatchObject({ prompt_cache_key: 'story1:writer' })
    expect(home.asked[1]).not.toHaveProperty('prompt_cache_key')
  })

  test('a template that wants roles to alternate, and then no system message, gets what it wants', async () => {
    const strict = refusal(400, 'Conversation roles must alternate user/assistant/user/assistant/...')
    const home = await provider(strict, strict, { text: 'Yes.' })
    const layer = await openLayer({ home })
    const { end } = await collect(layer.models.write(caller(), prose()))
    expect(end.kind).toBe('finished')
    const content = `You are the narrator of a story.\n\nAda: *opens the door*`
    expect(home.asked[2]?.messages).toEqual([{ role: 'user', content }])
    await writeOver(layer)
    expect(home.asked).toHaveLength(4)
  })
})
