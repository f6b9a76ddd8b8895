import { z } from 'zod'

/** Ids as events hold them. Words stand in text rows, so that they can be erased without touching the log. */
export const EntityId = z.string().min(1)
export type EntityId = z.infer<typeof EntityId>

export const TextId = z.string().min(1)
export type TextId = z.infer<typeof TextId>

export const LineId = z.string().min(1)
export type LineId = z.infer<typeof LineId>

/** A turn, wherever it is told: its number can be had by another turn on another branch. */
export const TurnId = z.string().min(1)
export type TurnId = z.infer<typeof TurnId>

export const PlaceId = z.string().min(1)
export type PlaceId = z.infer<typeof PlaceId>

export const MemoryId = z.string().min(1)
export type MemoryId = z.infer<typeof MemoryId>

/** A Discord user's id. */
export const PlayerId = z.string().min(1)
export type PlayerId = z.infer<typeof PlayerId>

/** The voice that belongs to no character. Every story has one. */
export const NARRATOR: EntityId = 'narrator'

/** A story on one of its branches. */
export type StoryRef = { readonly story: string; readonly branch: string }

/** The branch that every story begins on. */
export const ROOT_BRANCH = 'root'

/** A text row to be: the only place that holds someone's words. `author` is a player's id, or `skein`. */
export type NewText = { readonly id: TextId; readonly author: string; readonly body: string }

/** The author of what a model wrote and of what Skein says. */
export const SKEIN = 'skein'
