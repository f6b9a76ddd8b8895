import { z } from 'zod'
import { shorten } from '../kit/text.ts'
import type { ChatMessage } from '../prompt/message.ts'
import { calledIn } from '../prompt/names.ts'
import { isSameName } from '../story/cast.ts'
import type { Plan } from '../story/decide.ts'
import type { Head } from '../story/head.ts'
import type { Line } from '../story/line.ts'
import { SPEAKERS_LIMIT } from '../story/turn.ts'
import { briefingOf, voicesIn } from './briefing.ts'

/** The longest plan that a writer is given, in tokens. */
export const PLAN_LIMIT = 300

const NOTES_LIMIT = 3
const NOTE_LENGTH = 200

/** What is noted where nothing else is. */
const NO_NOTES = 'Answer what was said.'

/** What a planner answers. `speakers` are names. */
export type PlanProposal = {
  readonly speakers: readonly string[]
  readonly reason: string
  readonly beats: readonly string[]
  readonly must_not_contradict: readonly string[]
  readonly leave_room: string
}

const noProposal: PlanProposal = {
  speakers: [],
  reason: '',
  beats: [],
  must_not_contradict: [],
  leave_room: '',
}

// Lists and texts of any length pass: it is quicker to shorten them than to ask again.
const proposalSchema = (names: readonly string[]): z.ZodType<PlanProposal> =>
  z.object({
    speakers: z
      .array(z.enum([...new Set(names)]))
      .min(1)
      .max(SPEAKERS_LIMIT),
    reason: z.string(),
    beats: z.array(z.string()),
    must_not_contradict: z.array(z.string()),
    leave_room: z.string(),
  })

export type PlannerInput = {
  readonly head: Head
  /** The newest lines; may hold more than those present perceived. */
  readonly lines: readonly Line[]
  readonly instructions: string
  readonly boundaries: string
  readonly count: (text: string) => number
}

/** What a planner is asked about the answer to a head's open turn. */
export const plannerRequest = ({ head, lines, instructions, boundaries, count }: PlannerInput) => {
  const messages: ChatMessage[] = [
    { role: 'system', content: [instructions, boundaries].filter(Boolean).join('\n\n'), cache: true },
    { role: 'user', content: briefingOf(head, lines, count) },
  ]
  return {
    messages,
    schema: proposalSchema(voicesIn(head).map(calledIn(head))),
    name: 'planner',
    fallback: noProposal,
    maxTokens: 300,
    temperature: 0.4,
  } as const
}

/**
 * What of a planner's answer can be followed; undefined where it names nobody who can speak: then the rule stands.
 * Notes that are not allowed are left out. The plan says what is to happen, not who speaks: that differs for each who
 * follows it (`planFor`).
 */
export const planFrom = (
  proposal: PlanProposal,
  head: Head,
  {
    count,
    isAllowed,
  }: { readonly count: (text: string) => number; readonly isAllowed: (text: string) => boolean },
): Plan | undefined => {
  const called = calledIn(head)
  const voices = voicesIn(head)
  const chosen = proposal.speakers.map((name) => voices.find((voice) => isSameName(called(voice), name)))
  const speakers = [...new Set(chosen.filter((voice) => voice !== undefined))].slice(0, SPEAKERS_LIMIT)
  if (speakers.length === 0) return undefined
  const noted = (texts: readonly string[]): string[] =>
    texts
      .map((text) => shorten(text.replace(/\s+/gu, ' ').trim(), NOTE_LENGTH))
      .filter((text) => text !== '' && isAllowed(text))
      .slice(0, NOTES_LIMIT)
  const rows = [
    ...noted(proposal.beats),
    ...noted([proposal.leave_room]).map((room) => `Leave open: ${room}`),
    ...noted(proposal.must_not_contradict).map((fact) => `Still true: ${fact}`),
  ]
  const plan = (rows.length > 0 ? rows : [NO_NOTES]).map((row) => `- ${row}`)
  while (plan.length > 1 && count(plan.join('\n')) > PLAN_LIMIT) plan.pop()
  return { speakers, plan: plan.join('\n'), reason: noted([proposal.reason])[0] ?? null }
}
