import type { Edit } from '../../src/story/edit/edit.ts'
import { createCharacter } from '../../src/story/edit/people.ts'
import type { EventType } from '../../src/story/event.ts'
import { type Head, markOf } from '../../src/story/head.ts'
import type { RoleName } from '../../src/story/settings.ts'
import { createEngine, type EngineDeps } from '../../src/turn/engine.ts'
import type { AskRequest, Caller } from '../../src/turn/ports/models.ts'
import { regenerating } from '../../src/turn/regenerate.ts'
import { createTimeline } from '../../src/turn/timeline.ts'
import { type Scripted, scriptedModel } from '../doubles/model.ts'
import { recordingStages } from '../doubles/stage.ts'
import { engineDeps } from '../doubles/turn.ts'
import { ada, newId, place, ref, stores, type World } from './table.ts'

/** A call that waits until it is let go, with what it gives then, whether it was stopped or not. */
type Held = {
  readonly role: RoleName
  readonly value: unknown
  readonly go: Promise<void>
  readonly begun: () => void
}

export type Workshop = World & {
  readonly deps: EngineDeps
  /** Has the next structured call of a role wait. `asked`: once it does. */
  hold(role: RoleName, value: unknown): { readonly asked: Promise<void>; release(): void }
  /** Resolves when an event of this kind is next in the log. */
  appended(type: EventType): Promise<void>
}

/** An engine like the table's, of which more can be said and seen. */
export const workshop = (scripts: readonly Scripted[], given: Partial<EngineDeps> = {}): Workshop => {
  const model = scriptedModel(...scripts)
  const stages = recordingStages()
  const held: Held[] = []
  const waiting: { readonly type: EventType; readonly done: () => void }[] = []

  const ask = async <T>(caller: Caller, request: AskRequest<T>) => {
    const at = held.findIndex(({ role }) => role === caller.role)
    const [next] = at === -1 ? [] : held.splice(at, 1)
    if (!next) return model.ask(caller, request)
    next.begun()
    await next.go
    return { value: request.schema.parse(next.value), source: 'json_schema' as const, failures: [] }
  }
  const append: typeof stores.store.append = async (head, decision, ...more) => {
    const appended = await stores.store.append(head, decision, ...more)
    const types = new Set<EventType>(decision.events.map(({ type }) => type))
    for (const { type, done } of waiting) if (types.has(type)) done()
    return appended
  }
  const deps = engineDeps(stores, {
    ...{ models: { ...model, ask }, setStage: stages.setStage, newId },
    store: { ...stores.store, append },
    ...given,
  })
  return {
    ...{ engine: createEngine(deps), model, deps, ...stages },
    hold: (role, value) => {
      const begun = Promise.withResolvers<void>()
      const go = Promise.withResolvers<void>()
      held.push({ role, value, go: go.promise, begun: begun.resolve })
      return { asked: begun.promise, release: go.resolve }
    },
    appended: (type) => new Promise((done) => waiting.push({ type, done })),
  }
}

export const told = (...texts: readonly string[]): Scripted[] => texts.map((text) => ({ deltas: [text] }))

/** Begins a story with characters; the first of them is there from its opening on. */
export const beginWith = async (world: World, first: string, ...others: readonly string[]): Promise<void> => {
  const intent = { player: ada, title: 'Fog', character: { name: first }, you: 'Ada, a smuggler' }
  const started = await world.engine.start(place, intent, 'i1')
  if (started === 'duplicate') throw new Error('duplicate')
  await started.opened
  for (const name of others) await edited(world, createCharacter, { name })
}

let edits = 0

/** Changes the world by hand. */
export const edited = async <Input>(world: World, edit: Edit<Input>, input: Input): Promise<void> => {
  edits += 1
  const outcome = await world.engine.edit(ref, ({ state }) => edit(state, ada.id, input, newId), `e${edits}`)
  if (outcome !== 'edited') throw new Error(JSON.stringify(outcome))
}

/** Asks for another answer to the newest turn. */
export const again = async (world: World, source: string) => {
  const { turn } = (await headNow()).state
  const asked = regenerating(
    turn.id,
    { player: ada.id },
    { past: stores.past, lines: stores.store.lines, newId },
  )
  return world.engine.ask(ref, asked, source)
}

export const rewind = async ({ engine }: World, turn: number, source: string): Promise<void> => {
  const timeline = createTimeline({
    ...{ store: stores.store, timeline: stores.past },
    ...{ branches: stores.branches, engine },
  })
  const moved = await timeline.rewind(ref, { turn, seen: markOf(await headNow()) }, ada.id, source)
  if (typeof moved !== 'object' || !('move' in moved)) throw new Error(JSON.stringify(moved))
}

export const headNow = async (): Promise<Head> => {
  const head = await stores.store.load(ref)
  if (!head) throw new Error('no story')
  return head
}

/** Whom a name stands for. */
export const called = async (name: string): Promise<string> => {
  const { state, words } = await headNow()
  const { characters, personas } = state.cast
  return (
    characters.find((each) => words.get(each.name) === name)?.character ??
    personas.find((each) => words.get(each.name) === name)?.persona ??
    ''
  )
}

/** What was sent in a role, one text for each call. */
export const sentTo = ({ model }: World, role: RoleName): string[] =>
  model.asked
    .filter(({ caller }) => caller.role === role)
    .map(({ messages }) => messages.map(({ content }) => content).join('\n'))
