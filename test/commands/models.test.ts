import { describe, expect, test } from 'vitest'
import { linksIn, partsOf, suggesting } from '../../commands/model/links.ts'
import { askedIn, modelSheet } from '../../commands/model/list.ts'
import { testedWords } from '../../commands/model/test.ts'
import { MESSAGE_LIMIT } from '../../src/discord/split.ts'
import { en } from '../../src/locales/en.ts'
import type { RoleName } from '../../src/story/settings.ts'
import type { ConnectionInfo } from '../../src/turn/ports/models.ts'

const directory = (connections: ConnectionInfo[], chain: string[]) => ({
  connections: () => connections,
  chainOf: () => chain,
})
const openai: ConnectionInfo = { name: 'openai', state: 'ready', models: ['bard', 'harp'] }
const local: ConnectionInfo = { name: 'local', state: 'cooling', models: [] }
const none = { story: {}, server: {} }

describe('links', () => {
  test('have a connection, and a model that may have slashes in its name', () => {
    expect(partsOf('router/maker/bard')).toEqual({ connection: 'router', model: 'maker/bard' })
    expect(partsOf('bard')).toEqual({ connection: 'bard', model: '' })
  })

  test('that are known are those in chains, then those that are listed, each once', () => {
    const models = directory([openai, local], ['local/lute', 'openai/harp'])
    expect(linksIn(models)).toEqual(['local/lute', 'openai/harp', 'openai/bard'])
  })

  test('are suggested by any part, but not where Discord does not take them', () => {
    const long = `local/${'x'.repeat(95)}`
    const found = suggesting([long, 'openai/bard', 'bard/x'], 'bard')
    expect(found.map(({ value }) => value)).toEqual(['bard/x', 'openai/bard'])
    expect(suggesting([long], '')).toEqual([])
  })
})

describe('who is asked', () => {
  test('is chosen for the story, then for the server, then as usual, each once', () => {
    const chosen = { story: { writer: 'b/2' }, server: { writer: 'a/1', planner: 'c/3' } }
    expect(askedIn('writer', chosen, ['a/1', 'd/4'])).toEqual([
      { link: 'b/2', chosen: 'story' },
      { link: 'a/1', chosen: 'server' },
      { link: 'd/4' },
    ])
    expect(askedIn('archivist', chosen, ['d/4'])).toEqual([{ link: 'd/4' }])
  })

  test('is whoever was chosen for a role that does something alike, where nobody was for its own', () => {
    const chosen = { story: { archivist: 'b/2' }, server: { stager: 'a/1', summariser: 'c/3' } }
    const linksOf = (role: RoleName) => askedIn(role, chosen, ['d/4']).map(({ link }) => link)
    expect(linksOf('stager')).toEqual(['b/2', 'a/1', 'd/4'])
    expect(linksOf('chronicler')).toEqual(['c/3', 'd/4'])
    expect(linksOf('biographer')).toEqual(['c/3', 'd/4'])
    expect(linksOf('planner')).toEqual(['d/4'])
  })

  test('stands in the list for each role, with the connections and how they are', () => {
    const models = directory([openai, local], ['openai/bard', 'local/lute'])
    const server = { writer: 'openai/harp' }
    const { content } = modelSheet(models, { story: {}, server }, 0, en)
    expect(content).toContain('- **writer** · openai/harp (for this server) → openai/bard → local/lute\n')
    expect(content).toContain('- **segmenter** · openai/bard → local/lute\n')
    expect(content).toContain('- **openai** · 🟢 answers · lists 2 models\n- **local** · 🟠 left alone')
  })

  test('is said also where there is nobody', () => {
    const { content } = modelSheet(directory([], []), none, 0, en)
    expect(content).toContain('- **writer** · nobody')
    expect(content).toContain(en.model.noConnections)
  })

  test('fits one message, however many there are', () => {
    const many = Array.from({ length: 60 }, (_, index) => ({ ...openai, name: `connection-${index}` }))
    const chain = many.map(({ name }) => `${name}/${'bard'.repeat(30)}`)
    const pages = Array.from({ length: 8 }, (_, page) => modelSheet(directory(many, chain), none, page, en))
    for (const { content } of pages) expect(content.length).toBeLessThanOrEqual(MESSAGE_LIMIT)
    for (const { name } of many)
      expect(pages.some(({ content }) => content.includes(`**${name}**`))).toBe(true)
  })
})

describe('a test of a model', () => {
  const tested = { text: '', failure: undefined, firstTokenMs: null, totalMs: 1240 }

  test('given it answered, then it says what, and how fast', () => {
    expect(testedWords('a/bard', { ...tested, text: 'Once\n**upon**', firstTokenMs: 310 }, en)).toBe(
      '**a/bard** answers: its first words after 0.3 s, all of them after 1.2 s.\n> Once \\*\\*upon\\*\\*',
    )
  })

  test('given it failed, then it says why in our words, and nothing of the provider’s', () => {
    const failure = { kind: 'unauthorized', detail: 'key sk-123 of org acme' } as const
    const told = testedWords('a/bard', { ...tested, failure }, en)
    expect(told).toBe(`**a/bard** gave no whole answer. ${en.failed({ failure: 'unauthorized' })}`)
  })

  test('given a limit is in its way, then it says until when', () => {
    const failure = { kind: 'over_budget', detail: '', until: 1_795_305_600_000 } as const
    expect(testedWords('a/bard', { ...tested, failure }, en)).toContain('<t:1795305600:R>')
  })

  test('given it broke off, then what came of it is shown as well', () => {
    const failure = { kind: 'cut', detail: '' } as const
    expect(testedWords('a/bard', { ...tested, text: 'Once', failure }, en)).toMatch(
      /no whole answer.*\n> Once$/u,
    )
  })

  test('given it answered with nothing, then it says so', () => {
    expect(testedWords('a/bard', tested, en)).toBe(en.model.silent('a/bard'))
  })
})
