import { describe, expect, test } from 'vitest'
import { wireSchema } from '../../../src/model/json-schema.ts'
import { proposalSchema } from '../../../src/roles/chronicler/proposal.ts'
import { improviser } from '../../../src/sandbox/model/improviser.ts'
import type { CompletionRequest } from '../../../src/sandbox/model/wire.ts'

/** What a scene leaves behind for each who was in it. */

const met = ['Ada', 'Jon']
const schema = proposalSchema(met, 3)

const keptBy = (who: string, lines: readonly string[], seed: number) => {
  const content = [
    `You write for ${who}.`,
    `# What ${who} remembers of the scene\n1. Ada came.\n2. Jon came.\n3. It rained.`,
    `# All that ${who} perceived of the scene, as it was told\n${lines.join('\n')}`,
  ].join('\n\n')
  const request = {
    model: 'm',
    messages: [
      { role: 'system', content: 'A scene of a story is over.' },
      { role: 'user', content },
    ],
    response_format: {
      type: 'json_schema',
      json_schema: { name: 'chronicle', schema: wireSchema(schema).schema },
    },
  } as CompletionRequest
  return schema.parse(JSON.parse(improviser(seed)(request)))
}

const lines = [
  'Ada: *opens the rusty door* "Who lit the lamp, Mira?"',
  'Narrator: The wind drops.',
  'Mira: *lights a match*',
  'Jon: *draws the knife* "I will kill you, Ada."',
]
const seeds = Array.from({ length: 20 }, (_, seed) => seed)

describe('what someone keeps of a scene', () => {
  test('is told from their side', () => {
    expect(keptBy('Mira', lines, 1).summary).toBe(
      'Ada opened the rusty door and asked Mira about the lamp. Mira lit a match.',
    )
    expect(keptBy('Jon', lines, 1).summary).toMatch(/^Jon drew the knife/)
  })

  test('leaves some of their memories, and not all', () => {
    for (const seed of seeds) {
      const { keep } = keptBy('Mira', lines, seed)
      expect(new Set(keep).size).toBeLessThan(3)
    }
  })

  test('says how they stand to others, and why', () => {
    const felt = seeds.flatMap((seed) => keptBy('Mira', lines, seed).feelings)
    expect(felt.length).toBeGreaterThan(5)
    for (const { to, summary } of felt) {
      expect(met).toContain(to)
      expect(summary).toMatch(/^Has (felt a little closer|been on guard) since (Ada|Mira|Jon).*[.”]$/)
    }
    const hostile = seeds.flatMap((seed) => keptBy('Mira', lines.slice(3), seed).feelings)
    expect(hostile.every(({ summary }) => summary.startsWith('Has been on guard since Jon drew'))).toBe(true)
  })
})
