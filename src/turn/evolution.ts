import { isDeepStrictEqual } from 'node:util'
import {
  biographerMessages,
  CHANGES_TOLD,
  changesSchema,
  noChanges,
  readChanges,
  type ToldChange,
  type Witness,
  witnessesTo,
} from '../roles/biographer.ts'
import { type Decision, drafting, type Refusal } from '../story/draft.ts'
import { arcDue, type Change } from '../story/evolution.ts'
import type { Head } from '../story/head.ts'
import { type EntityId, SKEIN } from '../story/ref.ts'
import { participantIn } from '../story/scene.ts'
import type { StoryState } from '../story/state.ts'
import { type Asking, askingIn } from './asking.ts'
import type { TurnContext, TurnDeps } from './context.ts'
import type { Stretch } from './past.ts'
import { type Evidence, isIntact, isTooSoon, patience } from './patience.ts'

/** The longest that an answer may be, in tokens, and the longest prompt. */
const ANSWER_TOKENS = 400
const PROMPT_LIMIT = 4000

type Answers = ReadonlyMap<string, readonly ToldChange[]>

const tries = patience<Answers>()

const witnessesAt = async ({ store }: TurnDeps, head: Head, { from, to }: Stretch): Promise<Witness[]> =>
  witnessesTo(head, await store.lines(head, from, to))

const evidenceOf = ({ from, to }: Stretch, witnesses: readonly Witness[]): Evidence => ({
  ...{ from, to },
  lines: witnesses.flatMap(({ lines }) => lines.map(({ id }) => id)),
})

const keyFor = ({ character, lines }: Witness): string => [character, ...lines.map(({ id }) => id)].join(' ')

/** Asks how a character changed, as long as all is there that they perceived; undefined where no model answers. */
const askFor = async (
  deps: TurnDeps,
  context: TurnContext,
  { ask, instructions, count }: Asking,
  head: Head,
  arc: Stretch,
  witness: Witness,
): Promise<readonly ToldChange[] | undefined> => {
  const before = (await deps.evolutions.of(head, witness.character))
    .map(({ body }) => body)
    .filter(context.isAllowed)
    .slice(-CHANGES_TOLD)
  const request = {
    messages: biographerMessages({
      ...{ head, witness, before, count, limit: PROMPT_LIMIT },
      ...{ instructions, boundaries: context.boundaries },
    }),
    schema: changesSchema(witness.lines.length),
    name: 'changes',
    fallback: noChanges,
    ...{ maxTokens: ANSWER_TOKENS, temperature: 0.2 },
  }
  const isThere = await isIntact(deps, head, evidenceOf(arc, [witness]))
  const answered = await ask(isThere ? request : undefined)
  if (!answered || answered.source === 'default') return undefined
  return readChanges(answered.value, witness, before, context.isAllowed)
}

/** What was true when a turn ended; undefined before the first. */
const stateAfter = async ({ past }: TurnDeps, head: Head, turn: number): Promise<StoryState | undefined> => {
  if (turn === head.state.turn.number) return head.state
  const end = await past.endOfTurn(head, turn)
  return end && past.stateAt(head.ref.story, end)
}

type Where = Pick<Change, 'scene' | 'place'>

/** Where a character was in a turn: as a scene has it at the turn's end or, where that ended in it, just before it. */
const whereIn = async (deps: TurnDeps, head: Head, turn: number, character: EntityId): Promise<Where> => {
  for (const at of [turn, turn - 1]) {
    const scene = (await stateAfter(deps, head, at))?.scene
    const there = scene?.open && scene.open.since <= turn ? participantIn(scene, character) : undefined
    if (scene?.open && there) return { scene: scene.number, place: there.place ?? scene.open.place }
  }
  return { scene: null, place: null }
}

/** Whether the arc was looked at by another meanwhile, or the story went back, or elsewhere. */
const isBehind = (newest: Head, before: Head): boolean =>
  newest.state.evolved !== before.state.evolved ||
  newest.strand !== before.strand ||
  newest.state.turn.number < before.state.turn.number

/** How the characters changed in an arc, as it was asked for at a head: nothing of it counts once the arc is another. */
const deciding =
  (deps: TurnDeps, head: Head, arc: Stretch, witnesses: readonly Witness[], answers: Answers) =>
  async (newest: Head): Promise<Decision | Refusal> => {
    const isSame =
      !isBehind(newest, head) && isDeepStrictEqual(await witnessesAt(deps, newest, arc), witnesses)
    if (!isSame) return { refused: 'nothing_changed' }
    const draft = drafting(newest.state, SKEIN, deps.newId)
    const changes: Change[] = []
    for (const witness of witnesses) {
      const { character } = witness
      for (const { text, line, lines } of answers.get(keyFor(witness)) ?? [])
        changes.push({
          ...{ character, text: draft.text(text), line: line.id, lines: [...lines], turn: line.turn },
          ...(await whereIn(deps, newest, line.turn, character)),
        })
    }
    draft.emit({ type: 'cast.evolved', data: { ...arc, changes } })
    // In the newest turn, another answer can still take the place of what it rests on.
    return newest.state.turn.number > arc.to ? draft.done() : draft.doneInAnswer()
  }

/**
 * Asks of the oldest arc that is over how each character changed in it who perceived enough of it. Gives what is to be
 * decided on the newest head, or undefined where no arc is due, in a story that is not told in full, and where a model
 * gave no answer: then what there is waits for another try some turns later.
 */
export const reviewArc = async (
  deps: TurnDeps,
  context: TurnContext,
  head: Head,
  signal: AbortSignal,
): Promise<((newest: Head) => Promise<Decision | Refusal>) | undefined> => {
  const { turn, evolved, settled } = head.state
  const arc = arcDue(evolved, turn.number)
  if (context.mode !== 'full' || !arc || settled < arc.to) return undefined
  const before = await tries.last(deps, head)
  if (isTooSoon(head, before)) return undefined
  const witnesses = await witnessesAt(deps, head, arc)
  const asking = askingIn(deps, context, head, 'biographer', signal)
  const answers = new Map<string, readonly ToldChange[]>()
  for (const witness of witnesses) {
    const told =
      before?.kept.get(keyFor(witness)) ?? (await askFor(deps, context, asking, head, arc, witness))
    if (told) answers.set(keyFor(witness), told)
  }
  if (answers.size === witnesses.length) {
    tries.forget(deps, head)
    return deciding(deps, head, arc, witnesses, answers)
  }
  if (!asking.hasStopped()) tries.keep(deps, head, evidenceOf(arc, witnesses), answers, true)
  return undefined
}
