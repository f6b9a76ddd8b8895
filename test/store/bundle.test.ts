import { zstdDecompressSync } from 'node:zlib'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { faultOf, type StoryBundle, writeBundle } from '../../src/formats/bundle.ts'
import { exportStory, importStory } from '../../src/store/bundle.ts'
import { storyAdmin } from '../../src/store/story-admin.ts'
import { HOLDING_LIMIT, idle } from '../../src/story/activity.ts'
import { say, tell } from '../../src/story/decide.ts'
import type { Head } from '../../src/story/head.ts'
import { LABEL_LIMIT } from '../../src/story/label.ts'
import { ROOT_BRANCH } from '../../src/story/ref.ts'
import { segment } from '../../src/story/segment.ts'
import { countingIds } from '../doubles/ids.ts'
import { openStores, type Stores } from '../doubles/store.ts'
import { sha256 } from '../formats/story.ts'
import { accepted, ada } from '../story/given.ts'
import { carry, from, GUILD, openWorld, refOf, STORY, seen, type World } from './bundle-world.ts'

let world: World
let abroad: Stores

beforeEach(async () => {
  world = await openWorld()
  abroad = await openStores()
  await world.begin()
})
afterEach(async () => {
  await world.close()
  await abroad.close()
})

const rowsIn = async ({ db }: Stores): Promise<Record<string, number>> => {
  const { rows: tables } = await sql<{ name: string }>`
    select name from sqlite_schema where type = 'table' and name not like '%kysely%'`.execute(db)
  const counts: Record<string, number> = {}
  for (const { name } of tables) {
    const { rows } = await sql<{ count: number }>`select count(*) as count from ${sql.table(name)}`.execute(
      db,
    )
    counts[name] = rows[0]?.count ?? 0
  }
  return counts
}

const tellMuch = async (): Promise<void> => {
  const letter = await world.play('"I brought a letter."')
  await world.branchAt(1, 'sea')
  await world.play('*opens it*')
  await world.regenerate('It is empty.')
  await world.regenerate('It is wet.')
  await world.swipe(0)
  await world.branchAt(99, 'dry')
  await world.play('I read on.')
  await world.rewrite(letter, '"I brought two letters."')
  await world.rewind(2)
  await world.play('I burn it.')
  await world.rewind(1)
  await world.undo()
  world.on('sea')
  await world.play('I row out.')
  await world.branches.remove(refOf('dry'))
  world.on(ROOT_BRANCH)
}

describe('a story in another database', () => {
  test('shows the same on every branch, and wherever the heads have been', async () => {
    await tellMuch()
    await carry(world, abroad)
    expect(await seen(abroad, 'story2')).toEqual(await seen(world, STORY))
  })

  test('has what was heard there and how characters changed, as far as it is not erased', async () => {
    const secret = await world.say('"I sank the boat."')
    await world.change('Mira is wary.')
    await world.tell('Silence.')
    await world.change('Mira is at peace.')
    const there = async () => {
      const head = (await abroad.store.load(refOf(ROOT_BRANCH, 'story2'))) as Head
      const mira = head.state.cast.characters[0]?.character ?? ''
      const changes = await abroad.evolutions.of(head, mira)
      const heard = await abroad.memories.memoriesOf(head, mira, 0, 9)
      return [changes, heard.toReversed()].map((each) => each.map(({ body }) => body))
    }
    await carry(world, abroad)
    const all = ['Mira is wary.', 'Mira is at peace.']
    expect(await there()).toEqual([all, all])
    await abroad.erasure.eraseMessage(secret)
    expect(await there()).toEqual([['Mira is at peace.'], ['Mira is at peace.']])
  })

  test('gives the same bundle', async () => {
    await tellMuch()
    await carry(world, abroad)
    const again = await exportStory(abroad.db, 'story2')
    expect(again && writeBundle(again, sha256)).toEqual(writeBundle(await world.bundle(), sha256))
  })

  test('keeps its lines and veils, and how it is written and played', async () => {
    const decided = {
      ...{ mode: 'lean' as const, turns: 'round' as const, roundMinutes: 5 },
      ...{ lines: [{ label: 'spiders', words: ['web'] }], veils: [{ label: 'wounds', words: [] }] },
    }
    const here = { models: { writer: 'here/bard' }, pausedBy: ada.id }
    await world.settings.changeStory(STORY, { ...decided, ...here }, ada.id)
    await carry(world, abroad)
    expect((await abroad.settings.of('story2'))?.story).toMatchObject({
      ...decided,
      models: {},
      pausedBy: null,
    })
  })

  test('belongs to the server that took it in, and is told in no thread', async () => {
    await carry(world, abroad)
    const story = await abroad.db.selectFrom('stories').selectAll().executeTakeFirstOrThrow()
    expect(story).toMatchObject({ id: 'story2', guild: GUILD, archived_at: null, deleted_at: null })
    expect(await abroad.threads.threadOf(refOf(ROOT_BRANCH, 'story2'))).toBeUndefined()
    expect(await rowsIn(abroad)).toMatchObject({ threads: 0, sources: 0, posts: 0, drafts: 0 })
  })

  test('can be beside the one that it was taken from', async () => {
    await tellMuch()
    const before = await seen(world, STORY)
    await carry(world, world)
    expect(await seen(world, 'story2')).toEqual(before)
    expect(await seen(world, STORY)).toEqual(before)
  })

  test('goes on as it would have there', async () => {
    await tellMuch()
    await carry(world, abroad)
    const goOn = async (stores: Stores, story: string) => {
      const { store, past } = stores
      const newId = countingIds('later')
      const ref = refOf('sea', story)
      const load = async () => (await store.load(ref)) as Head
      const said = say((await load()).state, ada, segment('I row back.'), new Map(), newId)
      await store.append(await load(), accepted(said), from(`${story} later`))
      await store.append(await load(), accepted(tell((await load()).state, 'Fog.', 'finished', newId)))
      const back = await past.endOfTurn(await load(), 1)
      if (back) await past.move(await load(), back, { actor: ada.id, cause: 'rewound', undoes: null }, from())
      const other = say((await load()).state, ada, segment('I stay.'), new Map(), newId)
      await store.append(await load(), accepted(other), from(`${story} last`))
      return (await seen(stores, story)).digests
    }
    const here = await goOn(world, STORY)
    const there = await goOn(abroad, 'story2')
    expect(there).toEqual(here)
  })

  test('has a checkpoint of every 25 turns of a branch, as it would have there', async () => {
    for (let turn = 2; turn <= 56; turn += 1) {
      await world.play(`Turn ${turn}.`)
      if (turn === 25 || turn === 40) await world.regenerate(`Turn ${turn}, otherwise.`)
      if (turn === 30) await world.branchAt(27, 'early')
    }
    world.on('early')
    for (let turn = 28; turn <= 52; turn += 1) await world.play(`Early turn ${turn}.`)
    await carry(world, abroad)
    const checkpoints = async ({ db }: Stores) => {
      const rows = await db
        .selectFrom('checkpoints')
        .selectAll()
        .where('turn', 'in', [25, 50])
        .orderBy('turn')
        .orderBy('strand')
        .execute()
      return rows.map(({ story: _, state, ...at }) => ({
        ...at,
        state: JSON.parse(String(zstdDecompressSync(state))),
      }))
    }
    const kept = await checkpoints(abroad)
    expect(kept).toEqual(await checkpoints(world))
    expect(kept.map(({ turn, strand }) => [turn, strand])).toEqual([
      [25, 1],
      [50, 1],
      [50, 2],
    ])
  })

  test('has checkpoints on the way back to where a head has been', async () => {
    for (let turn = 2; turn <= 27; turn += 1) await world.play(`Turn ${turn}.`)
    await world.rewind(2)
    await carry(world, abroad)
    const kept = await abroad.db.selectFrom('checkpoints').select(['turn', 'strand']).execute()
    expect(kept).toEqual([{ turn: 25, strand: 1 }])
  })

  test('ends an answer that was being written as one that was left behind', async () => {
    await world.say('Who is there?')
    await carry(world, abroad)
    const head = await abroad.store.load(refOf(ROOT_BRANCH, 'story2'))
    expect(await abroad.deliveries.open()).toEqual([
      { ...refOf(ROOT_BRANCH, 'story2'), turn: head?.state.turn.id },
    ])
  })
})

describe('words that were erased', () => {
  test('are in no bundle', async () => {
    const secret = await world.say('My name is Rumpelstilzchen.')
    await world.tell('Nobody heard it.')
    await world.erase(secret)
    expect(JSON.stringify(await world.bundle())).not.toContain('Rumpelstilzchen')
    await carry(world, abroad)
    expect(await seen(abroad, 'story2')).toEqual(await seen(world, STORY))
  })

  test('do not come back with a bundle that was made before', async () => {
    const secret = await world.say('My name is Rumpelstilzchen.')
    await world.tell('Nobody heard it.')
    const bundle = await world.bundle()
    await world.erase(secret)
    await importStory(world.db, bundle, { story: 'story2', guild: GUILD, at: 7 })
    const texts = await world.db.selectFrom('texts').select('body').where('story', '=', 'story2').execute()
    expect(texts.map(({ body }) => body)).not.toContain('My name is Rumpelstilzchen.')
    expect(await seen(world, 'story2')).toEqual(await seen(world, STORY))
  })
})

describe('an import that fails', () => {
  const faultIn = async (bundle: StoryBundle) => {
    const failed = await importStory(abroad.db, bundle, { story: 'story2', guild: GUILD, at: 7 }).catch(
      (error: unknown) => error,
    )
    return faultOf(failed)
  }
  const twice = (bundle: StoryBundle): StoryBundle => {
    const last = bundle.events.at(-1)
    const line = bundle.events.find(({ type }) => type === 'line.spoken')
    if (last === undefined || line?.type !== 'line.spoken') throw new Error('no line')
    return { ...bundle, events: [...bundle.events, { ...line, turn: last.turn, seq: last.seq + 1 }] }
  }

  test('half-way leaves nothing behind', async () => {
    await tellMuch()
    const before = await rowsIn(abroad)
    expect(await faultIn(twice(await world.bundle()))).toBe('malformed')
    expect(await rowsIn(abroad)).toEqual(before)
  })

  test('because a state grows past all measure leaves nothing behind', async () => {
    const bundle = await world.bundle()
    const last = bundle.events.at(-1)
    const [root] = bundle.branches
    if (!last || !root) throw new Error('no story')
    const holding = Array.from({ length: HOLDING_LIMIT }, () => 'x'.repeat(LABEL_LIMIT))
    const crowd = Array.from({ length: 2500 }, (_, index) => ({
      ...{ type: 'activity.changed' as const, strand: 1, turn: last.turn, alternate: null, at: 1 },
      ...{ actor: ada.id, seq: last.seq + 1 + index },
      data: { entity: `entity${index}`, activity: { ...idle, holding }, before: null },
    }))
    const crowded = {
      ...bundle,
      events: [...bundle.events, ...crowd],
      branches: [{ ...root, head: { ...root.head, seq: last.seq + crowd.length } }],
    }
    expect(await faultIn(crowded)).toBe('too_large')
    expect(await rowsIn(abroad)).toMatchObject({ stories: 0, events: 0 })
  })
})

describe('the port', () => {
  const admin = (stores: Stores) => storyAdmin(stores.db, () => 7, countingIds('imported'))

  test('a story leaves as a file and comes in as a new one', async () => {
    await tellMuch()
    const file = await admin(world).exportStory(STORY)
    if (!file) throw new Error('no file')
    const imported = await admin(abroad).importStory(file, GUILD)
    expect(imported).toEqual({
      ref: refOf(ROOT_BRANCH, 'imported1'),
      title: 'Fog',
      turns: 3,
      branches: 2,
    })
    expect(await seen(abroad, 'imported1')).toEqual(await seen(world, STORY))
  })

  test('a file that is cut changes nothing', async () => {
    const file = await admin(world).exportStory(STORY)
    const cut = await admin(abroad)
      .importStory(file?.subarray(0, 500) ?? new Uint8Array(), GUILD)
      .catch((error: unknown) => error)
    expect(faultOf(cut)).toBe('cut')
    expect((await rowsIn(abroad)).stories).toBe(0)
  })

  test('there is no file of a story that is not there', async () => {
    expect(await admin(world).exportStory('gone')).toBeUndefined()
  })

  test('an archived story is in no list, keeps its thread, and comes back', async () => {
    const listed = () => world.stories.count(['400'])
    await admin(world).archive(STORY)
    expect([await listed(), await world.threads.threadOf(refOf(ROOT_BRANCH))]).toEqual([0, '500'])
    await admin(world).unarchive(STORY)
    expect(await listed()).toBe(1)
  })

  test('a deleted story frees its threads, and all of it is there again when it is restored', async () => {
    await tellMuch()
    await world.branches.showIn(refOf('sea'), '501', '400')
    const before = await seen(world, STORY)
    await admin(world).remove(STORY)
    expect(await world.db.selectFrom('threads').selectAll().execute()).toEqual([])
    await admin(world).restore(STORY)
    const story = await world.db.selectFrom('stories').selectAll().executeTakeFirstOrThrow()
    expect(story.deleted_at).toBeNull()
    expect(await seen(world, STORY)).toEqual(before)
  })
})
