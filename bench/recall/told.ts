import { idsFrom } from '../../src/kit/ids.ts'
import { openDatabase } from '../../src/store/database.ts'
import { storesOver } from '../../src/store/stores.ts'
import { start } from '../../src/story/decide.ts'
import { type Draft, drafting, isRefusal } from '../../src/story/draft.ts'
import type { Head } from '../../src/story/head.ts'
import { NARRATOR, ROOT_BRANCH, SKEIN } from '../../src/story/ref.ts'
import { emptyState, type StoryState } from '../../src/story/state.ts'
import type { Conversation, StoryLine } from './stories.ts'

const ref = { story: 'story', branch: ROOT_BRANCH }

/** How many lines are one turn. */
const LINES_A_TURN = 4

/** A memory as it comes to an owner's mind: the line that it rests on, and its words. */
export type Recalled = { readonly line: string; readonly body: string }

/** How a memory words a line. */
export const remembered = ({ speaker, text }: StoryLine): string => `${speaker}: ${text}`

/** Tells a conversation as a story, in memory, in which each line leaves a memory to all who perceived it. */
export const told = async ({ cast, lines }: Conversation) => {
  const db = await openDatabase(':memory:')
  const newId = idsFrom(() => 0)
  const { store, recollections } = storesOver(db, () => 0, newId)
  const entities = new Map<string, string>()
  const lineOf = new Map<string, string>()

  const begun = start(
    emptyState,
    { player: { id: '1', displayName: 'Player' }, title: 'Story', premise: undefined },
    newId,
  )
  if (isRefusal(begun)) throw new Error(begun.refused)
  await store.create({ ref, guild: '1', thread: '2', parent: '3' }, begun, { ids: [], channel: null })

  const midnight = Date.parse((lines[0]?.at ?? '2000-01-01').slice(0, 10))
  const minutesAt = ({ at }: StoryLine) => Math.max(0, Math.round((Date.parse(at) - midnight) / 60_000))

  const introduce = (draft: Draft) => {
    for (const name of cast) {
      const character = newId()
      entities.set(name, character)
      const unknown = {
        persona: null,
        voice: null,
        traits: null,
        backstory: null,
        relationship: null,
        kickoff: null,
      }
      draft.emit({ type: 'character.introduced', data: { character, name: draft.text(name), ...unknown } })
    }
    const before = { minutes: draft.state().clock.minutes, anchor: null }
    const anchor = draft.text(new Date(midnight).toISOString().slice(0, 10))
    draft.emit({ type: 'clock.set', data: { minutes: 0, anchor, before } })
  }

  const tell = (draft: Draft, line: StoryLine) => {
    const heard = (line.heard ?? cast).map((name) => entities.get(name) ?? '')
    const speaker = entities.get(line.speaker) ?? NARRATOR
    const witnesses = [NARRATOR, ...heard]
    const id = newId()
    const text = draft.text(line.text)
    draft.emit({
      type: 'line.spoken',
      data: { line: id, speaker, kind: 'dialogue', text, witnesses, source: null },
    })
    for (const owner of heard) {
      const memory = newId()
      lineOf.set(memory, line.id)
      draft.emit({
        type: 'memory.formed',
        data: {
          ...{
            memory,
            owner,
            text: draft.text(remembered(line)),
            witnesses,
            source: 'direct',
            toldBy: null,
            chain: [],
            reliability: 1,
          },
          ...{ significance: 1, lines: [id], minutes: minutesAt(line), scene: line.scene },
        },
      })
    }
  }

  const headNow = async (): Promise<Head> => {
    const head = await store.load(ref)
    if (!head) throw new Error('the story is not there')
    return head
  }
  const inTurn = (state: StoryState, number: number): StoryState => ({
    ...state,
    turn: { ...state.turn, number },
  })
  for (let from = 0; from < lines.length; from += LINES_A_TURN) {
    const head = await headNow()
    const draft = drafting(inTurn(head.state, 1 + from / LINES_A_TURN), SKEIN, newId)
    if (from === 0) introduce(draft)
    for (const line of lines.slice(from, from + LINES_A_TURN)) tell(draft, line)
    const last = lines[Math.min(lines.length, from + LINES_A_TURN) - 1]
    const before = { minutes: draft.state().clock.minutes, anchor: draft.state().clock.anchor }
    if (last && minutesAt(last) !== before.minutes)
      draft.emit({ type: 'clock.set', data: { ...before, minutes: minutesAt(last), before } })
    await store.append(head, draft.done())
  }

  const head = await headNow()
  const named = cast.map((name) => ({ entity: entities.get(name) ?? '', name }))
  const now = { minutes: head.state.clock.minutes, anchor: head.words.get(head.state.clock.anchor ?? '') }
  return {
    /** What a text brings to the mind of one of the cast, as the turn asks for it. */
    recall: async (text: string, by: string, limit: number): Promise<Recalled[]> => {
      const query = { texts: [{ text, weight: 1 }], cast: named, now }
      const found = await recollections.recall(head, entities.get(by) ?? '', query, limit)
      return found.map(({ memory, body }) => ({ line: lineOf.get(memory) ?? '', body }))
    },
    close: () => db.destroy(),
  }
}
