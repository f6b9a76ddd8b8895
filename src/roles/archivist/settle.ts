import type { NewId } from '../../kit/ids.ts'
import { type Decision, drafting, isRefusal, type Refusal } from '../../story/draft.ts'
import type { Edit } from '../../story/edit/edit.ts'
import { addMemory, learnFact } from '../../story/edit/memory.ts'
import { shiftEdge } from '../../story/edit/people.ts'
import { advanceClock, closeScene, setActivity } from '../../story/edit/world.ts'
import type { Head } from '../../story/head.ts'
import type { Line } from '../../story/line.ts'
import { SKEIN } from '../../story/ref.ts'
import type { StoryState } from '../../story/state.ts'
import { activitiesIn } from './activities.ts'
import { timePassed } from './elapsed.ts'
import { shiftsIn } from './feelings.ts'
import { clampSignificance, nothing, type Proposal, proposalSchema } from './proposal.ts'
import { factsIn, type Known, memoriesIn } from './remembered.ts'
import { rosterOf } from './roster.ts'
import { type Terms, termsOf } from './terms.ts'

/** What is settled: the lines that the archivist was asked about, all of them and no others. */
export type Settlement = {
  readonly lines: readonly Line[]
  /** The first turn that they are from. */
  readonly from: number
  /** What is remembered or known already, or was recalled into a prompt: it is neither remembered nor learned again. */
  readonly known: readonly Known[]
  /** Whether a text may stand in the story. */
  readonly isAllowed: (text: string) => boolean
}

type Step = (state: StoryState) => Decision | Refusal

/** Step by step, each on what the last one left. A step that is refused changes nothing. */
const inTurn = (from: StoryState, steps: readonly Step[]): Pick<Decision, 'state' | 'events' | 'texts'> => {
  let state = from
  const accepted: Decision[] = []
  for (const step of steps) {
    const outcome = step(state)
    if (isRefusal(outcome)) continue
    accepted.push(outcome)
    state = outcome.state
  }
  return {
    state,
    events: accepted.flatMap(({ events }) => events),
    texts: accepted.flatMap(({ texts }) => texts),
  }
}

// What was formed was formed after the time that it took, and in the scene that it ended.
const stepsOf = (
  world: StoryState,
  proposal: Proposal,
  terms: Terms,
  known: readonly Known[],
  newId: NewId,
): Step[] => {
  const by =
    <Input>(edit: Edit<Input>, input: Input): Step =>
    (state) =>
      edit(state, SKEIN, input, newId)
  const { scene_end, elapsed } = proposal
  return [
    ...shiftsIn(terms, proposal).map((shift) => by(shiftEdge, shift)),
    ...activitiesIn(world, terms, proposal).map((change) => by(setActivity, change)),
    by(advanceClock, timePassed(elapsed, terms.lines)),
    ...memoriesIn(terms, proposal, known).map((memory) => by(addMemory, memory)),
    ...factsIn(terms, proposal, known).map((fact) => by(learnFact, fact)),
    ...(scene_end.line !== null && terms.line(scene_end.line)
      ? [by(closeScene, { significance: clampSignificance(scene_end.significance) })]
      : []),
  ]
}

/**
 * What the newest turn changed, of what was proposed: any JSON at all. What rests on no line of the settlement, or
 * on one that was not witnessed by whom it is about, is left out; the turn is settled in any case.
 */
export const settle = (
  head: Pick<Head, 'state' | 'words'>,
  { lines, from, known, isAllowed }: Settlement,
  proposal: unknown,
  newId: NewId,
): Decision | Refusal => {
  const { turn, resets, settled } = head.state
  if (turn.phase === 'open') return { refused: 'turn_open' }
  if (turn.number === 0 || turn.phase === 'failed') return { refused: 'nothing_told' }
  if (settled >= turn.number) return { refused: 'nothing_changed' }
  const roster = rosterOf(head, lines)
  const terms = termsOf(resets, roster, lines, isAllowed)
  const read = proposalSchema(roster, terms.lines).safeParse(proposal).data ?? nothing
  const effects = inTurn(head.state, stepsOf(head.state, read, terms, known, newId))
  const draft = drafting(effects.state, SKEIN, newId)
  draft.emit({ type: 'turn.settled', data: { from, significance: clampSignificance(read.significance) } })
  const settledNow = draft.doneInAnswer()
  return { ...settledNow, events: [...effects.events, ...settledNow.events], texts: effects.texts }
}
