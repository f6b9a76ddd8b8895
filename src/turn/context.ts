import type { Clock } from '../kit/clock.ts'
import { SkeinError } from '../kit/errors.ts'
import type { NewId } from '../kit/ids.ts'
import type { Logger } from '../kit/logger.ts'
import { expand } from '../prompt/macros.ts'
import { type Template, type TemplateName, templateFor } from '../prompt/template.ts'
import { macrosFor } from '../roles/macros.ts'
import { boundariesSection, boundaryMatcher } from '../safety/boundaries.ts'
import type { Head } from '../story/head.ts'
import { RELATED_ROLES, type RoleModels, type RoleName, type WritingMode } from '../story/settings.ts'
import type { EvolutionStore } from './ports/evolution.ts'
import type { Caller, Models } from './ports/models.ts'
import type { RecallStore } from './ports/recall.ts'
import type { RecordStore, SummaryStore } from './ports/records.ts'
import type { SettingsOf, SettingsStore } from './ports/settings.ts'
import type { TemplateStore } from './ports/templates.ts'
import type { MemoryStore, TimelineStore } from './ports/timeline.ts'
import type { DeliveryStore, SetStage, StoryStore } from './ports.ts'

/** What a turn is told with. */
export type TurnDeps = {
  readonly store: StoryStore
  readonly deliveries: DeliveryStore
  readonly memories: MemoryStore
  readonly recollections: RecallStore
  readonly summaries: SummaryStore
  readonly evolutions: EvolutionStore
  /** What was true before. */
  readonly past: Pick<TimelineStore, 'endOfTurn' | 'stateAt'>
  readonly settings: SettingsStore
  readonly records: RecordStore
  readonly templates: TemplateStore
  readonly models: Models
  readonly setStage: SetStage
  readonly newId: NewId
  readonly clock: Clock
  readonly log: Logger
  /** The prompts that Skein brings along, or the ones that stand in for them on this machine. */
  readonly prompts: Readonly<Record<TemplateName, Template>>
  /** The time zone of a server that chose none, by its IANA name. */
  readonly zone: string
  /** How much is done for a turn, where a story says nothing else. */
  readonly mode: WritingMode
  /** The longest answer, in tokens, where a story says nothing else. */
  readonly maxTokens: number
  readonly temperature: number
  /** How long an answer may take in all, and how long its settlement is waited for, in milliseconds. */
  readonly deadlineMs: number
  readonly settleMs: number
}

/** What holds for one turn: what its server and its story decided. It is the same for all of its calls. */
export type TurnContext = {
  readonly settings: SettingsOf
  readonly mode: WritingMode
  readonly callerOf: (role: RoleName, head: Head) => Caller
  /** A role's instructions, and which version of them they are. */
  readonly prompt: (name: TemplateName, head: Head) => { readonly text: string; readonly version: string }
  /** What must not stand in the story, as prompts say it; empty where all may. */
  readonly boundaries: string
  readonly isAllowed: (text: string) => boolean
  /** Where the sentence begins that must not stand in the story; undefined where none does. */
  readonly crossingIn: (text: string, isGrowing?: boolean) => number | undefined
  /** What of a growing text may be seen: where something must not stand in it, no sentence that may still become it. */
  readonly shownOf: (text: string) => string
}

/** Up to the end of the last sentence that has one. Scripts without blanks have none after it either. */
const sentencesOf = (text: string): string =>
  /^[\s\S]*(?:[.!?…]["”’»*_)\]]*(?=\s|$)|[。！？][”’」』）*_]*|\n)/u.exec(text)?.[0] ?? ''

/** The model that was chosen for a role or, where none was, for the one that does something alike. */
export const chosenFor = (role: RoleName, models: RoleModels): string | undefined =>
  models[role] ?? models[RELATED_ROLES[role] ?? role]

/** Reads what holds for a turn of a head. Throws `story_missing` where its story is not. */
export const contextFor = async (deps: TurnDeps, head: Head): Promise<TurnContext> => {
  const settings = await deps.settings.of(head.ref.story)
  if (!settings) throw new SkeinError('story_missing', 'no such story', { ...head.ref })
  const { guild, server, story } = settings
  const overrides = await deps.templates.of(guild)
  const lines = [...server.lines, ...story.lines]
  const veils = [...server.veils, ...story.veils]
  const matcher = boundaryMatcher(lines, veils)
  const isBound = lines.length + veils.length > 0
  const crossingIn = (text: string, isGrowing = false) =>
    isBound ? matcher.firstIn(text, { isGrowing })?.at : undefined
  return {
    settings,
    mode: story.mode ?? deps.mode,
    callerOf: (role, { ref, state: { turn } }) => ({
      ...{ guild, story: ref.story, branch: ref.branch, role },
      player: turn.player,
      turn: turn.id,
      zone: server.zone ?? deps.zone,
      prefer: [
        role === 'writer' ? turn.options.model : null,
        ...[story, server].map(({ models }) => chosenFor(role, models)),
      ].filter((link) => link != null),
    }),
    prompt: (name, at) => {
      const { text, version } = templateFor(name, deps.prompts, overrides)
      return { text: expand(text, macrosFor(at, name === 'character'), at.ref.story), version }
    },
    boundaries: boundariesSection(lines, veils),
    isAllowed: (text) => crossingIn(text) === undefined,
    crossingIn,
    shownOf: (text) => (isBound ? sentencesOf(text) : text),
  }
}

/** How long an answer may be, and how freely it is worded. */
export const writingOptions = (
  { settings: { story } }: TurnContext,
  { state: { turn } }: Head,
  deps: Pick<TurnDeps, 'maxTokens' | 'temperature'>,
) => ({
  maxTokens: turn.options.maxTokens ?? story.maxTokens ?? deps.maxTokens,
  temperature: turn.options.temperature ?? deps.temperature,
})
