import { type Decision, isRefusal, type Refusal } from '../../src/story/decide.ts'
import { append, sourced, type World } from './world.ts'

/** What an operation that was chosen before the story is known is about. */
export type Pick = { readonly a: number; readonly b: number; readonly amount: number }

/** Does something to both stories; false where it comes to nothing. */
export type Operation = (world: World, pick: Pick) => Promise<boolean>

export const nth = <T>(all: readonly T[], pick: number): T | undefined => all[pick % (all.length || 1)]

export const appendIfAccepted = async (
  world: World,
  outcome: Decision | Refusal | undefined,
  ...sources: string[]
): Promise<boolean> => {
  if (outcome === undefined || isRefusal(outcome)) return false
  await append(world, outcome, sourced(...sources))
  return true
}
