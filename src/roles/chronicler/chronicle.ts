import type { NewId } from '../../kit/ids.ts'
import { type Decision, type Draft, drafting } from '../../story/draft.ts'
import { edgeBetween } from '../../story/edge.ts'
import type { Head } from '../../story/head.ts'
import { pinOf } from '../../story/memory.ts'
import { SKEIN } from '../../story/ref.ts'
import type { ClosedScene } from '../../story/scene.ts'
import type { Account } from './account.ts'
import { evidenceOf, type View, witnessesOf } from './view.ts'

/** The greatest significance of what is folded: anything greater stays on its own. A summary has the same. */
const FOLDED = 1

type Accounts = readonly { readonly view: View; readonly account: Account }[]

/** When in the story's time the newest of some memories is from; undefined where there are none. */
const newestOf = (views: readonly View[]): number | undefined => {
  const times = views
    .flatMap(({ memories, slight }) => [...memories, ...slight])
    .map(({ minutes }) => minutes)
  return times.length > 0 ? Math.max(...times) : undefined
}

const remember = (
  draft: Draft,
  { scene }: ClosedScene,
  minutes: number,
  view: View,
  { summary, kept }: Account,
): void => {
  const { owner, memories, slight } = view
  const memory = draft.newId()
  draft.emit({
    type: 'memory.formed',
    data: {
      ...{ memory, owner, text: draft.text(summary), source: 'summary', toldBy: null, chain: [] },
      ...{ witnesses: witnessesOf(view), lines: evidenceOf(view) },
      ...{ reliability: 1, significance: FOLDED, minutes, scene },
    },
  })
  const { pins } = draft.state()
  // A summary says of nothing from whom its owner has it, and how sure it is: what they did not perceive themselves stays.
  const isFolded = (fine: View['memories'][number]) =>
    fine.source === 'direct' &&
    fine.significance <= FOLDED &&
    !kept.includes(fine.memory) &&
    !pinOf(pins, owner, fine.memory)
  for (const fine of [...memories, ...slight].filter(isFolded))
    draft.emit({ type: 'memory.superseded', data: { memory: fine.memory, owner, by: memory } })
}

const feel = (draft: Draft, { words }: Head, view: View, { feelings }: Account): void => {
  const { owner: from } = view
  for (const { to, text } of feelings) {
    const before = edgeBetween(draft.state().edges, from, to).summary
    if (before !== null && words.get(before) === text) continue
    draft.emit({
      type: 'edge.summarised',
      data: { from, to, before, summary: draft.text(text), lines: evidenceOf(view) },
    })
  }
}

/**
 * What all who were in a closed scene keep of it. Their fine memories give way to its summary, but for what is pinned,
 * what matters, what they have from others, and what they would keep. It holds for all answers of the newest turn,
 * unless the scene rests on one.
 */
export const chronicle = (head: Head, closed: ClosedScene, accounts: Accounts, newId: NewId): Decision => {
  const draft = drafting(head.state, SKEIN, newId)
  // By now, much time may have gone by since: the scene may even have ended with that.
  const end = newestOf(accounts.map(({ view }) => view)) ?? head.state.clock.minutes
  for (const { view, account } of accounts) {
    remember(draft, closed, newestOf([view]) ?? end, view, account)
    feel(draft, head, view, account)
  }
  draft.emit({ type: 'scene.summarised', data: { scene: closed.scene } })
  return closed.to < head.state.turn.number ? draft.done() : draft.doneInAnswer()
}
