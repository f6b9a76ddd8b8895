import type { Head } from '../story/head.ts'
import type { TurnDeps } from './context.ts'
import type { Stretch } from './past.ts'
import { keyOf } from './queue.ts'

/** For how many turns nothing is asked on a branch after a model gave no words. */
const PATIENCE = 5

/** On how many branches it is known what was tried; on any other it is asked anew. */
const BRANCHES = 200

/** The lines that words rest on, all of them told in a stretch of turns. */
export type Evidence = Stretch & { readonly lines: readonly string[] }

/** Whether all of some lines still have their words. */
export const isIntact = async (
  { store }: Pick<TurnDeps, 'store'>,
  head: Head,
  { from, to, lines }: Evidence,
): Promise<boolean> => {
  if (lines.length === 0) return true
  const there = new Set((await store.lines(head, from, to)).map(({ id }) => id))
  return lines.every((line) => there.has(line))
}

/** What there was by the end of a try, and up to which turn nothing is asked after it. */
type Tried<Kept> = {
  readonly strand: number
  readonly at: number
  readonly until: number
  readonly evidence: Evidence
  readonly kept: Kept
}

export const isTooSoon = ({ state }: Head, tried: Pick<Tried<unknown>, 'until'> | undefined): boolean =>
  tried !== undefined && state.turn.number < tried.until

/** What is known of tries at something that was not done yet, the last one on each branch. */
export type Patience<Kept> = {
  /** Nothing where the story went back to before it, or words are gone that what it gave rests on: then that goes too. */
  last(deps: TurnDeps, head: Head): Promise<Tried<Kept> | undefined>
  /** `hasFailed`: a model gave no words, so that nothing is asked for some turns. */
  keep(deps: TurnDeps, head: Head, evidence: Evidence, kept: Kept, hasFailed: boolean): void
  forget(deps: TurnDeps, head: Head): void
}

export const patience = <Kept>(): Patience<Kept> => {
  // Only asking again depends on it, so it need not outlive the program.
  const tries = new WeakMap<TurnDeps, Map<string, Tried<Kept>>>()
  const triesIn = (deps: TurnDeps): Map<string, Tried<Kept>> => {
    const known = tries.get(deps) ?? new Map<string, Tried<Kept>>()
    tries.set(deps, known)
    return known
  }
  return {
    last: async (deps, head) => {
      const known = triesIn(deps)
      const tried = known.get(keyOf(head.ref))
      if (!tried || tried.strand !== head.strand || tried.at > head.state.turn.number) return undefined
      if (await isIntact(deps, head, tried.evidence)) return tried
      known.delete(keyOf(head.ref))
      return undefined
    },
    keep: (deps, head, evidence, kept, hasFailed) => {
      const known = triesIn(deps)
      const { number } = head.state.turn
      known.delete(keyOf(head.ref))
      known.set(keyOf(head.ref), {
        ...{ strand: head.strand, at: number, until: hasFailed ? number + PATIENCE : number },
        ...{ evidence, kept },
      })
      const [oldest] = known.keys()
      if (oldest !== undefined && known.size > BRANCHES) known.delete(oldest)
    },
    forget: (deps, head) => {
      triesIn(deps).delete(keyOf(head.ref))
    },
  }
}
