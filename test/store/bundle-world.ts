import type { StoryBundle } from '../../src/formats/bundle.ts'
import { exportStory, importStory } from '../../src/store/bundle.ts'
import {
  type Decision,
  isRefusal,
  type Refusal,
  regenerate,
  say,
  start,
  tell,
} from '../../src/story/decide.ts'
import { drafting } from '../../src/story/draft.ts'
import { type Head, positionOf } from '../../src/story/head.ts'
import type { Position } from '../../src/story/lineage.ts'
import { ROOT_BRANCH, SKEIN } from '../../src/story/ref.ts'
import { revise } from '../../src/story/revise.ts'
import { segment } from '../../src/story/segment.ts'
import { emptyState } from '../../src/story/state.ts'
import type { Sources } from '../../src/turn/ports.ts'
import { digestOf } from '../doubles/digest.ts'
import { countingIds } from '../doubles/ids.ts'
import { openStores, type Stores } from '../doubles/store.ts'
import { accepted, ada } from '../story/given.ts'

export const STORY = 'story1'
export const GUILD = '99'
export const refOf = (branch: string, story = STORY) => ({ story, branch })
export const from = (...ids: string[]): Sources => ({ ids, channel: '500' })

/** What players do to one story, told in a database of its own. */
export const openWorld = async () => {
  const stores = await openStores()
  const { store, past, branches, erasure } = stores
  const newId = countingIds('made')
  const newSource = countingIds('message')
  const messages: string[] = []
  let branch = ROOT_BRANCH

  const head = async (): Promise<Head> => {
    const found = await store.load(refOf(branch))
    if (!found) throw new Error(`no branch ${branch}`)
    return found
  }
  const append = async (outcome: Decision | Refusal | undefined, sources?: Sources): Promise<void> => {
    if (outcome && !isRefusal(outcome)) await store.append(await head(), outcome, sources)
  }
  const go = async (to: Position | undefined, cause: 'rewound' | 'undone', undoes: number | null = null) => {
    if (to) await past.move(await head(), to, { actor: ada.id, cause, undoes }, from(newSource()))
  }
  const world = {
    ...stores,
    head,
    append,
    on: (other: string) => {
      branch = other
    },
    begin: async () => {
      const beginning = start(
        emptyState,
        { player: ada, title: 'Fog', premise: 'A harbour.', character: { name: 'Mira' } },
        newId,
      )
      const place = { ref: refOf(ROOT_BRANCH), guild: '9', thread: '500', parent: '400' }
      await store.create(place, accepted(beginning), { ids: [newSource()], channel: null })
      await world.tell('Rain.')
    },
    tell: async (text: string) => append(tell((await head()).state, text, 'finished', newId)),
    say: async (text: string) => {
      const source = newSource()
      const { state, words } = await head()
      const said = segment(text).map((part) => ({ ...part, source }))
      await append(say(state, ada, said, words, newId), from(source))
      messages.push(source)
      return source
    },
    play: async (text: string) => {
      const source = await world.say(text)
      await world.tell(`${text} So it is.`)
      return source
    },
    regenerate: async (text: string) => {
      const { state } = await head()
      const alternate = await past.nextAlternate(await head())
      await append(regenerate(state, { player: ada.id, alternate, direction: 'Shorter.' }, newId))
      await world.tell(text)
    },
    swipe: async (pick: number) => {
      const at = await head()
      const alternates = await past.alternates(at)
      const alternate = alternates[pick % alternates.length] ?? 0
      if (at.state.turn.phase !== 'open')
        await past.move(at, { ...positionOf(at), alternate }, undefined, from(newSource()))
    },
    rewind: async (turn: number) => go(await past.endOfTurn(await head(), turn), 'rewound'),
    undo: async () => {
      const [newest] = await past.moves(refOf(branch), 1)
      await go(newest?.from, 'undone', newest?.id)
    },
    branchAt: async (turn: number, id: string) => {
      const at = await head()
      const there = await past.endOfTurn(at, turn)
      const branch = { id, author: ada.id, name: `Way ${id}`, description: null }
      await branches.create(at, there ?? positionOf(at), branch, from(newSource()))
    },
    rewrite: async (source: string, text: string) => {
      const at = await head()
      await append(revise(at.state, ada.id, await past.linesOf(at, source), segment(text), newId))
    },
    /** Mira hears something from a third one, and is another for it, by the newest line. */
    change: async (text: string) => {
      const { state } = await head()
      const character = state.cast.characters[0]?.character ?? ''
      const line = (await store.lines(await head(), 1, state.turn.number)).at(-1)?.id ?? 'none'
      const draft = drafting(state, SKEIN, newId)
      draft.emit({
        type: 'memory.formed',
        data: {
          ...{ memory: newId(), owner: character, text: draft.text(text), witnesses: [character] },
          ...{ source: 'told', toldBy: 'jon', chain: ['eli'], reliability: 0.5, significance: 1 },
          ...{ lines: [line], minutes: 0, scene: null },
        },
      })
      const where = { lines: [line], turn: state.turn.number, scene: null, place: null }
      const changes = [{ character, text: draft.text(text), line, ...where }]
      draft.emit({ type: 'cast.evolved', data: { from: 1, to: state.turn.number, changes } })
      await append(draft.done())
    },
    erase: async (source: string) => {
      await erasure.eraseMessage(source)
    },
    messages,
    bundle: async (): Promise<StoryBundle> => {
      const bundle = await exportStory(stores.db, STORY)
      if (!bundle) throw new Error('no story')
      return bundle
    },
  }
  return world
}

export type World = Awaited<ReturnType<typeof openWorld>>

/** The story as it arrives elsewhere, under an id of its own. */
export const carry = async ({ bundle }: World, { db }: Stores, story = 'story2'): Promise<void> =>
  importStory(db, await bundle(), { story, guild: GUILD, at: 7 })

const branchesOf = async ({ branches }: Pick<Stores, 'branches'>, story: string) =>
  (await branches.list(story)).map(({ ref, thread: _, ...branch }) => ({ ...branch, branch: ref.branch }))

/** All that can be seen of a story, on each of its branches and wherever their heads have been. */
export const seen = async ({ db, store, branches, past }: Stores, story: string) => {
  const digests: Record<string, string> = {}
  const moves: Record<string, unknown> = {}
  for (const { ref, isDeleted } of await branches.list(story)) {
    const made = await past.moves(ref, 1000)
    moves[ref.branch] = made
    const head = isDeleted ? undefined : await store.load(ref)
    if (!head) continue
    digests[ref.branch] = await digestOf(db, head)
    for (const { id, from } of made) {
      const then = { ...head, strand: from.strand, seq: from.seq, state: await past.stateAt(story, from) }
      digests[`${ref.branch} before ${id}`] = await digestOf(db, then)
    }
  }
  return { digests, moves, branches: await branchesOf({ branches }, story) }
}
