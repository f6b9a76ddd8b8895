import { type Decision, isRefusal, type Refusal, say, start, tell } from '../../src/story/decide.ts'
import type { Edit } from '../../src/story/edit/edit.ts'
import type { Head } from '../../src/story/head.ts'
import type { Line } from '../../src/story/line.ts'
import { ROOT_BRANCH } from '../../src/story/ref.ts'
import { segment } from '../../src/story/segment.ts'
import { emptyState } from '../../src/story/state.ts'
import { countingIds } from '../doubles/ids.ts'

const newId = countingIds()

/** A story as a role gets it: a head with its words, and every line that was spoken. */
export type Told = { readonly head: Head; readonly lines: readonly Line[] }

export type Step = (head: Head) => Decision | Refusal

/** What a story is after some steps, each of which is accepted. */
export const having = (from: Told, ...steps: readonly Step[]): Told =>
  steps.reduce<Told>(({ head, lines }, step) => {
    const decision = step(head)
    if (isRefusal(decision)) throw new Error(decision.refused)
    const words = new Map([...head.words, ...decision.texts.map(({ id, body }) => [id, body] as const)])
    const spoken = decision.events.flatMap((event): Line[] => {
      if (event.type !== 'line.spoken') return []
      const { line, speaker, kind, text, witnesses, source } = event.data
      const { number } = decision.state.turn
      return [
        {
          ...{ id: line, turn: number, place: 0, speaker, kind, witnesses, source },
          text: words.get(text) ?? '',
        },
      ]
    })
    return { head: { ...head, state: decision.state, words }, lines: [...lines, ...spoken] }
  }, from)

export const player = { id: '1001', displayName: 'Ada' }

export const says =
  (text: string, by = player): Step =>
  ({ state, words }) =>
    say(state, by, segment(text), words, newId)

export const answers =
  (text: string): Step =>
  ({ state }) =>
    tell(state, text, 'finished', newId)

export const by =
  <Input>(edit: Edit<Input>, input: Input): Step =>
  ({ state }) =>
    edit(state, player.id, input, newId)

const nothing: Told = {
  head: { ref: { story: 's', branch: ROOT_BRANCH }, strand: 1, seq: 0, state: emptyState, words: new Map() },
  lines: [],
}

/** The Lighthouse, with Mira and Ada’s persona; its opening is told. */
export const begun: Told = having(
  nothing,
  ({ state }) =>
    start(
      state,
      { player, title: 'The Lighthouse', character: { name: 'Mira' }, you: 'Ada, a smuggler' },
      newId,
    ),
  answers('Rain drums on the lantern room.'),
)

/** Whom a name stands for. */
export const entityIn = ({ head: { state, words } }: Told, name: string): string => {
  const { characters, personas } = state.cast
  const character = characters.find((each) => words.get(each.name) === name)?.character
  return character ?? personas.find((each) => words.get(each.name) === name)?.persona ?? ''
}
