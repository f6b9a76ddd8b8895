import type { NewId } from '../kit/ids.ts'
import { type RegenerateIntent, regenerate } from '../story/decide.ts'
import { type Head, positionOf } from '../story/head.ts'
import type { TurnId } from '../story/ref.ts'
import type { Segment } from '../story/segment.ts'
import type { Decide } from './engine.ts'
import type { TimelineStore } from './ports/timeline.ts'
import type { StoryStore } from './ports.ts'

/** What another answer is asked with. `line`: what the player is to have said instead. */
export type AskedAgain = Omit<RegenerateIntent, 'alternate' | 'line'> & {
  readonly line?: { readonly text: string; readonly segments: readonly Segment[] }
}

type Deps = {
  readonly past: Pick<TimelineStore, 'nextAlternate' | 'stateAt'>
  readonly lines: StoryStore['lines']
  readonly newId: NewId
}

/** The head as it was before the newest turn was answered: nothing of its other answers holds for a new one. */
const beforeAnswers = async (head: Head, alternate: number, { past }: Deps): Promise<Head> => {
  const state = await past.stateAt(head.ref.story, { ...positionOf(head), alternate })
  const { phase } = head.state.turn
  return { ...head, state: { ...state, turn: { ...state.turn, phase, alternate } } }
}

/** Asks for another answer to a turn, while that is the newest. */
export const regenerating =
  (turn: TurnId, { line, ...asked }: AskedAgain, deps: Deps): Decide =>
  async (head) => {
    const { id, number } = head.state.turn
    if (id !== turn) return { refused: 'nothing_to_regenerate' }
    const alternate = await deps.past.nextAlternate(head)
    const before = await beforeAnswers(head, alternate, deps)
    const instead = line && { ...line, spoken: await deps.lines(before, number, number) }
    return regenerate(
      before.state,
      { ...asked, alternate, ...(instead ? { line: instead } : {}) },
      deps.newId,
    )
  }
