import { calledIn } from '../../src/prompt/names.ts'
import type { Head } from '../../src/story/head.ts'
import { NARRATOR, type StoryRef } from '../../src/story/ref.ts'
import { present } from '../../src/story/scene.ts'
import { witnessesOf } from '../../src/story/witness.ts'
import { createEngine, type Engine } from '../../src/turn/engine.ts'
import type { KeptPrompt } from '../../src/turn/ports/records.ts'
import { createTimeline, type Timeline } from '../../src/turn/timeline.ts'
import { manualClock } from '../doubles/clock.ts'
import { countingIds } from '../doubles/ids.ts'
import { recordingStages } from '../doubles/stage.ts'
import type { Stores } from '../doubles/store.ts'
import { engineDeps } from '../doubles/turn.ts'
import { gossipModel, type Sent } from './gossip-model.ts'
import { type Name, names, type Turn } from './script.ts'
import type { Telling } from './secrets.ts'

/** How many tokens fit into the model: so few that old turns leave its prompts again and again. */
const CONTEXT = 3500

/** A prompt as it is kept for whoever looks into it, with the turn that it was made for. */
export type Kept = { readonly number: number; readonly telling: Telling; readonly prompt: KeptPrompt }

/** An engine over real stores, at which a script is acted out. */
export type Table = {
  readonly engine: Engine
  readonly timeline: Timeline
  readonly newId: () => string
  readonly sent: readonly Sent[]
  readonly kept: readonly Kept[]
  /** Says what is told from now on. */
  turnTo(turn: Turn, number: number, telling: Telling): void
  headOf(ref: StoryRef): Promise<Head>
}

/** The names of some of the cast. */
export const namesOf = (head: Head, entities: readonly string[]): Name[] => {
  const called = entities.map(calledIn(head))
  return names.filter((name) => called.includes(name))
}

/** Who of the cast learns what stands in the prompt for an answer: the speaker or, of a narrator, all who hear it. */
const learningIn = (head: Head): Name[] => {
  const { speaker } = head.state.turn
  return namesOf(head, speaker === NARRATOR ? witnessesOf(head.state, NARRATOR, 'prose') : [speaker])
}

export const tableOver = (stores: Stores): Table => {
  const newId = countingIds()
  const kept: Kept[] = []
  let told: { turn: Turn; number: number; telling: Telling } | undefined
  let answered: Head | undefined

  const now = () => {
    if (!told) throw new Error('nothing is told yet')
    const planner = answered ? namesOf(answered, present(answered.state.cast, answered.state.scene)) : []
    return { ...told, readers: { planner, writer: answered ? learningIn(answered) : [] } }
  }
  const model = gossipModel(now, CONTEXT)
  const { setStage } = recordingStages()
  const engine = createEngine(
    engineDeps(stores, {
      ...{ models: model, newId, clock: manualClock() },
      setStage: async (...given) => {
        const stage = await setStage(...given)
        const enter: typeof stage.enter = (phase, head) => {
          answered = head
          stage.enter(phase, head)
        }
        return { ...stage, enter }
      },
      records: {
        ...stores.records,
        keepPrompt: (answer, number, prompt) => {
          kept.push({ number, telling: now().telling, prompt })
          return stores.records.keepPrompt(answer, number, prompt)
        },
      },
    }),
  )
  const { store, past, branches } = stores
  return {
    ...{ engine, newId, kept, sent: model.sent },
    timeline: createTimeline({ store, timeline: past, branches, engine }),
    turnTo: (turn, number, telling) => {
      told = { turn, number, telling }
    },
    headOf: async (ref) => {
      const head = await store.load(ref)
      if (!head) throw new Error(`there is no ${ref.branch}`)
      return head
    },
  }
}
