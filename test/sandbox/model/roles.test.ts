import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type Improviser, improviser } from '../../../src/sandbox/model/improviser.ts'
import type { CompletionRequest } from '../../../src/sandbox/model/wire.ts'

/** What models are asked for around a turn, as far as schemas and keys say it. */

const people = '# People\n- Mira (character)\n- Jon (character)\n- Ada (played by a person)'

/** Asks for JSON with lines that are settled already and new ones, each with who perceived it. */
const ask = (schema: z.ZodType, lines: readonly string[], write: Improviser): unknown => {
  const rows = lines.map((line, index) => `[${index + 1}] ${line.replace(':', ' (perceived by Mira, Ada):')}`)
  const request = {
    model: 'm',
    messages: [
      { role: 'system', content: `You keep the record of a story.\n\n${people}` },
      {
        role: 'user',
        content: `# Already known\nAda: *leaves*\n\n# New lines\n${rows.join('\n')}`,
      },
    ],
    response_format: { type: 'json_schema', json_schema: { name: 'x', schema: z.toJSONSchema(schema) } },
  } as CompletionRequest
  return schema.parse(JSON.parse(write(request)))
}

const seeds = Array.from({ length: 40 }, (_, seed) => seed)

const dialogue = [
  'Ada: *opens the rusty door* "Tell me about the lighthouse, Mira."',
  'Narrator: The wind drops. You hear the sea.',
  'Mira: *shakes her head* "The lamp is my business."',
]

describe('a record of what changed', () => {
  const name = z.enum(['Mira', 'Ada', 'Jon'])
  const line = z.int().min(1).max(9)
  const record = z.object({
    shifts: z.array(z.object({ line, from: name, to: name, affinity: z.number(), trust: z.number() })),
    activities: z.array(z.object({ line, who: name, label: z.string(), status: z.string().nullable() })),
    elapsed: z.object({ line: line.nullable(), minutes: z.number() }),
    memories: z.array(
      z.object({
        lines: z.array(line),
        owner: name,
        text: z.string(),
        significance: z.int().min(0).max(3),
        told_by: name.nullable(),
      }),
    ),
    facts: z.array(z.object({ line, text: z.string() })),
    scene_end: z.object({ line: line.nullable() }),
  })
  const recorded = (lines: readonly string[] = dialogue) =>
    seeds.map((seed) => ask(record, lines, improviser(seed)) as z.infer<typeof record>)

  const records = recorded()
  const shifts = records.flatMap((each) => each.shifts)
  const activities = records.flatMap((each) => each.activities)

  test('has few entries, and rarely a fact', () => {
    for (const each of records) {
      expect(each.shifts.length).toBeLessThan(2)
      expect(each.activities.length).toBeLessThan(2)
      expect(each.memories).toHaveLength(2)
    }
    expect(shifts.length).toBeGreaterThan(5)
    expect(records.flatMap((each) => each.facts).length).toBeLessThan(15)
  })

  test('cites only lines that there are', () => {
    const cited = records.flatMap((each) => [
      ...each.shifts.map((entry) => entry.line),
      ...each.memories.flatMap((entry) => entry.lines),
      ...each.facts.map((entry) => entry.line),
      each.elapsed.line ?? 1,
    ])
    expect(cited.filter((number) => number < 1 || number > dialogue.length)).toEqual([])
  })

  test('shifts little in whoever perceived it, towards whoever did it', () => {
    for (const shift of shifts) {
      expect(shift).toMatchObject({ line: 1, from: 'Mira', to: 'Ada' })
      expect(Math.max(Math.abs(shift.affinity), Math.abs(shift.trust))).toBeLessThanOrEqual(5)
      expect(shift.affinity).not.toBe(0)
    }
  })

  test('a threat makes nobody fonder', () => {
    const threatened = recorded(['Ada: *draws the sword* "Drop it or I will kill you."'])
    const felt = threatened.flatMap((each) => each.shifts.map(({ affinity }) => affinity))
    expect(felt.length).toBeGreaterThan(5)
    expect(Math.max(...felt)).toBeLessThan(0)
  })

  test('remembers for each witness what happened in the line, in the third person', () => {
    const text = 'Ada opened the rusty door and asked Mira about the lighthouse.'
    for (const { memories } of records) {
      expect(memories).toMatchObject(['Mira', 'Ada'].map((owner) => ({ owner, lines: [1], text })))
      expect(memories[0]?.told_by).toBeNull()
    }
    const weights = records.map(({ memories }) => memories[0]?.significance ?? 0)
    expect(weights.filter((weight) => weight <= 1).length).toBeGreaterThan(weights.length / 2)
  })

  test('has nothing to remember of a line in which nobody did anything', () => {
    for (const each of recorded(['Narrator: The wind drops. You hear the sea.']))
      expect(each).toMatchObject({ shifts: [], activities: [], memories: [], facts: [] })
  })

  test('says what whoever acted is at, in a few words', () => {
    expect(activities.length).toBeGreaterThan(5)
    expect(activities.length).toBeLessThan(records.length)
    for (const activity of activities)
      expect(activity).toEqual({ line: 1, who: 'Ada', label: 'opens the rusty door', status: null })
  })

  test('lets a few minutes pass, and the scene go on', () => {
    for (const { elapsed, scene_end } of records) {
      expect(elapsed.minutes).toBeGreaterThanOrEqual(2)
      expect(elapsed.minutes).toBeLessThanOrEqual(5)
      expect(scene_end.line).toBeNull()
    }
  })

  test('is the same for the same seed', () => {
    expect(recorded()).toEqual(records)
  })
})

describe('a plan', () => {
  const plan = z.object({
    speaker: z.enum(['Narrator', 'Ada', 'Jon', 'Mira']),
    reason: z.string(),
    beats: z.array(z.string()).max(3),
    avoid: z.string().nullable(),
  })
  const speakers: [said: string, before: string, speaker: string][] = [
    ['Ada: "Who lit the lamp, Mira?"', 'Jon: *waits*', 'Mira'],
    ['Ada: *waves at Jon*', 'Mira: *waits*', 'Jon'],
    ['Ada: "Is anybody there?"', 'Jon: "I am here."', 'Jon'],
    ['Ada: *looks around*', 'Jon: "I am here."', 'Narrator'],
    ['Mira: "And you, Ada?"', 'Jon: *waits*', 'Ada'],
  ]
  for (const [said, before, speaker] of speakers) {
    test(`${said} is answered by ${speaker}`, () => {
      for (const seed of seeds.slice(0, 10))
        expect(ask(plan, [before, said], improviser(seed))).toMatchObject({ speaker })
    })
  }

  test('made from a briefing takes up what was told last', () => {
    const briefing = [
      'Place: the lighthouse',
      'Mira: sitting, mends a net',
      'You can choose from: Mira, Jon and Narrator.',
      'It is Ada’s turn. By rule, Jon would answer.',
      'What was told last:',
    ].join('\n')
    const schema = z.object({
      speakers: z.array(z.enum(['Mira', 'Jon', 'Narrator'])).min(1),
      beats: z.array(z.string()),
      must_not_contradict: z.array(z.string()),
      leave_room: z.string(),
    })
    const planned = (last: string) => {
      const request = {
        model: 'm',
        messages: [{ role: 'user', content: `${briefing}\nJon: *waits*\n${last}` }],
        response_format: { type: 'json_schema', json_schema: { name: 'x', schema: z.toJSONSchema(schema) } },
      } as CompletionRequest
      return schema.parse(JSON.parse(improviser(1)(request)))
    }
    expect(planned('Ada: "Who lit the lamp, Mira?"')).toMatchObject({
      speakers: ['Mira'],
      beats: [expect.stringContaining('Ada asked Mira about the lamp.')],
      leave_room: 'What Ada does next.',
    })
    expect(planned('Ada: *looks around*').speakers).toEqual(['Jon'])
  })

  test('has short sentences on what was said', () => {
    for (const seed of seeds) {
      const long = `Ada: "Mira, do you remember ${'the night of the storm and '.repeat(9)}the lamp?"`
      const { reason, beats } = ask(plan, [long], improviser(seed)) as z.infer<typeof plan>
      expect(reason).toMatch(/^Ada asked Mira/)
      expect(reason.length).toBeLessThan(120)
      expect(beats.length).toBeGreaterThan(0)
    }
  })
})

test('a message that is to be cut into pieces comes back whole', () => {
  const text = 'I open the door.\n\nWho is there?  I ask.'
  const kind = z.enum(['dialogue', 'action', 'prose'])
  const schema = z.toJSONSchema(z.object({ segments: z.array(z.object({ kind, text: z.string() })) }))
  const request = {
    model: 'm',
    messages: [
      { role: 'system', content: 'You are given one message.' },
      { role: 'user', content: text },
    ],
    response_format: { type: 'json_schema', json_schema: { name: 'x', schema } },
  } as CompletionRequest
  expect(JSON.parse(improviser(1)(request))).toEqual({ segments: [{ kind: 'prose', text }] })
})

describe('a summary', () => {
  const asked = (content: string, format?: object): CompletionRequest =>
    ({
      model: 'm',
      messages: [
        { role: 'system', content: 'You sum up a story that is told in a chat.\n\nUse the past tense.' },
        { role: 'user', content: `Tell this in short:\n\n${content}` },
      ],
      ...format,
    }) as CompletionRequest
  const told = [
    'Ada: *opens the rusty door* "Who lit the lamp, Mira?"',
    'Narrator: The wind drops.\n\nYou hear the sea.',
    'Mira: *lights a match*',
  ].join('\n\n')
  const schema = z.toJSONSchema(z.object({ summary: z.string() }))
  const summary = 'Ada opened the rusty door and asked Mira about the lamp. Mira lit a match.'

  test('is two sentences in the past, as JSON or as prose', () => {
    const format = { response_format: { type: 'json_schema', json_schema: { name: 'x', schema } } }
    expect(JSON.parse(improviser(1)(asked(told, format)))).toEqual({ summary })
    expect(improviser(1)(asked(told))).toBe(summary)
  })

  test('of summaries is made of their sentences', () => {
    const earlier = 'Ada came to the lighthouse. Mira let her in.\n\nAda left. The storm came.'
    expect(improviser(1)(asked(earlier))).toBe('Ada came to the lighthouse. The storm came.')
  })

  test('is no story: one that is told is not summed up', () => {
    const story = 'You are the narrator of a story.\n\nNo summaries.'
    const write = improviser(1)
    const request = asked(told)
    const [, user] = request.messages
    const messages = [{ role: 'system', content: story }, user]
    expect(write({ ...request, messages } as CompletionRequest)).not.toContain('Ada opened')
  })
})

describe('an instruction in words', () => {
  const schema = JSON.stringify(z.toJSONSchema(z.object({ place: z.string(), mood: z.enum(['calm']) })))
  const asked = (system: string): string =>
    improviser(1)({
      model: 'm',
      messages: [
        { role: 'system', content: system },
        { role: 'user', content: 'Ada: "Answer with JSON alone: {}"' },
      ],
    } as CompletionRequest)

  test('is answered with JSON that fits the schema in it', () => {
    const text = asked(`You plan.\n\nAnswer with JSON alone. It must fit this JSON schema:\n${schema}`)
    expect(JSON.parse(text)).toEqual({ place: expect.any(String), mood: 'calm' })
  })
  test('without a schema is answered with some object', () => {
    expect(JSON.parse(asked('Respond only with valid JSON.'))).toHaveProperty('summary')
  })
  test('that a player writes is none', () => {
    expect(() => JSON.parse(asked('You are the narrator of a story.'))).toThrow()
  })
})
