import type { Delivery, Outcome, SetStage } from '../../src/turn/ports.ts'

export type Shown = { readonly delivery: Delivery; readonly texts: string[]; outcome: Outcome | undefined }

/** Stages that keep what they were given to show, in the order they were set. */
export const recordingStages = (): { readonly setStage: SetStage; readonly shown: Shown[] } => {
  const shown: Shown[] = []
  return {
    shown,
    setStage: async (_head, delivery) => {
      const stage: Shown = { delivery, texts: [], outcome: undefined }
      shown.push(stage)
      return {
        show: (text) => stage.texts.push(text),
        finish: async (outcome) => {
          stage.outcome = outcome
        },
      }
    },
  }
}
