import { planFrom, plannerRequest } from '../roles/planner.ts'
import { plan } from '../story/decide.ts'
import { type Decision, isRefusal } from '../story/draft.ts'
import type { Head } from '../story/head.ts'
import type { Line } from '../story/line.ts'
import type { TurnContext, TurnDeps } from './context.ts'
import { keepMessages } from './keep.ts'

/** How many turns are read for a briefing, which keeps fewer. */
const TURNS_READ = 6

/** Whether who speaks is still to be chosen, and by a planner. */
export const isToPlan = ({ mode }: TurnContext, { state: { turn, cast } }: Head): boolean =>
  mode === 'full' && !turn.opening && !turn.chosen && turn.plan === null && cast.characters.length > 0

/** A plan rests on all that its planner may have been told: an erasure of that takes its words along. */
const restingOn = (lines: readonly Line[], decision: Decision): Decision => ({
  ...decision,
  events: decision.events.map((event) =>
    event.type === 'turn.planned'
      ? { ...event, data: { ...event.data, lines: lines.map(({ id }) => id) } }
      : event,
  ),
})

/**
 * Has the answer to the open turn planned, and gives the head with the plan. Where the planner gives nothing that can
 * be used, the one answers whom the rule has chosen.
 */
export const planTurn = async (
  deps: TurnDeps,
  context: TurnContext,
  head: Head,
  signal: AbortSignal,
): Promise<Head> => {
  const { store, models, newId } = deps
  const { number } = head.state.turn
  const caller = context.callerOf('planner', head)
  const template = context.prompt('planner', head)
  const { count } = models.readerOf(caller)
  const linesNow = () => store.lines(head, Math.max(1, number - TURNS_READ + 1), number)
  const lines = await linesNow()
  const request = plannerRequest({
    ...{ head, lines, count },
    instructions: template.text,
    boundaries: context.boundaries,
  })
  await keepMessages(deps, head, 'planner', template.version, request.messages, count)
  const asked = await models.ask(caller, { ...request, signal })
  const planned =
    asked.source === 'default'
      ? undefined
      : planFrom(asked.value, head, { count, isAllowed: context.isAllowed })
  const decision = planned && plan(head.state, planned, newId)
  if (!decision || isRefusal(decision)) return head
  // Words that were erased while the model read them must not come back in other words.
  if ((await linesNow()).length < lines.length) return head
  if ((await store.append(head, restingOn(lines, decision))) !== 'appended') return head
  return (await store.load(head.ref)) ?? head
}
