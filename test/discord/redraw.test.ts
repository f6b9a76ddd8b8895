import { type Client, DiscordAPIError, type REST, SnowflakeUtil } from 'discord.js'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { showMove } from '../../src/discord/moved.ts'
import type { Body, Poster } from '../../src/discord/poster.ts'
import { type AfterRewind, createRedraw, REDRAW_LIMIT, UNDO_WINDOW } from '../../src/discord/redraw.ts'
import { silentLogger } from '../../src/kit/logger.ts'
import { en } from '../../src/locales/en.ts'
import type { Position } from '../../src/story/lineage.ts'
import type { SetStage } from '../../src/turn/ports.ts'
import { manualClock } from '../doubles/clock.ts'
import { openStores, type Stores } from '../doubles/store.ts'
import { beginStory, playTurn, ref } from '../doubles/told.ts'

const CHANNEL = '500'
const DAY = 24 * 3_600_000
const clock = manualClock()

let stores: Stores
beforeEach(async () => {
  stores = await openStores()
  await beginStory(stores)
  for (const words of ['"One?"', '"Two?"']) await playTurn(stores, words)
})
afterEach(() => stores.close())

const headNow = async () => {
  const head = await stores.store.load(ref)
  if (!head) throw new Error('no story')
  return head
}
/** An id of a message that was sent so many days ago. */
const sent = (daysAgo: number, nth: number): string =>
  String(SnowflakeUtil.generate({ timestamp: clock.now() - daysAgo * DAY, increment: BigInt(nth) }))

/** Shows each turn in a message of its own, the oldest first, and gives these. */
const showAll = async (...daysAgo: number[]): Promise<string[]> => {
  const turns = await stores.db.selectFrom('turns').select('id').orderBy('turn').execute()
  const messages = turns.map((_, nth) => sent(daysAgo[nth] ?? 0, nth))
  for (const [nth, { id }] of turns.entries()) {
    const message = messages[nth] ?? ''
    await stores.deliveries.posted({ ...ref, turn: id }, { message, channel: CHANNEL, part: 0 })
    await stores.posts.shows({ ...ref, turn: id }, [message], nth === turns.length - 1 ? 'controls' : 'plain')
  }
  return messages
}
const goTo = async (to: Position | undefined) => {
  const move = { actor: '1001', cause: 'rewound', undoes: null } as const
  if (to) await stores.past.move(await headNow(), to, move, { ids: [], channel: null })
}
const rewind = async (turn: number) => goTo(await stores.past.endOfTurn(await headNow(), turn))
const looks = async () => {
  const rows = await stores.db.selectFrom('posts').select('look').orderBy('message', 'desc').execute()
  return rows.map(({ look }) => look)
}

const setUp = (afterRewind: AfterRewind = 'strike', mayBulkDelete = true) => {
  const edits: [string, Body][] = []
  const bad = { days: 0 }
  const during: { edit?: () => void } = {}
  const deleted: string[][] = []
  const shown: string[] = []
  const setStage: SetStage = async (head, { posts, ...turn }) => ({
    gone: new AbortController().signal,
    show: () => {},
    enter: () => {},
    leave: () => {},
    finish: async () => {
      shown.push(turn.turn)
      const isNewest = head.state.turn.id === turn.turn
      const messages = posts.map(({ message }) => message)
      await stores.posts.shows(turn, messages, isNewest ? 'controls' : 'plain')
      return 'shown'
    },
  })
  const forbidden = new DiscordAPIError({ code: 50_013, message: '' }, 50_013, 403, 'POST', '', {})
  const rest = {
    get: async () => {
      if (bad.days > 0) {
        bad.days -= 1
        throw new Error('connection reset')
      }
      return { content: 'Fog.' }
    },
    post: async (_route: string, { body }: { body: { messages: string[] } }) => {
      if (!mayBulkDelete) throw forbidden
      deleted.push(body.messages)
    },
    delete: async (route: string) => deleted.push([route.split('/').at(-1) ?? '']),
  } as unknown as REST
  const poster = {
    edit: async (id: string, body: Body) => {
      edits.push([id, body])
      during.edit?.()
      return { ok: true, id }
    },
  } as unknown as Poster
  const redraw = createRedraw({
    ...{ rest, posterTo: () => poster, setStage, clock, afterRewind, log: silentLogger() },
    ...{ store: stores.store, deliveries: stores.deliveries, posts: stores.posts, threads: stores.threads },
  })
  const draw = () => redraw.draw(ref)
  return { redraw, draw, edits, deleted, shown, bad, during }
}

describe('after a rewind', () => {
  test('the answers past the head are struck through, without buttons; the others are not touched', async () => {
    const [, two, three] = await showAll()
    await rewind(1)
    const { draw, edits } = setUp()
    await draw()
    expect(edits).toEqual([
      [three, { content: '~~Fog.~~', components: [] }],
      [two, { content: '~~Fog.~~', components: [] }],
    ])
    expect(await looks()).toEqual(['struck', 'struck', 'controls'])
  })

  test('what is struck through already stays as it is', async () => {
    await showAll()
    await rewind(1)
    const { draw, edits } = setUp()
    await draw()
    await draw()
    expect(edits).toHaveLength(2)
  })

  test('given that it is taken back, then the answers are shown as they were', async () => {
    await showAll()
    const before = await headNow()
    await rewind(1)
    const { draw, shown } = setUp()
    await draw()
    await goTo({ strand: before.strand, seq: before.seq, turn: 3, alternate: 0 })
    await draw()
    const turns = await stores.db.selectFrom('turns').select('id').orderBy('turn').execute()
    const [one, two, three] = turns.map(({ id }) => id)
    expect(shown).toEqual([one, three, two])
    expect(await looks()).toEqual(['controls', 'plain', 'controls'])
  })
})

describe('what comes between', () => {
  test('given that it is taken back while messages are struck through, then all are shown again', async () => {
    await showAll()
    const before = await headNow()
    await rewind(1)
    const { draw, during } = setUp()
    const undone = Promise.withResolvers<void>()
    during.edit = () => {
      delete during.edit
      void goTo({ strand: before.strand, seq: before.seq, turn: 3, alternate: 0 })
        .then(draw)
        .then(undone.resolve, undone.reject)
    }
    await draw()
    await undone.promise
    expect(await looks()).not.toContain('struck')
  })

  test('given that a redraw was ended early, then the next one makes up for it, however far the story is', async () => {
    const [, two, three] = await showAll()
    await rewind(1)
    const { draw, edits, bad } = setUp()
    bad.days = 2
    await draw()
    expect([edits, await looks()]).toEqual([[], ['controls', 'plain', 'controls']])
    await playTurn(stores, '"Else."')
    await draw()
    expect(edits.map(([id]) => id)).toEqual([three, two])
  })

  test('given that the story goes on meanwhile, then the buttons stay under its newest answer', async () => {
    await showAll()
    await rewind(1)
    const { draw, during, shown } = setUp()
    const played = Promise.withResolvers<void>()
    during.edit = () => {
      delete during.edit
      void playTurn(stores, '"Else."').then(played.resolve, played.reject)
    }
    const drawn = draw()
    await played.promise
    await drawn
    expect(shown).toEqual([(await headNow()).state.turn.id])
  })

  test('an answer with the same number, given on another way, is not taken for it', async () => {
    const [, , three] = await showAll()
    const before = await headNow()
    await rewind(2)
    await playTurn(stores, '"Else."')
    const turn = (await headNow()).state.turn.id
    const message = sent(0, 50)
    await stores.deliveries.posted({ ...ref, turn }, { message, channel: CHANNEL, part: 0 })
    await stores.posts.shows({ ...ref, turn }, [message], 'controls')
    await goTo({ strand: before.strand, seq: before.seq, turn: 3, alternate: 0 })
    const { draw, edits } = setUp()
    await draw()
    expect(edits.map(([id]) => id)).toEqual([message])
    expect(await stores.posts.turnOf(three ?? '')).toBeDefined()
  })
})

describe('where a server wants messages removed', () => {
  test('they are deleted together, when the time for undoing has passed', async () => {
    const [, two, three] = await showAll()
    await rewind(1)
    const { draw, deleted } = setUp('remove')
    const drawn = draw()
    await clock.advance(UNDO_WINDOW - 1)
    expect(deleted).toEqual([])
    await clock.advance(1)
    await drawn
    expect(deleted).toEqual([[three, two]])
    expect(await looks()).toEqual(['removed', 'removed', 'controls'])
  })

  test('those that Discord is too old to delete together are left struck through', async () => {
    const [, , three] = await showAll(20, 15, 0)
    await rewind(1)
    const { draw, deleted } = setUp('remove')
    const drawn = draw()
    await clock.advance(UNDO_WINDOW)
    await drawn
    expect(deleted).toEqual([[three]])
    expect(await looks()).toEqual(['removed', 'struck', 'controls'])
  })

  test('without the permission for that they are deleted one by one', async () => {
    const [, two, three] = await showAll()
    await rewind(1)
    const { draw, deleted } = setUp('remove', false)
    const drawn = draw()
    await clock.advance(UNDO_WINDOW)
    await drawn
    expect(deleted).toEqual([[three], [two]])
  })

  test('nothing is deleted when the rewind is undone in time', async () => {
    await showAll()
    const before = await headNow()
    await rewind(1)
    const { draw, deleted } = setUp('remove')
    const drawn = draw()
    await clock.advance(UNDO_WINDOW / 2)
    await goTo({ strand: before.strand, seq: before.seq, turn: 3, alternate: 0 })
    await draw()
    await clock.advance(UNDO_WINDOW)
    await drawn
    expect(deleted).toEqual([])
  })
})

describe('where too much is out of force', () => {
  test('nothing is struck through, and a fresh thread is offered', async () => {
    await showAll()
    const turn = (await headNow()).state.turn.id
    for (let nth = 1; nth <= REDRAW_LIMIT; nth += 1)
      await stores.deliveries.posted(
        { ...ref, turn },
        { message: sent(0, 100 + nth), channel: CHANNEL, part: nth },
      )
    await rewind(1)
    const { redraw, edits } = setUp()
    const sentMessages: unknown[] = []
    const thread = { isThread: () => true, send: async (message: unknown) => sentMessages.push(message) }
    const client = { channels: { fetch: async () => thread } } as unknown as Client
    const face = { threads: stores.threads, redraw, client, texts: en, log: silentLogger() }
    await showMove(ref, 'Back.', face)
    expect(edits).toEqual([])
    expect(JSON.stringify(sentMessages)).toContain('Open a fresh thread')
    expect(sentMessages).toHaveLength(1)
  })
})
