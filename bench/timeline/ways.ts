import { sql } from 'kysely'
import { CHECKPOINT_EVERY } from '../../src/store/fold.ts'
import { positionOf } from '../../src/story/head.ts'
import { ROOT_BRANCH } from '../../src/story/ref.ts'
import { PARENT, ref, type Story, THREAD } from './story.ts'
import { timed, turnFor, type Way } from './timing.ts'
import { prose } from './turns.ts'

const WINDOW = 50
const PLAYER = '1001'

/** What every answer begins with: what is true at the head, and the newest turns. */
export const load =
  ({ head, store }: Story): Way =>
  () =>
    timed(async () => {
      const { state, ...at } = await head()
      await store.lines({ ...at, state }, state.turn.number - WINDOW + 1, state.turn.number)
    })

const endOf = async ({ timeline, head }: Story, turn: number) => {
  const from = await head()
  const to = await timeline.endOfTurn(from, turn)
  if (!to) throw new Error(`the story has no turn ${turn} before its head`)
  return { from, to }
}

/** A rewind, and the undo that the next round needs. */
export const rewind =
  (story: Story): Way =>
  async (round) => {
    const { head, timeline, source } = story
    const before = await head()
    const turn = turnFor(round, before.state.turn.number)
    const rewound = { actor: PLAYER, cause: 'rewound', undoes: null } as const
    const time = await timed(async () => {
      const { from, to } = await endOf(story, turn)
      await timeline.move(from, to, rewound, source())
    })
    const [move] = await timeline.moves(ref, 1)
    const undone = { actor: PLAYER, cause: 'undone', undoes: move?.id ?? null } as const
    await timeline.move(await head(), positionOf(before), undone, source())
    return time
  }

/** A new branch from a turn, under a name. Gives its id. */
export const begin = async (story: Story, turn: number): Promise<string> => {
  const { from, to } = await endOf(story, turn)
  const id = story.newId()
  const named = { id, author: PLAYER, name: `What if, ${turn}`, description: 'She opens the door instead.' }
  await story.branches.create(from, to, named, story.source())
  return id
}

/**
 * A new branch, where none begins yet: the checkpoints at the roots of others are taken away again. In a short story
 * most turns would soon have one, and in a long one few.
 */
export const branch =
  (story: Story): Way =>
  async (round) => {
    const turn = turnFor(round, (await story.head()).state.turn.number)
    await story.db.deleteFrom('checkpoints').where(sql`turn % ${CHECKPOINT_EVERY}`, '<>', 0).execute()
    return timed(() => begin(story, turn))
  }

const BRANCHES = 20

/** A thread that goes over to another branch, which has its head at some turn and a turn of its own. */
export const switchTo = async (story: Story): Promise<Way> => {
  const { number } = (await story.head()).state.turn
  const ids: string[] = []
  for (let nth = 0; nth < BRANCHES; nth += 1) ids.push(await begin(story, turnFor(nth, number)))
  return async (round) => {
    const to = { story: ref.story, branch: ids[round % BRANCHES] ?? ROOT_BRANCH }
    const time = await timed(async () => {
      await story.branches.showIn(to, THREAD, PARENT)
      await story.store.load(to)
    })
    await story.branches.showIn(ref, THREAD, PARENT)
    return time
  }
}

const RECALLED = 24

/** What a line brings to a character's mind, each character in turn: sentences that many say, and turns that few name. */
export const recall =
  ({ head, recollections }: Story): Way =>
  async (round) => {
    const at = await head()
    const { characters } = at.state.cast
    const owner = characters[round % characters.length]?.character ?? ''
    const turns = Array.from({ length: 6 }, (_, nth) => turnFor(6 * round + nth, at.state.turn.number))
    const text = `${prose(round, 1)} ${turns.join(' ')}`
    const query = { texts: [{ text, weight: 1 }], cast: [], now: { minutes: 0, anchor: undefined } }
    return timed(() => recollections.recall(at, owner, query, RECALLED))
  }
