import type { Phase } from '../../src/turn/ports/records.ts'
import type { Delivery, Shown as Fate, Outcome, SetStage } from '../../src/turn/ports.ts'

export type Shown = {
  readonly delivery: Delivery
  /** Who spoke, as it was known last. */
  speaker: string
  readonly phases: Phase[]
  readonly texts: string[]
  outcome: Outcome | undefined
  isLeft: boolean
}

/** Stages that keep what they were given to show, in the order they were set. `fate`: what comes of each end. */
export const recordingStages = (
  fate: () => Fate = () => 'shown',
): { readonly setStage: SetStage; readonly shown: Shown[] } => {
  const shown: Shown[] = []
  return {
    shown,
    setStage: async (_head, delivery, { speaker }) => {
      const stage: Shown = { delivery, speaker, texts: [], phases: [], outcome: undefined, isLeft: false }
      shown.push(stage)
      return {
        gone: new AbortController().signal,
        show: (text) => stage.texts.push(text),
        enter: (phase, { state }) => {
          stage.phases.push(phase)
          stage.speaker = state.turn.speaker
        },
        finish: async (outcome) => {
          stage.outcome = outcome
          return fate()
        },
        leave: () => {
          stage.isLeft = true
        },
      }
    },
  }
}
