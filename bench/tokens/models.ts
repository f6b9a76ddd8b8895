import { wireSchema } from '../../src/model/json-schema.ts'
import { countTokens, MESSAGE_OVERHEAD } from '../../src/prompt/tokens.ts'
import type { RoleName } from '../../src/story/settings.ts'
import type { AskRequest, Caller, Models } from '../../src/turn/ports/models.ts'
import type { WriteRequest } from '../../src/turn/ports.ts'
import { between, prose } from './words.ts'

/** One model call. `prompt`: all of it as one text; `input` counts the schema along, which is sent as well. */
export type Call = {
  readonly role: RoleName
  readonly turn: string
  readonly prompt: string
  readonly input: number
  readonly output: number
}

type Messages = WriteRequest['messages']

export const promptText = (messages: Messages): string =>
  messages.map(({ role, content }) => `${role}\n${content}\n`).join('')

export const inputOf = (messages: Messages): number =>
  messages.reduce((sum, { content }) => sum + countTokens(content) + MESSAGE_OVERHEAD, 0)

/** How many numbered lines stand in a prompt. */
const linesIn = (messages: Messages): number =>
  [...(messages.at(-1)?.content.matchAll(/^\[(\d+)\] /gmu) ?? [])].length

/** What a diligent archivist writes: a memory for each of the two who were there, a shift, at times an activity. */
const noted = (random: () => number, messages: Messages, endsScene: boolean) => {
  const line = Math.max(1, linesIn(messages))
  const memory = (who: string) => ({
    ...{ lines: [line], who, significance: between(random, 0, 2), source: 'direct', told_by: null },
    text: prose(random, between(random, 14, 24)),
  })
  const shift = (from: string) => ({
    ...{ line, from, to: 'Ada', affinity: between(random, -3, 3), trust: 1 },
    reason: prose(random, 6),
  })
  const activity = {
    ...{ line, who: random() < 0.5 ? 'Mira' : 'Eli', posture: 'standing', attends_to: 'Ada' },
    action: { label: 'mending a net', interruptibility: 'being_called', attention: 'half', minutes: 20 },
    ...{ holding: ['a lantern'], status: null },
  }
  return {
    shifts: [shift('Mira'), shift('Eli')],
    activities: random() < 0.3 ? [activity] : [],
    elapsed: { line, reason: 'talk', minutes: between(random, 1, 5) },
    memories: [memory('Mira'), memory('Eli'), memory('Ada')],
    facts: random() < 0.05 ? [{ line, who: 'Mira', text: prose(random, 10) }] : [],
    moves: [],
    scene_end: { line: endsScene ? line : null, reason: 'ending', significance: 1 },
    significance: between(random, 0, 2),
  }
}

const planned = (random: () => number, speaker: string) => ({
  speakers: [speaker],
  reason: prose(random, 10),
  beats: Array.from({ length: 3 }, () => prose(random, between(random, 12, 20))),
  must_not_contradict: [prose(random, 12), prose(random, 12)],
  leave_room: prose(random, 12),
})

const PEOPLE = ['Mira', 'Eli', 'Ada']

/** What one keeps of a scene: of the memories at times one, and a feeling for each whom they met. */
const kept = (random: () => number) => ({
  summary: prose(random, between(random, 45, 70)),
  keep: random() < 0.5 ? [1] : [],
  feelings: PEOPLE.map((to) => ({ to, summary: prose(random, between(random, 12, 20)) })),
})

const changed = (random: () => number, messages: Messages) => ({
  changes: random() < 0.3 ? [{ line: linesIn(messages), change: prose(random, 18) }] : [],
})

const ANSWER_WORDS = [70, 190] as const

/** What the newest turn is to be. */
export type Script = { readonly speaker: string; readonly endsScene: boolean }

/** Models that answer at once, in lengths as real ones do, and note what they were sent. */
export const scriptedModels = (random: () => number, scriptNow: () => Script) => {
  const calls: Call[] = []
  const note = ({ role, turn }: Caller, messages: Messages, schema: string, output: string) =>
    calls.push({
      ...{ role, turn: turn ?? '', prompt: promptText(messages) },
      input: inputOf(messages) + countTokens(schema),
      output: countTokens(output),
    })

  const write: Models['write'] = (caller, { messages }) => {
    const text = prose(random, between(random, ...ANSWER_WORDS))
    note(caller, messages, '', text)
    async function* deltas() {
      yield text
    }
    const result = Promise.resolve({ text, end: { kind: 'finished', reason: 'stop' } as const })
    return { deltas: deltas(), result }
  }

  const valueFor = (role: RoleName, messages: Messages): unknown => {
    switch (role) {
      case 'planner':
        return planned(random, scriptNow().speaker)
      case 'archivist':
        return noted(random, messages, scriptNow().endsScene)
      case 'summariser':
        return { summary: prose(random, between(random, 80, 110)) }
      case 'chronicler':
        return kept(random)
      case 'biographer':
        return changed(random, messages)
      case 'writer':
      case 'stager':
      case 'segmenter':
        throw new Error(`the ${role} gives no value here`)
    }
  }

  const ask = async <T>(caller: Caller, { messages, schema }: AskRequest<T>) => {
    const value = valueFor(caller.role, messages)
    note(caller, messages, JSON.stringify(wireSchema(schema).schema), JSON.stringify(value))
    return { value: schema.parse(value), source: 'json_schema' as const, failures: [] }
  }

  const models: Models = { write, ask, readerOf: () => ({ count: countTokens, context: undefined }) }
  return { models, calls }
}
