import type { Decision, Refusal } from '../../src/story/draft.ts'
import type { Edit } from '../../src/story/edit/edit.ts'
import type { Head } from '../../src/story/head.ts'
import { ROOT_BRANCH } from '../../src/story/ref.ts'
import { emptyState } from '../../src/story/state.ts'
import { accepted, ada, newId } from '../story/given.ts'

export type Step = (head: Head) => Decision | Refusal

/** An edit by the story's author; its input may look up ids at the head. */
export const edited =
  <Input>(edit: Edit<Input>, input: (head: Head) => Input): Step =>
  (head) =>
    edit(head.state, ada.id, input(head), newId)

const blank: Head = {
  ref: { story: 's', branch: ROOT_BRANCH },
  strand: 1,
  seq: 1,
  state: emptyState,
  words: new Map(),
}

/** A story's head after steps, each of which is accepted, with the words that they wrote. */
export const headAfter = (...steps: readonly Step[]): Head => {
  const words = new Map<string, string>()
  let { state } = blank
  for (const step of steps) {
    const decision = accepted(step({ ...blank, state, words }))
    for (const { id, body } of decision.texts) words.set(id, body)
    state = decision.state
  }
  return { ...blank, state, words }
}
