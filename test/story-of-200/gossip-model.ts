import { countTokens } from '../../src/prompt/tokens.ts'
import type { RoleName } from '../../src/story/settings.ts'
import type { AskRequest, Caller, Models } from '../../src/turn/ports/models.ts'
import { finished } from '../doubles/model.ts'
import { changes, type Name, names, type Turn } from './script.ts'
import { knows, secrets, type Telling } from './secrets.ts'

/** What is told now, and how. `readers`: who learns what stands in the prompts of a planner and a writer. */
export type Now = {
  readonly turn: Turn
  readonly number: number
  readonly telling: Telling
  readonly readers: Readonly<Record<'planner' | 'writer', readonly Name[]>>
}

/**
 * A prompt as it was sent. `readers`: whose knowledge it may hold; none for an archivist, which is told everything, and
 * for a summariser, which is told whose words it gives by no name: what it was told stands in its summaries.
 */
export type Sent = {
  readonly role: RoleName
  readonly number: number
  readonly telling: Telling
  readonly readers: readonly Name[]
  readonly text: string
}

const SENTENCE = /[^.!?\n]+[.!?]*/gu

/** All that a text tells of what is secret. */
const juicyIn = (text: string): string[] => {
  const told = (text.match(SENTENCE) ?? []).map((sentence) => sentence.trim())
  return [...new Set(told.filter((sentence) => secrets.some(({ word }) => word.test(sentence))))]
}

const secretsIn = (text: string) => secrets.filter(({ word }) => word.test(text))

const named = (text: string, pattern: RegExp): Name[] => {
  const found = pattern.exec(text)?.[1]
  return names.filter((name) => name === found)
}

/** Whose account it is that a chronicler or a biographer is asked for. */
const OWNERS: Partial<Record<RoleName, RegExp>> = {
  chronicler: /You write for (\w+)\./u,
  biographer: /# The character\n(\w+)/u,
}

/** What the script has an archivist note. */
const noted = ({ memories = [], facts = [], feels, does, moves = [], days }: Turn) => ({
  shifts: feels ? [{ ...feels, affinity: 5, trust: 5 }] : [],
  activities: does
    ? [
        {
          ...{ who: does.who, line: does.line, posture: null, attends_to: null, holding: null, status: null },
          action: { label: does.label, interruptibility: 'anything', attention: 'half', minutes: null },
        },
      ]
    : [],
  elapsed: days
    ? { line: days.line, reason: 'skip', minutes: days.many * 24 * 60 }
    : { line: null, reason: 'talk', minutes: 0 },
  memories: memories.map(({ told_by, source, ...memory }) => ({
    ...memory,
    source: told_by ? 'told' : (source ?? 'direct'),
    told_by: told_by ?? null,
  })),
  facts: [...facts],
  moves: [...moves],
  scene_end: { line: null, reason: 'ending', significance: 1 },
  significance: 1,
})

/** How many lines an archivist is asked about. */
const linesIn = (prompt: string): number =>
  (prompt.split('# Lines to settle')[1]?.match(/^\[\d+\]/gmu) ?? []).length

/**
 * All that an archivist could do wrong with what it is told: each secret that stands in its prompt becomes a memory and
 * a fact of everyone who must not know it, resting on every line, and the reason for a feeling.
 */
export const slander = (prompt: string, { number, telling }: Pick<Now, 'number' | 'telling'>) => {
  const lines = Array.from({ length: linesIn(prompt) }, (_, nth) => nth + 1)
  const pairs = secretsIn(prompt).flatMap((secret) =>
    names
      .filter((who) => !knows(secret, who, number, telling))
      .map((who) => ({ who, text: juicyIn(prompt).find((text) => secret.word.test(text)) ?? '' })),
  )
  return {
    memories: pairs.flatMap(({ who, text }) =>
      [lines, ...lines.map((line) => [line])].map((cited) => ({
        ...{ who, text: `${who} learned: ${text}`, lines: cited, significance: 3 },
        ...{ source: 'direct', told_by: null },
      })),
    ),
    facts: pairs.flatMap(({ who, text }) => lines.map((line) => ({ who, text, line }))),
    shifts: pairs.flatMap(({ who, text }) =>
      lines.map((line) => ({ line, from: who, to: 'Ada', affinity: 1, trust: 1, reason: text })),
    ),
  }
}

const archived = (prompt: string, now: Now) => {
  const honest = noted(now.turn)
  const wild = slander(prompt, now)
  return {
    ...honest,
    memories: [...honest.memories, ...wild.memories],
    facts: [...honest.facts, ...wild.facts],
    shifts: [...honest.shifts, ...wild.shifts],
  }
}

/** How someone changed by an arc, by the line that shows it: the first. What stands in the prompt does, too. */
const changed = (prompt: string, owner: Name | undefined, { number }: Now) => {
  const said = changes[number]
  const told = juicyIn(prompt).slice(0, 1)
  return {
    changes: [
      ...(said && said.who === owner ? [{ line: 1, change: said.change }] : []),
      ...told.map((text) => ({ line: 1, change: `${owner} often thinks of this: ${text}` })),
    ],
  }
}

/** What comes in each role: what the script says, and beside it all that the prompt tells of what is secret. */
const answered = (role: RoleName, prompt: string, now: Now): unknown => {
  const told = juicyIn(prompt)
  const [owner] = named(prompt, OWNERS[role] ?? /(?!)/u)
  switch (role) {
    case 'planner':
      return {
        ...{ speakers: [now.turn.answers], reason: `It is for ${now.turn.answers} to answer.` },
        ...{ beats: told.slice(0, 3), must_not_contradict: told.slice(0, 1), leave_room: '' },
      }
    case 'archivist':
      return archived(prompt, now)
    case 'chronicler':
      return {
        summary: `${owner} was there up to turn ${now.number}. ${told.join(' ')}`,
        keep: [],
        feelings: names
          .filter((name) => name !== owner)
          .map((to) => ({ to, summary: `${owner} thinks of ${to} and this: ${told[0] ?? 'the weather'}` })),
      }
    case 'biographer':
      return changed(prompt, owner, now)
    default:
      return { summary: `It went on up to turn ${now.number}. ${told.join(' ')}` }
  }
}

/**
 * Models that tell what the script says and keep nothing to themselves: whatever secret stands in a prompt comes back in
 * the answer, wherever an answer has room for it, but for what characters say aloud. All that is sent is kept in `sent`.
 * `now`: asked anew for each call. `context`: how many tokens fit into them.
 */
export const gossipModel = (now: () => Now, context: number): Models & { readonly sent: Sent[] } => {
  const sent: Sent[] = []
  const keep = (role: RoleName, text: string, readers: readonly Name[]): void => {
    const { number, telling } = now()
    sent.push({ role, number, telling, readers, text })
  }
  const textOf = ({ messages }: Pick<AskRequest<unknown>, 'messages'>) =>
    messages.map(({ content }) => content).join('\n')

  const write: Models['write'] = (_caller, request) => {
    const { turn, readers } = now()
    keep('writer', textOf(request), readers.writer)
    async function* deltas() {
      yield turn.answer
    }
    return { deltas: deltas(), result: Promise.resolve({ text: turn.answer, end: finished }) }
  }

  const ask = async <T>({ role }: Caller, request: AskRequest<T>) => {
    const prompt = textOf(request)
    const readers = role === 'planner' ? now().readers.planner : named(prompt, OWNERS[role] ?? /(?!)/u)
    keep(role, prompt, readers)
    const value = request.schema.parse(answered(role, prompt, now()))
    return { value, source: 'json_schema' as const, failures: [] }
  }

  return { sent, write, ask, readerOf: () => ({ count: countTokens, context }) }
}
