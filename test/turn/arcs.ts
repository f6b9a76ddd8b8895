import { afterEach, beforeEach } from 'vitest'
import { type Decision, isRefusal, type Refusal } from '../../src/story/decide.ts'
import { drafting } from '../../src/story/draft.ts'
import type { Edit } from '../../src/story/edit/edit.ts'
import { createCharacter } from '../../src/story/edit/people.ts'
import type { Head } from '../../src/story/head.ts'
import { SKEIN } from '../../src/story/ref.ts'
import { contextFor, type TurnDeps } from '../../src/turn/context.ts'
import { reviewArc } from '../../src/turn/evolution.ts'
import { regenerating } from '../../src/turn/regenerate.ts'
import { countingIds } from '../doubles/ids.ts'
import { type ScriptedModel, scriptedModel } from '../doubles/model.ts'
import { recordingStages } from '../doubles/stage.ts'
import { openStores, type Stores } from '../doubles/store.ts'
import { beginStory, playTurn, ref } from '../doubles/told.ts'
import { engineDeps } from '../doubles/turn.ts'

/** Anew for each test. */
export let stores: Stores
export let model: ScriptedModel
let deps: TurnDeps
export const newId = countingIds('evolved')

export const headNow = async (): Promise<Head> => {
  const head = await stores.store.load(ref)
  if (!head) throw new Error('no story')
  return head
}
export const append = async (outcome: Decision | Refusal): Promise<void> => {
  if (isRefusal(outcome)) throw new Error(outcome.refused)
  await stores.store.append(await headNow(), outcome)
}
export const edited = async <Input>(edit: Edit<Input>, input: Input): Promise<void> =>
  append(edit((await headNow()).state, '1001', input, newId))
const settle = async (): Promise<void> => {
  const { state } = await headNow()
  const draft = drafting(state, SKEIN, newId)
  draft.emit({ type: 'turn.settled', data: { from: state.settled + 1, significance: 1 } })
  await append(draft.doneInAnswer())
}
/** Plays until a turn is the newest, which is settled. */
export const playTo = async (last: number): Promise<void> => {
  for (let turn = (await headNow()).state.turn.number + 1; turn <= last; turn += 1)
    await playTurn(stores, `"Words ${turn}."`, `m${turn}`)
  await settle()
}
/** Whom a name stands for. */
export const called = async (name: string): Promise<string> => {
  const { state, words } = await headNow()
  const { characters, personas } = state.cast
  const character = characters.find((each) => words.get(each.name) === name)?.character
  return character ?? personas.find((each) => words.get(each.name) === name)?.persona ?? ''
}
/** Back to the end of a turn. */
export const rewind = async (turn: number): Promise<void> => {
  const head = await headNow()
  const end = await stores.past.endOfTurn(head, turn)
  if (end) await stores.past.move(head, end, undefined, { ids: [newId()], channel: '500' })
}

/** Asks for another answer to the newest turn. */
export const askAgain = async (): Promise<void> => {
  const head = await headNow()
  const { past, store } = stores
  const asked = regenerating(head.state.turn.id, { player: '1001' }, { past, lines: store.lines, newId })
  await append(await asked(head))
}

let happens = async (): Promise<unknown> => undefined

/** Asks how characters changed. `meanwhile`: what happens while a model reads what it is asked first. */
export const review = async (signal = new AbortController().signal, meanwhile = happens) => {
  const head = await headNow()
  happens = meanwhile
  return reviewArc(deps, await contextFor(deps, head), head, signal)
}
/** Reviews, and makes part of the story what comes of it. */
export const reviewed = async (): Promise<void> => {
  const decide = await review()
  if (decide) await append(await decide(await headNow()))
}
/** An answer of the biographer. */
export const changed = (...changes: readonly (readonly [line: number, change: string])[]) => ({
  value: { changes: changes.map(([line, change]) => ({ line, change })) },
})
/** What was sent to the biographer, one text for each call. */
export const sent = () =>
  model.asked
    .filter(({ caller }) => caller.role === 'biographer')
    .map(({ messages }) => messages.at(-1)?.content ?? '')
/** How someone changed, as the store has it. */
export const changesOf = async (name: string) => stores.evolutions.of(await headNow(), await called(name))
export const told = async (name: string) => (await changesOf(name)).map(({ body }) => body)

// A story of Mira and of Ada, whom a player plays. Ada and the narrator have a line each in every turn but the first.
beforeEach(async () => {
  stores = await openStores()
  model = scriptedModel()
  const ask: typeof model.ask = async (caller, request) => {
    const happening = happens
    happens = async () => undefined
    await happening()
    return model.ask(caller, request)
  }
  deps = engineDeps(stores, { models: { ...model, ask }, setStage: recordingStages().setStage, newId })
  await beginStory(stores)
  await edited(createCharacter, { name: 'Mira' })
})
afterEach(() => stores.close())
