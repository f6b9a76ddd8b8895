import { type Decision, isRefusal, type Refusal, start, tell } from '../../src/story/decide.ts'
import type { Edit } from '../../src/story/edit/edit.ts'
import { createCharacter } from '../../src/story/edit/people.ts'
import { emptyState, type StoryState } from '../../src/story/state.ts'
import { countingIds } from '../doubles/ids.ts'

/** The player whose story it is. */
export const ada = { id: '1001', displayName: 'Ada' }
export const ben = { id: '1002', displayName: 'Ben' }

export const newId = countingIds()

export const accepted = (outcome: Decision | Refusal): Decision => {
  if (isRefusal(outcome)) throw new Error(outcome.refused)
  return outcome
}

/** An edit by the story's author, to be applied to a state. */
export const by =
  <Input>(edit: Edit<Input>, input: Input) =>
  (state: StoryState): Decision | Refusal =>
    edit(state, ada.id, input, newId)

export type Step = (state: StoryState) => Decision | Refusal

/** The state after steps, each of which is accepted. */
export const having = (from: StoryState, ...steps: readonly Step[]): StoryState =>
  steps.reduce((state, step) => accepted(step(state)).state, from)

const opening = accepted(
  start(emptyState, { player: ada, title: 'The Lighthouse', character: { name: 'Mira' } }, newId),
)

/** A story with two characters, Mira and Jon, and Ada's persona; its opening is told. */
export const told: StoryState = having(
  opening.state,
  (state) => tell(state, 'Rain.', 'finished', newId),
  by(createCharacter, { name: 'Jon' }),
)

const [first, second] = told.cast.characters
export const mira = first?.character ?? ''
export const jon = second?.character ?? ''
export const adaHerself = told.cast.personas[0]?.persona ?? ''

/** What an outcome writes into the log, or why it writes nothing. */
export const events = (outcome: Decision | Refusal) => (isRefusal(outcome) ? outcome : outcome.events)

/** The words that a decision wrote, in the order of writing. */
export const wordsIn = ({ texts }: Decision) => texts.map(({ body }) => body)
