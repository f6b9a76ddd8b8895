import fc from 'fast-check'
import { strToU8, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { LIMITS } from '../../src/formats/bundle/limits.ts'
import { type BundleFault, readBundle, writeBundle } from '../../src/formats/bundle.ts'
import { bundle, declaring, manifestOf, read, story, streamed, textsOf, written, zipped } from './forge.ts'
import { sha256, smallStory } from './story.ts'

describe('a story as a file', () => {
  test('is read back as it was', () => {
    expect(read(bundle)).toEqual({ story })
  })

  test('has the same bytes each time', () => {
    expect(writeBundle(smallStory(), sha256)).toEqual(bundle)
    expect(writeBundle(readBundle(bundle, sha256), sha256)).toEqual(bundle)
  })

  test('is a zip that people can look into', () => {
    const files = textsOf(bundle)
    expect(Object.keys(files)).toEqual([
      'manifest.json',
      'strands.json',
      'branches.json',
      'moves.json',
      'events.jsonl',
      'texts.jsonl',
      'settings.json',
    ])
    expect(manifestOf(files)).toMatchObject({ format: 'skein-story', version: 3, counts: { branches: 2 } })
  })

  test('can be packed anew by other programs', () => {
    expect(read(zipped(textsOf(bundle)))).toEqual({ story })
    expect(read(streamed(...Object.entries(textsOf(bundle))))).toEqual({ story })
  })

  test('may be of the first version, which had no settings', () => {
    const { 'settings.json': _, ...files } = textsOf(bundle)
    const { counts, digests, ...manifest } = manifestOf(files)
    for (const of of [counts, digests] as object[]) Reflect.deleteProperty(of, 'settings')
    const first = { ...manifest, version: 1, counts, digests }
    const packed = zipped({ ...files, 'manifest.json': JSON.stringify(first) })
    expect(read(packed)).toEqual({ story: { ...story, settings: [] } })
  })

  test('may be of the second version, which had fewer kinds of event', () => {
    expect(read(declaring({ version: 2 }))).toEqual({ story })
  })

  test('tells what was decided for the story, and nothing of the server that it comes from', () => {
    const decided = { ...story.settings[0], models: { writer: 'here/bard' }, pausedBy: '1001' }
    expect(read(written({ settings: [decided] }))).toEqual({ story })
    expect(read(written({ settings: [decided, decided] }))).toEqual({ fault: 'too_large' })
    expect(read(written({ settings: [{ mode: 'other' }] }))).toEqual({ fault: 'malformed' })
  })

  test('may lack words that were erased', () => {
    expect(read(written({ texts: [] }))).toEqual({ story: { ...story, texts: [] } })
  })
})

describe('a bundle that was damaged', () => {
  test.each([1, 2, 3, 4, 5, 6, 7])('is cut after %i eighths', (eighths) => {
    expect(read(bundle.subarray(0, Math.floor((bundle.length * eighths) / 8)))).toEqual({ fault: 'cut' })
  })

  test('is cut, wherever in its list of files it ends', () => {
    for (let missing = 1; missing < 400; missing += 1)
      expect(read(bundle.subarray(0, bundle.length - missing))).toEqual({ fault: 'cut' })
  })

  test('is never read as another story when a byte of it is another', () => {
    const faults = new Set<BundleFault>()
    for (let at = 0; at < bundle.length; at += 5)
      for (const flip of [0x01, 0xff]) {
        const altered = bundle.slice()
        altered[at] = (altered[at] ?? 0) ^ flip
        const outcome = read(altered)
        if ('fault' in outcome) faults.add(outcome.fault)
        else expect(outcome.story).toEqual(story)
      }
    expect(faults).toContain('altered')
  })

  test('is altered when a file in it is another, or missing', () => {
    const files = textsOf(bundle)
    expect(
      read(zipped({ ...files, 'texts.jsonl': files['texts.jsonl']?.replace('Rain', 'Snow') ?? '' })),
    ).toEqual({
      fault: 'altered',
    })
    const { 'moves.json': _, ...rest } = files
    expect(read(zipped(rest))).toEqual({ fault: 'altered' })
  })
})

describe('what is no bundle', () => {
  const cases: readonly (readonly [string, Uint8Array])[] = [
    ['nothing', new Uint8Array()],
    ['a text', strToU8('Once upon a time')],
    ['a zip of something else', zipSync({ 'holiday.txt': strToU8('sun') })],
    ['a manifest that is none', zipSync({ 'manifest.json': strToU8('sun') })],
    ['the manifest of something else', declaring({ format: 'other-story' })],
  ]
  test.each(cases)('%s', (_, bytes) => {
    expect(read(bytes)).toEqual({ fault: 'not_a_bundle' })
  })

  test('whatever comes, it is a story or a fault, never an error of ours', () => {
    const begun = fc.uint8Array({ maxLength: 400 }).map((rest) => new Uint8Array([0x50, 0x4b, 3, 4, ...rest]))
    const shuffled = fc
      .tuple(fc.nat(bundle.length), fc.nat(bundle.length), fc.nat(200))
      .map(([from, to, length]) => {
        const copy = bundle.slice()
        copy.copyWithin(to, from, from + length)
        return copy
      })
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array(), begun, shuffled), (bytes) => {
        const outcome = read(bytes)
        if ('story' in outcome) expect(outcome.story).toEqual(story)
      }),
      { numRuns: 300 },
    )
  })
})

describe('a bundle of a newer Skein', () => {
  test('is too new, and what else it holds does not matter', () => {
    expect(read(declaring({ version: 4 }))).toEqual({ fault: 'too_new' })
    expect(read(declaring({ eventVersion: 99 }))).toEqual({ fault: 'too_new' })
    const later = { format: 'skein-story', version: 4 }
    expect(
      read(zipSync({ 'manifest.json': strToU8(JSON.stringify(later)), 'songs.json': strToU8('[]') })),
    ).toEqual({
      fault: 'too_new',
    })
  })
})

describe('a bundle that is too large', () => {
  test('as it comes', () => {
    expect(read(new Uint8Array(LIMITS.file + 1))).toEqual({ fault: 'too_large' })
  })

  const limits = {
    inflated: 1000,
    line: 100,
    events: 5,
    texts: 5,
    strands: 1,
    lineage: 2,
    branches: 1,
    moves: 1,
  }
  test.each(Object.entries(limits))('by its %s', (limit, most) => {
    expect(read(bundle, { ...LIMITS, [limit]: most })).toEqual({ fault: 'too_large' })
  })

  test('by a text in it', () => {
    const long = { ...story.texts[0], body: 'a'.repeat(LIMITS.text + 1) }
    expect(read(written({ texts: [long] }))).toEqual({ fault: 'malformed' })
  })
})
