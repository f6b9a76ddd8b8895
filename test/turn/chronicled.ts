import { whisper } from '../../src/story/decide.ts'
import { addMemory } from '../../src/story/edit/memory.ts'
import { closeScene, openScene } from '../../src/story/edit/world.ts'
import type { Head } from '../../src/story/head.ts'
import { witnessedBy } from '../../src/story/witness.ts'
import type { EngineDeps } from '../../src/turn/engine.ts'
import { commit } from '../../src/turn/play.ts'
import type { ScriptedValue } from '../doubles/model.ts'
import { beginWith, called, edited, headNow, sentTo, told, type Workshop, workshop } from './given.ts'
import { ada, newId, ref, say, stores } from './table.ts'

const ANSWERS = Array.from({ length: 20 }, (_, nth) => `Turn ${nth + 1}.`)

/** What a chronicler answers. */
export const keeps = (
  summary: string,
  rest: { keep?: readonly number[]; feelings?: readonly { to: string; summary: string }[] } = {},
): ScriptedValue => ({ value: { summary, keep: [], feelings: [], ...rest } })

/** A story of Mira, Jon and Ada with its opening told, and a scene of some of them. */
export const sceneOf = async (
  names: readonly string[],
  given: Partial<EngineDeps> = {},
): Promise<Workshop> => {
  const world = workshop(told(...ANSWERS), given)
  await beginWith(world, 'Mira', 'Jon')
  await edited(world, openScene, { participants: await Promise.all(names.map(called)) })
  return world
}

/** Tells some turns, with all that is asked after each. */
export const playOn = async (world: Workshop, turns: number) => {
  const from = (await headNow()).state.turn.number + 1
  for (let turn = from; turn < from + turns; turn += 1) {
    await say(world, `m${turn}`, `"Words ${turn}."`)
    await world.engine.idle()
  }
}

export const whispers = async ({ engine }: Workshop, to: string, text: string, source: string) => {
  const intent = { player: ada, to: await called(to), text, shown: `*whispers to ${to}*`, source }
  return engine.ask(ref, ({ state }) => whisper(state, intent, newId), source)
}

/** Notes a memory of a line of the newest turn that its owner perceived. */
export const remembers = async (world: Workshop, name: string, text: string, significance = 1) => {
  const owner = await called(name)
  const head = await headNow()
  const { number } = head.state.turn
  const lines = witnessedBy(owner, await stores.store.lines(head, number, number))
    .slice(0, 1)
    .map(({ id, witnesses }) => ({ id, witnesses: [...witnesses] }))
  await edited(world, addMemory, { owner, text, significance, lines })
}

/** Closes the scene by hand, and waits until all is done that comes of it. */
export const closed = async (world: Workshop, ...answers: readonly ScriptedValue[]) => {
  world.model.giving('chronicler', ...answers)
  await edited(world, closeScene, {})
  await world.engine.idle()
}

/** The same, where nobody is asked then: as if the program had ended. */
export const closedUnasked = async ({ deps }: Workshop) => {
  const close = ({ state }: Head) => closeScene(state, ada.id, {}, newId)
  await commit(deps, ref, close, { ids: [], channel: null })
}

export const asked = (world: Workshop) => sentTo(world, 'chronicler')

/** What someone remembers by now, the oldest first. */
export const remembered = async (name: string) =>
  (await stores.memories.memoriesOf(await headNow(), await called(name), 0, 50)).toReversed()

export const wordsOf = async (name: string) => (await remembered(name)).map(({ body }) => body)

/** Scenes that nobody has a summary of. */
export const untold = async () => (await headNow()).state.scene.untold.map(({ scene }) => scene)
