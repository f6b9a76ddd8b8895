import { describe, expect, test } from 'vitest'
import { customId, readCustomId } from '../../src/discord/custom-id.ts'
import { BundledText } from '../../src/formats/bundle/story.ts'
import { idsFrom } from '../../src/kit/ids.ts'

const takesId = (id: string) => BundledText.safeParse({ id, author: 'skein', body: '' }).success

describe('an id in a story that comes from elsewhere', () => {
  test('can be one that Skein makes, or Discord', () => {
    for (const id of [idsFrom(Date.now)(), '18446744073709551615', 'root']) expect(takesId(id)).toBe(true)
  })

  test('is so short that a custom id has room for as many as any carries', () => {
    const longest = Array.from({ length: 100 }, (_, length) => 'a'.repeat(length)).findLast(takesId) ?? ''
    for (const [name, ...args] of [
      ['state-merged', longest, longest, longest, longest],
      ['kickoff-part', longest, 99, 'relation', longest, longest],
      ['take-back', longest, longest, 1_000_000_000],
    ] as const)
      expect(readCustomId(customId(name, ...args))).toEqual({ name, args: args.map(String) })
  })
})
