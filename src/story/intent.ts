import { z } from 'zod'
import { NAME_LIMIT } from './cast.ts'
import { type EntityId, PlayerId } from './ref.ts'

/** The longest that each field of a story's start may be, in UTF-16 units. The form asks for no more. */
export const START_LIMITS = { title: 80, premise: 2000, name: NAME_LIMIT, persona: 1500, you: 500 } as const

const player = z.object({ id: PlayerId, displayName: z.string().min(1) })
const words = (limit: number) => z.string().trim().min(1).max(limit)

export const StartIntent = z.object({
  player,
  title: words(START_LIMITS.title),
  premise: words(START_LIMITS.premise).optional(),
  character: z
    .object({ name: words(START_LIMITS.name), persona: words(START_LIMITS.persona).optional() })
    .optional(),
  /** "Ada, a smuggler on the run": a name and who that is. */
  you: words(START_LIMITS.you).optional(),
})
export type StartIntent = z.infer<typeof StartIntent>

/** A player's words, as long as Discord lets them be. */
export type SayIntent = { readonly player: z.infer<typeof player>; readonly text: string }

/** Words for one character alone. `shown`: what all perceive of it. `source`: the message that says so. */
export type WhisperIntent = SayIntent & {
  readonly to: EntityId
  readonly shown: string
  readonly source: string
}
