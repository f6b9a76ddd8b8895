import type { EntityId } from '../story/ref.ts'
import type { ChatMessage } from './message.ts'

/** How dear a part is: what is `nice` goes first when there is too much, what is a `must` never. */
export type Tier = 'must' | 'should' | 'nice'

/**
 * What a prompt is made of, in its order. What seldom changes stands first, so that providers can keep it from call
 * to call; `notes` are what is true now, and change with each.
 */
export const sections = [
  'rules',
  'boundaries',
  'story',
  'cast',
  'self',
  'examples',
  'summary',
  'history',
  'scene',
  'activity',
  'changes',
  'feelings',
  'pin',
  'fact',
  'memory',
  'plan',
  'line',
  'request',
] as const
export type Section = (typeof sections)[number]

/** Who may read a part through their persona, beside those who may read all. */
export type Audience = 'everyone' | 'nobody' | readonly EntityId[]

/** A piece of a prompt, kept or trimmed as a whole. `turn`: the one that it is from. `why`: how it came in. */
export type Part = {
  readonly section: Section
  readonly tier: Tier
  readonly text: string
  readonly audience: Audience
  /** Whose words they are in a chat: those of a story's lines. All else are instructions. */
  readonly speaker?: 'self' | 'other'
  readonly turn?: number
  readonly why?: string
}

/** A part with what became of it. `tokens` count the words of the part alone. */
export type PlacedPart = Part & { readonly tokens: number; readonly isKept: boolean }

/** A prompt with its parts, kept and trimmed. `tokens`: of all messages together. `soft`: what it was trimmed to. */
export type Prompt = {
  readonly messages: readonly ChatMessage[]
  readonly parts: readonly PlacedPart[]
  readonly tokens: number
  readonly soft: number
}

/** In tokens. What can be spared is trimmed to `soft`; a prompt whose musts alone are over `hard` is refused. */
export type PromptBudget = { readonly soft: number; readonly hard: number }

export const DEFAULT_BUDGET: PromptBudget = { soft: 6000, hard: 8000 }
