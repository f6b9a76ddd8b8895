import { type Settlement, settle } from '../../../src/roles/archivist/settle.ts'
import { type Decision, isRefusal } from '../../../src/story/draft.ts'
import type { StoryEvent } from '../../../src/story/event.ts'
import type { Head } from '../../../src/story/head.ts'
import type { Line } from '../../../src/story/line.ts'
import { type EntityId, NARRATOR, ROOT_BRANCH } from '../../../src/story/ref.ts'
import type { StoryState } from '../../../src/story/state.ts'
import { accepted, adaHerself, jon, mira, newId, told } from '../../story/given.ts'

/** The head of the lighthouse's story, or of one that went on from it. Both of its first names may be others. */
export const headOf = (state: StoryState = told, names: readonly string[] = ['Mira', 'Jon']): Head => ({
  ref: { story: 's', branch: ROOT_BRANCH },
  strand: 1,
  seq: 9,
  state,
  words: new Map([
    ...state.cast.characters.map(({ name }, index) => [name, names[index] ?? `Extra ${index}`] as const),
    ...state.cast.personas.map(({ name }) => [name, 'Ada'] as const),
  ]),
})

export const everyone: readonly EntityId[] = [NARRATOR, mira, jon, adaHerself]

const kindOf = (speaker: EntityId, text: string): Line['kind'] => {
  if (speaker === NARRATOR) return 'prose'
  return text.startsWith('*') ? 'action' : 'dialogue'
}

export const line = (
  id: string,
  speaker: EntityId,
  text: string,
  witnesses: readonly EntityId[] = everyone,
): Line => ({
  ...{ id, turn: 1, place: 1, speaker, kind: kindOf(speaker, text) },
  ...{ text, witnesses, source: null },
})

export const outOfCharacter = (id: string): Line => ({
  ...line(id, adaHerself, '((brb))', []),
  kind: 'ooc',
})

/** Lines as they would stand in another turn. */
export const inTurn = (turn: number, lines: readonly Line[]): Line[] =>
  lines.map((each) => ({ ...each, turn }))

/** Ada speaks to all, Mira answers her aside, and the narrator tells of it. */
export const lines: readonly Line[] = [
  line('l1', adaHerself, '"I put out the light."'),
  line('l2', mira, '"I will tell nobody."', [NARRATOR, mira, adaHerself]),
  line('l3', NARRATOR, 'The rain stops.'),
]

const nothingElse: Settlement = { lines, older: [], context: [], from: 1, known: [], isAllowed: () => true }

type Given = Partial<Settlement> & { readonly head?: Head }

/** What a proposal comes to after those lines, unless others are given. */
export const settled = (proposal: unknown, { head = headOf(), ...given }: Given = {}): Decision =>
  accepted(settle(head, { ...nothingElse, ...given }, proposal, newId))

/** Why nothing is settled. */
export const refusal = (head: Head) => {
  const outcome = settle(head, nothingElse, {}, newId)
  return isRefusal(outcome) ? outcome.refused : undefined
}

type Data<T extends StoryEvent['type']> = Extract<StoryEvent, { type: T }>['data']

/** The data of all events of a type, in their order. */
export const all = <T extends StoryEvent['type']>({ events }: Decision, type: T): Data<T>[] =>
  events.filter((event) => event.type === type).map(({ data }) => data as Data<T>)

/** What was formed as memories of some note: all have plain ones of what nobody noted. */
export const noted = (decision: Decision) =>
  all(decision, 'memory.formed').filter(({ significance }) => significance > 0)

/** What was formed as plain memories: the words that were perceived. */
export const plain = (decision: Decision) =>
  all(decision, 'memory.formed').filter(({ significance }) => significance === 0)

/** In words. */
export const bodiesOf = (
  decision: Decision,
  rows: readonly { readonly owner: EntityId; readonly text: string }[],
) => rows.map(({ owner, text }) => ({ owner, body: decision.texts.find(({ id }) => id === text)?.body }))
