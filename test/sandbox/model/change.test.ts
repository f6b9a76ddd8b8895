import { expect, test } from 'vitest'
import { z } from 'zod'
import { biographerMessages, changesSchema, readChanges } from '../../../src/roles/biographer.ts'
import { improviser } from '../../../src/sandbox/model/improviser.ts'
import type { CompletionRequest } from '../../../src/sandbox/model/wire.ts'
import { aLine } from '../../prompt/line.ts'
import { begun, entityIn } from '../../roles/told.ts'

const [mira, ada] = [entityIn(begun, 'Mira'), entityIn(begun, 'Ada')]
const seeds = Array.from({ length: 40 }, (_, seed) => seed)

/** How Mira changed by what Ada says at the end of an arc, as far as it is taken in, for many seeds. */
const changesBy = (said: string) => {
  const texts = ['*climbs the stairs*', '*waits*', '"Good evening."', said]
  const lines = texts.map((text, nth) => aLine(nth + 1, ada, text, [mira, ada]))
  const witness = { character: mira, lines }
  const messages = biographerMessages({
    ...{ head: begun.head, witness, before: [], instructions: 'Say what changed.', boundaries: '' },
    ...{ limit: 4000, count: (text: string) => text.length / 4 },
  })
  const schema = changesSchema(lines.length)
  const request = {
    ...{ model: 'm', messages },
    response_format: { type: 'json_schema', json_schema: { name: 'x', schema: z.toJSONSchema(schema) } },
  } as CompletionRequest
  return seeds.map((seed) =>
    readChanges(schema.parse(JSON.parse(improviser(seed)(request))), witness, [], () => true),
  )
}

test('in most arcs nobody changes; where someone does, it is by what another said or did', () => {
  const arcs = changesBy('"I will help you, Mira."')
  const changes = arcs.flat()
  expect(arcs.filter((each) => each.length === 0).length).toBeGreaterThan(arcs.length / 3)
  expect(changes.length).toBeGreaterThan(5)
  for (const { text, line } of changes) {
    expect(text).toMatch(/^Mira .*\bAda\b.*\.$/u)
    expect(line.text).toContain('help you')
  }
})

test('a threat makes nobody trust', () => {
  const changes = changesBy('"Drop it or I will kill you, Mira."').flat()
  expect(changes.length).toBeGreaterThan(5)
  for (const { text } of changes) expect(text).toMatch(/no longer feels safe|on their guard/u)
})
