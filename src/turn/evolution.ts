import { isDeepStrictEqual } from 'node:util'
import type { ChatMessage } from '../prompt/message.ts'
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
import type { TurnContext, TurnDeps } from './context.ts'
import { keepMessages } from './keep.ts'
import type { Stretch } from './past.ts'
import { keyOf } from './queue.ts'

/** For how many turns nothing is asked on a branch after a model gave no answer. */
const PATIENCE = 5

/** The longest that an answer may be, in tokens, and the longest prompt. */
const ANSWER_TOKENS = 400
const PROMPT_LIMIT = 4000

type Answers = ReadonlyMap<string, readonly ToldChange[]>

/** A try that failed, in turn `at`, and the answers that there are for some characters by now. */
type Failed = { readonly strand: number; readonly at: number; readonly answers: Answers }

// Only asking again depends on it, so it need not outlive the program.
const failures = new WeakMap<TurnDeps, Map<string, Failed>>()

const failuresIn = (deps: TurnDeps): Map<string, Failed> => {
  const known = failures.get(deps) ?? new Map<string, Failed>()
  failures.set(deps, known)
  return known
}

/** The last try on a branch, where it failed; not where the story went back to before it. */
const lastFailure = (deps: TurnDeps, { ref, strand, state }: Head): Failed | undefined => {
  const failed = failuresIn(deps).get(keyOf(ref))
  return failed?.strand === strand && failed.at <= state.turn.number ? failed : undefined
}

const witnessesAt = async ({ store }: TurnDeps, head: Head, { from, to }: Stretch): Promise<Witness[]> =>
  witnessesTo(head, await store.lines(head, from, to))

const keyFor = ({ character, lines }: Witness): string => [character, ...lines.map(({ id }) => id)].join(' ')

type Ask = (witness: Witness) => Promise<readonly ToldChange[] | undefined>

/** Asks how characters changed; undefined where no model answers. All that is sent is kept together. */
const asking = (deps: TurnDeps, context: TurnContext, head: Head, signal: AbortSignal): Ask => {
  const caller = context.callerOf('biographer', head)
  const template = context.prompt('biographer', head)
  const { count } = deps.models.readerOf(caller)
  const sent: ChatMessage[] = []
  return async (witness) => {
    if (signal.aborted) return undefined
    const before = (await deps.evolutions.of(head, witness.character))
      .map(({ body }) => body)
      .filter(context.isAllowed)
      .slice(-CHANGES_TOLD)
    const messages = biographerMessages({
      ...{ head, witness, before, count, limit: PROMPT_LIMIT },
      ...{ instructions: template.text, boundaries: context.boundaries },
    })
    sent.push(...(sent.length === 0 ? messages : messages.filter(({ role }) => role !== 'system')))
    await keepMessages(deps, head, 'biographer', template.version, sent, count)
    const { value, source } = await deps.models.ask(caller, {
      messages,
      schema: changesSchema(witness.lines.length),
      name: 'changes',
      fallback: noChanges,
      ...{ maxTokens: ANSWER_TOKENS, temperature: 0.2, signal },
    })
    return source === 'default' ? undefined : readChanges(value, witness, before, context.isAllowed)
  }
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
      for (const { text, line } of answers.get(keyFor(witness)) ?? [])
        changes.push({
          ...{ character, text: draft.text(text), line: line.id, turn: line.turn },
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
  const before = lastFailure(deps, head)
  if (before && turn.number < before.at + PATIENCE) return undefined
  const witnesses = await witnessesAt(deps, head, arc)
  const ask = asking(deps, context, head, signal)
  const answers = new Map<string, readonly ToldChange[]>()
  for (const witness of witnesses) {
    const told = before?.answers.get(keyFor(witness)) ?? (await ask(witness))
    if (told) answers.set(keyFor(witness), told)
  }
  if (answers.size === witnesses.length) {
    failuresIn(deps).delete(keyOf(head.ref))
    return deciding(deps, head, arc, witnesses, answers)
  }
  if (!signal.aborted)
    failuresIn(deps).set(keyOf(head.ref), { strand: head.strand, at: turn.number, answers })
  return undefined
}
