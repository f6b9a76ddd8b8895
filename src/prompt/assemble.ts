import { SkeinError } from '../kit/errors.ts'
import { eased } from './ease.ts'
import type { ChatMessage } from './message.ts'
import {
  DEFAULT_BUDGET,
  type Part,
  type PlacedPart,
  type Prompt,
  type PromptBudget,
  type Section,
  sections,
} from './part.ts'
import { countTokens, MESSAGE_OVERHEAD } from './tokens.ts'

/** Where a section stands: in the standing instructions, among what was said, or in the notes for this answer. */
const PLACES: Readonly<Record<Section, 'standing' | 'said' | 'notes'>> = {
  rules: 'standing',
  boundaries: 'standing',
  story: 'standing',
  cast: 'standing',
  self: 'standing',
  examples: 'standing',
  summary: 'standing',
  history: 'said',
  scene: 'notes',
  activity: 'notes',
  // Seldom other than before, and yet not above: with what follows it, all that was said would be read anew.
  changes: 'notes',
  feelings: 'notes',
  pin: 'notes',
  fact: 'notes',
  memory: 'notes',
  plan: 'notes',
  line: 'said',
  request: 'said',
}

const HEADINGS: { readonly [S in Section]?: string } = {
  boundaries: '# Lines and veils',
  story: '# Story',
  cast: '# Cast',
  self: '# Your part',
  examples: '# How you speak, for example',
  summary: '# What happened before',
  scene: '# Where and when',
  activity: '# What those here are doing',
  changes: '# How you have changed',
  feelings: '# How you feel about them',
  pin: '# What you never forget',
  fact: '# What you know',
  memory: '# What comes to your mind',
  plan: '# What this answer is to do',
}

/** What is spared first within a tier: the last of these, then the one before it. */
const SPARED: readonly Section[] = [
  'plan',
  'pin',
  'changes',
  'summary',
  'fact',
  'memory',
  'history',
  'examples',
]

type Counted = PlacedPart & { readonly at: number; readonly cost: number }

/** What comes to mind stands with the best first; in all other sections the oldest comes first. */
const BEST_FIRST: ReadonlySet<Section> = new Set(['memory', 'fact'])

const byDearness = (one: Counted, other: Counted): number =>
  Number(one.tier === 'should') - Number(other.tier === 'should') ||
  SPARED.indexOf(other.section) - SPARED.indexOf(one.section) ||
  (BEST_FIRST.has(one.section) ? other.at - one.at : one.at - other.at)

/** History goes by whole turns: half of one would be a question without its answer. */
const togetherWith = (part: Counted, all: readonly Counted[]): readonly Counted[] =>
  part.section === 'history'
    ? all.filter(({ section, turn }) => section === 'history' && turn === part.turn)
    : [part]

const inOrder = (parts: readonly Part[]): Part[] =>
  parts.toSorted((one, other) => sections.indexOf(one.section) - sections.indexOf(other.section))

/** The parts of some sections under their headings, as one text. */
const written = (parts: readonly Part[]): string =>
  [...Map.groupBy(parts, ({ section }) => section)]
    .map(([section, some]) => [HEADINGS[section], ...some.map(({ text }) => text)].filter(Boolean).join('\n'))
    .join('\n\n')

const NOTES = {
  open: '[Notes for this answer, which nobody in the story hears]',
  close: '[End of the notes]',
}

const messageOf = ({ speaker, text }: Part): ChatMessage => ({
  role: speaker === 'self' ? 'assistant' : 'user',
  content: text,
})

const placed = (parts: readonly Part[], place: (typeof PLACES)[Section]) =>
  parts.filter(({ section }) => PLACES[section] === place)

/**
 * The parts that a prompt keeps as the messages that are sent, word by word. What stays the same from call to call is
 * marked at its end: the standing instructions, and what was said.
 */
export const messagesOf = (kept: readonly Part[]): ChatMessage[] => {
  const history = kept.filter(({ section }) => section === 'history').map(messageOf)
  const notes = written(placed(kept, 'notes'))
  const last = history.length - 1
  return [
    { role: 'system', content: written(placed(kept, 'standing')), cache: true },
    ...history.map((message, at) => (at === last ? { ...message, cache: true } : message)),
    ...(notes ? [{ role: 'user' as const, content: `${NOTES.open}\n${notes}\n${NOTES.close}` }] : []),
    ...kept.filter(({ section }) => section === 'line' || section === 'request').map(messageOf),
  ]
}

/** What stands around parts: what a system message costs, the headings, and the notes' own beginning and end. */
const frameOf = (parts: readonly Part[], count: (text: string) => number): number =>
  [
    ...new Set(parts.map(({ section }) => HEADINGS[section] ?? '')),
    ...(placed(parts, 'notes').length > 0 ? Object.values(NOTES) : []),
  ].reduce((sum, text) => sum + count(text), 2 * MESSAGE_OVERHEAD)

/** What parts add to a prompt. What stands alone is a message of its own; a line break costs less. */
const costOf = (parts: readonly Pick<PlacedPart, 'tokens'>[]): number =>
  parts.reduce((sum, { tokens }) => sum + tokens + MESSAGE_OVERHEAD, 0)

/** The shortest prompt that holds the musts among some parts. */
const leastOf = (parts: readonly PlacedPart[], count: (text: string) => number): number => {
  const musts = parts.filter(({ tier }) => tier === 'must')
  return costOf(musts) + frameOf(musts, count)
}

/** The section that the musts have most of: the one to shorten. */
const largestOf = (musts: readonly Counted[]): Section | undefined =>
  [...Map.groupBy(musts, ({ section }) => section)]
    .map(([section, parts]) => ({ section, cost: costOf(parts) }))
    .sort((one, other) => other.cost - one.cost)[0]?.section

/** What is spared so that the rest costs no more than a limit, as far as there is something to spare. */
const sparedFor = (limit: number, counted: readonly Counted[]): ReadonlySet<Counted> => {
  const spared = new Set<Counted>()
  let cost = costOf(counted)
  for (const part of counted.filter(({ tier }) => tier !== 'must').sort(byDearness)) {
    if (cost <= limit) break
    for (const each of togetherWith(part, counted)) {
      if (spared.has(each)) continue
      spared.add(each)
      cost -= each.cost
    }
  }
  return spared
}

/**
 * Puts a prompt together from parts in any order: trimmed to the soft limit, the least dear first. Parts without words
 * are left out. Where what must stand in it is over the hard limit, what was said gives way (`eased`). Throws
 * `prompt_too_long`, before anything is sent, when that is not enough; its `section` is the one to shorten.
 */
export const assemble = (
  parts: readonly Part[],
  budget: PromptBudget = DEFAULT_BUDGET,
  count: (text: string) => number = countTokens,
): Prompt => {
  const whole = inOrder(parts.filter(({ text }) => text !== '')).map(
    (part): PlacedPart => ({ ...part, tokens: count(part.text), isKept: true }),
  )
  const over = leastOf(whole, count) - budget.hard
  const counted = (over > 0 ? eased(whole, over, count) : whole).map(
    (part, at): Counted => ({ ...part, at, cost: costOf([part]) }),
  )
  const musts = counted.filter(({ tier }) => tier === 'must')
  const least = leastOf(counted, count)
  if (least > budget.hard)
    throw new SkeinError('prompt_too_long', 'what must stand in the prompt is too long', {
      tokens: least,
      limit: budget.hard,
      section: largestOf(musts),
    })
  const spared = sparedFor(budget.soft - frameOf(counted, count), counted)
  const all = counted.map((part): PlacedPart => {
    const { at: _, cost: __, ...placedPart } = part
    return { ...placedPart, isKept: !spared.has(part) }
  })
  const messages = messagesOf(all.filter(({ isKept }) => isKept))
  return {
    messages,
    parts: all,
    tokens: messages.reduce((sum, { content }) => sum + count(content) + MESSAGE_OVERHEAD, 0),
    soft: budget.soft,
  }
}
