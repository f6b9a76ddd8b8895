import type { NewId } from '../../kit/ids.ts'
import { calledIn } from '../../prompt/names.ts'
import { castMembers } from '../../story/cast.ts'
import { type Decision, drafting, isRefusal, type Refusal } from '../../story/draft.ts'
import type { Edit } from '../../story/edit/edit.ts'
import { addMemory, learnFact } from '../../story/edit/memory.ts'
import { shiftEdge } from '../../story/edit/people.ts'
import {
  advanceClock,
  closeScene,
  joinScene,
  leaveScene,
  openScene,
  setActivity,
} from '../../story/edit/world.ts'
import type { Head } from '../../story/head.ts'
import type { Line } from '../../story/line.ts'
import { pathOf } from '../../story/place.ts'
import { type EntityId, SKEIN } from '../../story/ref.ts'
import { type OpenScene, whereIs } from '../../story/scene.ts'
import type { StoryState } from '../../story/state.ts'
import { rosterOf } from '../roster.ts'
import { activitiesIn } from './activities.ts'
import { isJump, timePassed } from './elapsed.ts'
import { endingIn, type SceneEnd } from './ending.ts'
import { shiftsIn } from './feelings.ts'
import { nameWordsOf } from './matter.ts'
import { type Moved, movedIn, whereaboutsIn } from './moves.ts'
import { destinationsIn } from './places.ts'
import { clampSignificance, nothing, type Proposal, proposalSchema } from './proposal.ts'
import { factsIn, type Known, memoriesIn, type Remembered, withPlain } from './remembered.ts'
import { openTo } from './secrets.ts'
import { citedIn, type Terms, termsOf } from './terms.ts'

/** What is settled: the lines that the archivist was asked about, all of them and no others. */
export type Settlement = {
  readonly lines: readonly Line[]
  /** Of turns before them, which were left unsettled for so long that nobody was asked: they are remembered plainly. */
  readonly older: readonly Line[]
  /** What the archivist was told along to understand them. */
  readonly context: readonly Line[]
  /** The first turn that the lines are from. */
  readonly from: number
  /**
   * What is remembered or known already, or was recalled into a prompt: it is neither remembered nor learned again. Of
   * each owner the newest memory first.
   */
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

const by =
  (newId: NewId) =>
  <Input>(edit: Edit<Input>, input: Input): Step =>
  (state) =>
    edit(state, SKEIN, input, newId)

/** Who comes, goes and moves, or how the scene ends and the next one begins. */
const sceneSteps = (
  open: OpenScene,
  moved: Moved,
  end: SceneEnd | undefined,
  step: ReturnType<typeof by>,
): Step[] => {
  if (end) {
    const { reason, significance, place, participants, apart } = end
    return [
      step(closeScene, { reason, significance }),
      step(openScene, { place, participants: [...participants] }),
      ...apart.map((participant) => step(joinScene, participant)),
    ]
  }
  const before = whereaboutsIn(open)
  const gone = [...before.keys()].filter((entity) => !moved.at.has(entity))
  const changed = [...moved.at].filter(
    ([entity, place]) => !before.has(entity) || before.get(entity) !== place,
  )
  return [
    ...gone.map((entity) => step(leaveScene, { entity })),
    ...changed.map(([entity, place]) => step(joinScene, { entity, place })),
  ]
}

const namesIn = (head: Pick<Head, 'state' | 'words'>) =>
  nameWordsOf(castMembers(head.state.cast).map(calledIn(head)))

/** What stands in someone's prompts, whatever they perceived: of places, only where the scene is that they are in. */
const commonTo = ({ state: { premise, places, scene }, words }: Pick<Head, 'state' | 'words'>) => {
  const story = [premise?.title, premise?.premise].flatMap((text) => words.get(text ?? '') ?? [])
  const around = [scene.open?.place, ...(scene.open?.participants ?? []).map(({ place }) => place)]
    .flatMap((place) => (place ? pathOf(places, place) : []))
    .map(({ name }) => name)
  return (reader: EntityId): readonly string[] =>
    whereIs(scene, reader) === undefined ? story : [...story, ...around]
}

/**
 * What was proposed as steps. What was formed was formed after the time that it took, unless it was told before that
 * time was skipped, and in the scene that it ended; what was perceived was perceived before anyone went.
 */
const stepsOf = (
  head: Pick<Head, 'state' | 'words'>,
  { known, older, isAllowed }: Settlement,
  proposal: Proposal,
  terms: Terms,
  newId: NewId,
): Step[] => {
  const { state } = head
  const called = calledIn(head)
  const owners = castMembers(state.cast)
  const told = [...citedIn(state.resets, older), ...terms.lines]
  const memories = memoriesIn(terms, proposal, known, namesIn(head))
  const passed = timePassed(proposal.elapsed, terms.lines.length)
  const { open } = state.scene
  const moved = open && movedIn(open, terms, proposal, called)
  const end = open && moved ? endingIn(open, moved, terms, proposal, passed) : undefined
  const step = by(newId)
  const formed = withPlain(memories, told, owners, called, isAllowed)
  const isBeforeJump = ({ lines }: Remembered) =>
    isJump(passed) && lines.some((line) => terms.lines.indexOf(line) < (proposal.elapsed.line ?? 0))
  const remembering = (some: readonly Remembered[]) =>
    some.map((memory) => step(addMemory, { ...memory, lines: [...memory.lines] }))
  return [
    ...shiftsIn(terms, proposal).map((shift) => step(shiftEdge, shift)),
    ...activitiesIn(state, terms, proposal).map((change) => step(setActivity, change)),
    ...remembering(formed.filter(isBeforeJump)),
    step(advanceClock, passed),
    ...remembering(formed.filter((memory) => !isBeforeJump(memory))),
    ...factsIn(terms, proposal, known).map((fact) => step(learnFact, { ...fact, lines: [...fact.lines] })),
    ...(open && moved ? sceneSteps(open, moved, end, step) : []),
  ]
}

/**
 * What the newest turns changed, of what was proposed: any JSON at all. What rests on no line of the settlement, or
 * on one that was not witnessed by whom it is about, is left out; the turns are settled in any case, and whoever
 * perceived one of them has a memory of it.
 */
export const settle = (
  head: Pick<Head, 'state' | 'words'>,
  settlement: Settlement,
  proposal: unknown,
  newId: NewId,
): Decision | Refusal => {
  const { turn, resets, settled } = head.state
  if (turn.phase === 'open') return { refused: 'turn_open' }
  if (turn.number === 0 || turn.phase === 'failed') return { refused: 'nothing_told' }
  if (settled >= turn.number) return { refused: 'nothing_changed' }
  const { lines, context, from, known, isAllowed } = settlement
  const roster = rosterOf(head, lines)
  const destinations = destinationsIn(head.state, lines)
  const isOpen = openTo(citedIn(resets, [...context, ...lines]), known, commonTo(head), namesIn(head))
  const terms = termsOf(
    roster,
    destinations,
    citedIn(resets, lines),
    (text, reader) => isAllowed(text) && isOpen(text, reader),
  )
  const read = proposalSchema(roster, destinations, terms.lines.length).safeParse(proposal).data ?? nothing
  const effects = inTurn(head.state, stepsOf(head, settlement, read, terms, newId))
  const draft = drafting(effects.state, SKEIN, newId)
  draft.emit({ type: 'turn.settled', data: { from, significance: clampSignificance(read.significance) } })
  const settledNow = draft.doneInAnswer()
  return { ...settledNow, events: [...effects.events, ...settledNow.events], texts: effects.texts }
}
