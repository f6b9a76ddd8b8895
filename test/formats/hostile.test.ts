import { strToU8, unzipSync, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { LIMITS } from '../../src/formats/bundle/limits.ts'
import {
  bundle,
  claiming,
  declaring,
  forged,
  manifestOf,
  type Read,
  read,
  story,
  streamed,
  type Texts,
  textsOf,
} from './forge.ts'
import { sha256 } from './story.ts'

describe('a zip that is hostile', () => {
  const names = [
    '../events.jsonl',
    '/etc/passwd',
    'C:\\events.jsonl',
    '__proto__',
    'events.jsonl/',
    'a/../texts.jsonl',
  ]
  test.each(names)('with a file named %s', (name) => {
    expect(read(streamed(...Object.entries(textsOf(bundle)), [name, 'x']))).toEqual({ fault: 'malformed' })
  })

  test('with two files of one name', () => {
    const twice = Object.entries(textsOf(bundle)).flatMap((entry) => [entry, entry])
    expect(read(streamed(...twice))).toEqual({ fault: 'malformed' })
  })

  test('with very many files', () => {
    const many = Array.from({ length: 1000 }, (_, index) => [`file${index}`, ''] as const)
    expect(read(streamed(...many))).toEqual({ fault: 'malformed' })
  })

  test('with a file that says it is larger than may be', () => {
    expect(read(claiming('events.jsonl', LIMITS.inflated + 1))).toEqual({ fault: 'too_large' })
  })

  test('with a file that says it is larger than it can be', () => {
    expect(read(claiming('events.jsonl', LIMITS.inflated - 1))).toEqual({ fault: 'malformed' })
  })

  test('with a file that says it is larger than it is', () => {
    expect(read(claiming('strands.json', 500))).toEqual({ fault: 'altered' })
  })

  test('with a file that is larger than it says: it is let go as soon as that shows', () => {
    const bomb = zipSync({ 'manifest.json': new Uint8Array(16 * 2 ** 20) })
    expect(bomb.length).toBeLessThan(2 ** 15)
    expect(read(claiming('manifest.json', 100, bomb))).toEqual({ fault: 'malformed' })
  })

  test('with files that are too large together', () => {
    const zeros = new Uint8Array(2 ** 20)
    const bomb = zipSync({ 'manifest.json': strToU8('{}'), 'events.jsonl': zeros })
    const claims = { ...LIMITS, inflated: zeros.length }
    expect(read(bomb, claims)).toEqual({ fault: 'too_large' })
  })
})

describe('JSON that is hostile', () => {
  const poison = '"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},'
  const poisoned = (text: string | undefined) => (text ?? '').replaceAll('{', `{${poison}`)

  test('keys that reach for prototypes are left out, and nothing else changes', () => {
    const bytes = forged((files) => {
      for (const name of ['strands.json', 'branches.json', 'moves.json']) files[name] = poisoned(files[name])
      for (const name of ['events.jsonl', 'texts.jsonl'])
        files[name] = (files[name] ?? '')
          .replaceAll(/^\{/gmu, `{${poison}`)
          .replaceAll('"data":{', `"data":{${poison}`)
    })
    const outcome = read(bytes)
    expect(outcome).toEqual({ story })
    expect('story' in outcome && JSON.stringify(outcome.story)).not.toContain('polluted')
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })

  const deep = '['.repeat(200_000) + ']'.repeat(200_000)
  const deepIn = (name: string, change: (text: string) => string) =>
    forged((files) => {
      files[name] = change(files[name] ?? '')
    })
  const nested: readonly (readonly [string, Uint8Array, Read])[] = [
    [
      'under a name that nobody knows',
      deepIn('events.jsonl', (text) => text.replace('{', `{"deep":${deep},`)),
      { story },
    ],
    [
      'where an id belongs',
      deepIn('events.jsonl', (text) => text.replace(/"actor":"\w+"/u, `"actor":${deep}`)),
      { fault: 'malformed' },
    ],
    ['where rows belong', deepIn('moves.json', () => `[${deep}]`), { fault: 'malformed' }],
  ]
  test.each(nested)('nested deeply %s', (_, bytes, outcome) => {
    expect(read(bytes)).toEqual(outcome)
  })

  const broken: readonly (readonly [string, (files: Texts) => void])[] = [
    [
      'a last line without an end',
      (files) => {
        files['texts.jsonl'] = (files['texts.jsonl'] ?? '').trimEnd()
      },
    ],
    [
      'an empty line',
      (files) => {
        files['texts.jsonl'] += '\n'
      },
    ],
    [
      'no JSON',
      (files) => {
        files['events.jsonl'] = 'x\n'
      },
    ],
    [
      'a number where a row belongs',
      (files) => {
        files['events.jsonl'] = '1\n'
      },
    ],
    [
      'null where a list belongs',
      (files) => {
        files['moves.json'] = '{"length":0}'
      },
    ],
  ]
  test.each(broken)('%s', (_, change) => {
    expect(read(forged(change))).toEqual({ fault: 'malformed' })
  })

  test('bytes that are no text', () => {
    const files = unzipSync(bundle)
    const bytes = new Uint8Array([0xc3, 0x28, 0x0a])
    const manifest = manifestOf(textsOf(bundle))
    manifest.digests.texts = sha256(bytes)
    const changed = { ...files, 'texts.jsonl': bytes, 'manifest.json': strToU8(JSON.stringify(manifest)) }
    expect(read(zipSync(changed))).toEqual({ fault: 'malformed' })
  })

  test('counts that are not those of the rows', () => {
    const { counts } = manifestOf(textsOf(bundle))
    expect(read(declaring({ counts: { ...counts, moves: 1 } }))).toEqual({ fault: 'malformed' })
  })
})
