import type { Known } from '../roles/archivist/remembered.ts'
import { archivistRequest } from '../roles/archivist/request.ts'
import { settle } from '../roles/archivist/settle.ts'
import { rosterOf } from '../roles/roster.ts'
import { isRefusal } from '../story/draft.ts'
import type { Head } from '../story/head.ts'
import type { Line } from '../story/line.ts'
import type { TurnContext, TurnDeps } from './context.ts'
import { keepMessages } from './keep.ts'
import { limited } from './limit.ts'
import { inReach } from './remembered.ts'

/** How many turns a model is asked about at once. */
const TURNS_SETTLED = 4

/** How many turns before them are told along, to be understood. */
const TURNS_BEFORE = 2

/** How many turns are settled at once: those that were left unsettled for too long are remembered as they were told. */
const TURNS_REMEMBERED = 20

/** The longest that an archivist's answer may be, in tokens. */
const ANSWER_TOKENS = 1600

/** What those know already of whom a settlement can say that they learned something: all that prompts may have held. */
const knownBy = async (deps: TurnDeps, head: Head, lines: readonly Line[]) => {
  const texts = lines.map(({ text }) => ({ text, weight: 1 }))
  const each = await Promise.all(
    rosterOf(head, lines)
      .filter(({ isConcerned }) => isConcerned)
      .flatMap(({ entity }): Promise<Known[]>[] => [
        inReach(deps, head, entity, texts),
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
  const first = Math.max(settled + 1, turn.number - TURNS_REMEMBERED + 1)
  const read = await store.lines(head, Math.max(1, Math.min(first, from - TURNS_BEFORE)), turn.number)
  const lines = read.filter((line) => line.turn >= from)
  const before = read.filter((line) => line.turn >= from - TURNS_BEFORE && line.turn < from)
  const older = read.filter((line) => line.turn >= first && line.turn < from)
  const caller = context.callerOf('archivist', head)
  const template = context.prompt('archivist', head)
  const { count } = models.readerOf(caller)
  const request = archivistRequest({
    head,
    lines,
    context: before,
    instructions: [template.text, context.boundaries].filter(Boolean).join('\n\n'),
    count,
    maxTokens: ANSWER_TOKENS,
  })
  await keepMessages(deps, head, 'archivist', template.version, request.messages, count)
  const limit = limited(clock, deps.settleMs, 'late', signal)
  const asked = await models.ask(caller, { ...request, signal: limit.signal }).finally(limit.end)
  if (asked.source === 'default' || limit.signal.aborted) return 'unsettled'
  const known = await knownBy(deps, head, lines)
  // Words that were erased while the model read them must not come back in other words.
  if ((await store.lines(head, first, turn.number)).length < lines.length + older.length) return 'unsettled'
  const { isAllowed } = context
  const decision = settle(head, { lines, older, context: before, from, known, isAllowed }, asked.value, newId)
  if (isRefusal(decision)) return 'unsettled'
  return (await store.append(head, decision)) === 'appended' ? 'settled' : 'unsettled'
}
