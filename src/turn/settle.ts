import { archivistRequest } from '../roles/archivist/request.ts'
import { rosterOf } from '../roles/archivist/roster.ts'
import { settle } from '../roles/archivist/settle.ts'
import { isRefusal } from '../story/draft.ts'
import type { Head } from '../story/head.ts'
import type { Line } from '../story/line.ts'
import type { TurnContext, TurnDeps } from './context.ts'
import { keepMessages } from './keep.ts'
import { limited } from './limit.ts'
import { inReach } from './remembered.ts'

/** How many turns are settled at once: those before them were left unsettled for too long. */
const TURNS_SETTLED = 4

/** How many turns before them are told along, to be understood. */
const TURNS_BEFORE = 2

/** The longest that an archivist's answer may be, in tokens. */
const ANSWER_TOKENS = 1200

/** What those know already of whom a settlement can say that they learned something: all that prompts may have held. */
const knownBy = async (deps: TurnDeps, head: Head, lines: readonly Line[]) => {
  const each = await Promise.all(
    rosterOf(head, lines).flatMap(({ entity }) => [
      inReach(deps, head, entity),
      deps.memories.factsOf(head, entity),
    ]),
  )
  return each.flat()
}

/**
 * Asks what the newest turns changed, and makes it part of the story: **transaction three**. A model that takes too
 * long, or gives nothing that can be used, leaves them unsettled, and the next turn's settlement covers them. Throws
 * only when the store fails.
 */
export const settleTurn = async (
  deps: TurnDeps,
  context: TurnContext,
  head: Head,
  signal: AbortSignal,
): Promise<'settled' | 'unsettled'> => {
  const { store, models, newId, clock } = deps
  const { turn, settled } = head.state
  if (context.mode === 'bare' || turn.phase !== 'told' || settled >= turn.number) return 'settled'
  const from = Math.max(settled + 1, turn.number - TURNS_SETTLED + 1)
  const read = await store.lines(head, Math.max(1, from - TURNS_BEFORE), turn.number)
  const lines = read.filter((line) => line.turn >= from)
  const caller = context.callerOf('archivist', head)
  const template = context.prompt('archivist', head)
  const { count } = models.readerOf(caller)
  const request = archivistRequest({
    head,
    lines,
    context: read.filter((line) => line.turn < from),
    instructions: [template.text, context.boundaries].filter(Boolean).join('\n\n'),
    count,
    maxTokens: ANSWER_TOKENS,
  })
  await keepMessages(deps, head, 'archivist', template.version, request.messages, count)
  const limit = limited(clock, deps.settleMs, 'late', signal)
  const asked = await models.ask(caller, { ...request, signal: limit.signal }).finally(limit.end)
  if (asked.source === 'default' || limit.signal.aborted) return 'unsettled'
  // Words that were erased while the model read them must not come back in other words.
  if ((await store.lines(head, from, turn.number)).length < lines.length) return 'unsettled'
  const known = await knownBy(deps, head, lines)
  const decision = settle(head, { lines, from, known, isAllowed: context.isAllowed }, asked.value, newId)
  if (isRefusal(decision)) return 'unsettled'
  return (await store.append(head, decision)) === 'appended' ? 'settled' : 'unsettled'
}
