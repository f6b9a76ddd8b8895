import { afterEach, beforeEach } from 'vitest'
import { retry } from '../../src/story/decide.ts'
import { ROOT_BRANCH } from '../../src/story/ref.ts'
import { createEngine, type Engine } from '../../src/turn/engine.ts'
import type { Shown as Fate } from '../../src/turn/ports.ts'
import { countingIds } from '../doubles/ids.ts'
import { type Scripted, type ScriptedModel, scriptedModel } from '../doubles/model.ts'
import { recordingStages } from '../doubles/stage.ts'
import { linesOf, openStores, type Stores } from '../doubles/store.ts'
import { engineDeps } from '../doubles/turn.ts'

export const ada = { id: '1001', displayName: 'Ada' }
export const ben = { id: '1002', displayName: 'Ben' }
export const ref = { story: 'story1', branch: ROOT_BRANCH }
export const place = { ref, guild: '9', thread: '500', parent: '400' }

/** Anew for each test. */
export let stores: Stores
export let newId: () => string
beforeEach(async () => {
  stores = await openStores()
  newId = countingIds()
  fates = []
})
afterEach(() => stores.close())

export type World = { engine: Engine; model: ScriptedModel } & ReturnType<typeof recordingStages>

let fates: Fate[] = []

/** What comes of the next ends that are to be shown; all others are `shown`. */
export const fate = (...next: readonly Fate[]): void => {
  fates = [...next]
}

/** An engine over the test's stores, with a model that writes what it is told to. */
export const engineWith = (...scripts: readonly Scripted[]): World => {
  const model = scriptedModel(...scripts)
  const stages = recordingStages(() => fates.shift() ?? 'shown')
  const engine = createEngine(engineDeps(stores, { models: model, setStage: stages.setStage, newId }))
  return { engine, model, ...stages }
}

export const begin = async ({ engine }: World) => {
  const started = await engine.start(place, { player: ada, title: 'Fog', premise: 'A harbour.' }, 'i1')
  if (started === 'duplicate') throw new Error('duplicate')
  return started.opened
}
export const message = (id: string, text: string, player = ada, sentAt = Number(id.slice(1)) * 10_000) => ({
  id,
  sentAt,
  player,
  text,
})
export const say = ({ engine }: World, id: string, text: string, player = ada) =>
  engine.say(ref, '500', message(id, text, player))
export const transcript = async () => (await linesOf(stores, ref)).map(({ text }) => text)
/** The newest turn, as Stop and Retry name it. */
export const newestTurn = async () => ({ ...ref, turn: (await turn())?.id ?? '' })
export const retryNewest = async ({ engine }: World, source: string) => {
  const { turn } = await newestTurn()
  return engine.ask(ref, ({ state }) => retry(state, ada.id, turn, newId), source)
}
export const turn = async () => (await stores.store.load(ref))?.state.turn
export const promptOf = ({ model }: World, nth: number) =>
  model.requests[nth]?.messages.map(({ role, content }) => `${role}: ${content}`).join('\n') ?? ''
