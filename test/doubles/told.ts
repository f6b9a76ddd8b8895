import { type Decision, isRefusal, type Refusal, say, start, tell } from '../../src/story/decide.ts'
import { ROOT_BRANCH } from '../../src/story/ref.ts'
import { segmentAll } from '../../src/story/segment.ts'
import { emptyState } from '../../src/story/state.ts'
import { countingIds } from './ids.ts'
import type { Stores } from './store.ts'

const ada = { id: '1001', displayName: 'Ada' }
/** That story, on its root branch. */
export const ref = { story: 'story1', branch: ROOT_BRANCH }
const newId = countingIds('told')

const accepted = (outcome: Decision | Refusal): Decision => {
  if (isRefusal(outcome)) throw new Error(outcome.refused)
  return outcome
}

/** Begins a story and tells its opening. */
export const beginStory = async ({ store }: Stores): Promise<void> => {
  const beginning = accepted(start(emptyState, { player: ada, title: 'Fog', premise: 'A harbour.' }, newId))
  await store.create({ ref, guild: '9', thread: '500', parent: '400' }, beginning, {
    ids: ['i1'],
    channel: null,
  })
  const head = await store.load(ref)
  if (head) await store.append(head, accepted(tell(head.state, 'Rain.', 'finished', newId)))
}

/** Plays one more turn of that story, from a message with an id. */
export const playTurn = async ({ store }: Stores, words: string, message = newId()): Promise<void> => {
  const head = await store.load(ref)
  if (!head) throw new Error('no story')
  const said = segmentAll([{ id: message, text: words }])
  const source = { ids: [message], channel: '500' }
  await store.append(head, accepted(say(head.state, ada, said, head.words, newId)), source)
  const next = await store.load(ref)
  if (next) await store.append(next, accepted(tell(next.state, 'So it is.', 'finished', newId)))
}

/** How many turns that story has, or none without it. */
export const turnsOf = async ({ store }: Stores): Promise<number | undefined> =>
  (await store.load(ref))?.state.turn.number
