import { z } from 'zod'
import { Label } from './label.ts'

/** What models are asked for, each by what becomes of its answer. */
export const roleNames = [
  'planner',
  'writer',
  'archivist',
  'summariser',
  'chronicler',
  'biographer',
  'stager',
  'segmenter',
] as const
export type RoleName = (typeof roleNames)[number]

/** Whose models a role is asked of where nothing is said of its own: those that do something alike. */
export const RELATED_ROLES: { readonly [Role in RoleName]?: RoleName } = {
  chronicler: 'summariser',
  biographer: 'summariser',
  stager: 'archivist',
}

/** The most lines, and the most veils, that a server or a story can have. */
export const BOUNDARY_COUNT = 40

/** What must not stand in a story. `words`: by which it is known in a text, beside its own. */
const Boundary = z.object({ label: Label, words: z.array(Label).max(20).default([]) })
export type Boundary = z.infer<typeof Boundary>

/** `lines` never occur; `veils` may, but are not shown. */
const Boundaries = {
  lines: z.array(Boundary).max(BOUNDARY_COUNT),
  veils: z.array(Boundary).max(BOUNDARY_COUNT),
}

/** A model for a role, as `connection/model`. */
const RoleModels = z.partialRecord(z.enum(roleNames), z.string().min(1).max(200))
export type RoleModels = z.infer<typeof RoleModels>

/** What a server decided for all of its stories. `zone`: its time zone, by its IANA name; null: the machine's. */
export const ServerSettings = z.object({
  zone: z.string().max(64).nullable().default(null),
  lines: Boundaries.lines.default([]),
  veils: Boundaries.veils.default([]),
  models: RoleModels.default({}),
  /** Whether a model is asked what is what in prose without marks. */
  segments: z.boolean().default(false),
})
export type ServerSettings = z.infer<typeof ServerSettings>

/**
 * `full`: a planner chooses who speaks; `lean`: a rule does; `bare`: besides, nothing that comes of a turn is noted, so
 * that a turn is one call.
 */
export const writingModes = ['full', 'lean', 'bare'] as const
export type WritingMode = (typeof writingModes)[number]

/** `each`: every message is a turn. `round`: all who play speak first. `mention`: Skein answers when it is called. */
export const turnModes = ['each', 'round', 'mention'] as const
export type TurnMode = (typeof turnModes)[number]

/** How long an answer can be set to be, in tokens. */
export const ANSWER_LENGTHS = { least: 50, most: 4000 } as const

/** How many memories can be set to come to mind, at most. */
export const RECALLED_MOST = 12

/**
 * What was decided for one story, on all of its branches. No rewind touches it. Null: as on the server, or as usual.
 * `roundMinutes`: how long a round waits. `pausedBy`: the player who paused it.
 */
export const StorySettings = z.object({
  mode: z.enum(writingModes).nullable().default(null),
  maxTokens: z.int().min(ANSWER_LENGTHS.least).max(ANSWER_LENGTHS.most).nullable().default(null),
  /** How many memories come to a character's mind in an answer. */
  recalled: z.int().min(0).max(RECALLED_MOST).nullable().default(null),
  lines: Boundaries.lines.default([]),
  veils: Boundaries.veils.default([]),
  models: RoleModels.default({}),
  turns: z.enum(turnModes).default('each'),
  roundMinutes: z
    .int()
    .min(1)
    .max(24 * 60)
    .default(10),
  pausedBy: z.string().nullable().default(null),
})
export type StorySettings = z.infer<typeof StorySettings>
