import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { type CompiledQuery, Kysely, SqliteDialect } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fileIn, ref, writeStory } from '../../bench/timeline/story.ts'
import { CHECKPOINT_EVERY, eventsOf } from '../../src/store/fold.ts'
import type { Tables } from '../../src/store/schema.ts'
import { storesOver } from '../../src/store/stores.ts'
import { viewFrom } from '../../src/store/transcript.ts'
import { type Head, positionOf } from '../../src/story/head.ts'
import type { Appended } from '../../src/turn/ports.ts'
import { countingIds } from '../doubles/ids.ts'

/** The tables that grow with a story. */
const GROWING = [
  ...(['events', 'turns', 'checkpoints', 'lines', 'memories', 'facts', 'replaced', 'resets'] as const),
  ...(['citations', 'lineage', 'strands', 'texts', 'moves'] as const),
]

/**
 * Opens a database so that each row of these tables is counted that SQLite looks at: it finds views in their place, and
 * takes them apart again, so that a statement goes by the same indexes as ever.
 */
const openCounting = (file: string) => {
  const database = new Database(file, { readonly: true })
  let rows = 0
  database.function('counted', { deterministic: false }, (_story: string) => {
    rows += 1
    return 1
  })
  for (const table of GROWING)
    database.exec(`create temp view ${table} as select * from main.${table} where counted(story)`)
  return {
    rowsOf: ({ sql, parameters }: CompiledQuery): number => {
      rows = 0
      database.prepare(sql).all(...parameters)
      return rows
    },
    close: () => database.close(),
  }
}

/** Opens a story's database, and asks after each thing done to it what it cost. */
const openStory = (directory: string) => {
  const file = fileIn(directory)
  const database = new Database(file)
  const counting = openCounting(file)
  const executed: CompiledQuery[] = []
  const db = new Kysely<Tables>({
    dialect: new SqliteDialect({ database }),
    log: ({ query }) => {
      executed.push(query)
    },
  })
  const scans = new Set<string>()
  const scansOf = ({ sql, parameters }: CompiledQuery) => {
    const plan = database.prepare(`explain query plan ${sql}`).all(...parameters) as { detail: string }[]
    return plan.filter(({ detail }) => GROWING.some((table) => detail.startsWith(`SCAN ${table}`)))
  }
  const rowsIn = async (work: () => Promise<unknown>): Promise<number> => {
    executed.length = 0
    await work()
    let rows = 0
    for (const query of executed.filter(({ sql }) => /^(?:select|update|delete)/u.test(sql))) {
      if (scansOf(query).length > 0) scans.add(query.sql)
      if (query.sql.startsWith('select')) rows += counting.rowsOf(query)
    }
    return rows
  }
  let time = 0
  const now = () => {
    time += 1
    return time
  }
  const { store, past, branches } = storesOver(db, now, countingIds('counted'))
  const newId = countingIds('source')
  const head = async (branch = ref.branch): Promise<Head> => {
    const loaded = await store.load({ story: ref.story, branch })
    if (!loaded) throw new Error(`no head of ${branch}`)
    return loaded
  }
  const sources = () => ({ ids: [newId()], channel: null })
  const endOf = async (turn: number) => {
    const at = await past.endOfTurn(await head(), turn)
    if (!at) throw new Error(`no turn ${turn}`)
    return at
  }
  const taken = (outcome: Appended) => expect(outcome).toBe('appended')
  const kept = { actor: '1001', cause: 'rewound', undoes: null } as const
  return {
    rewind: (turn: number) =>
      rowsIn(async () => taken(await past.move(await head(), await endOf(turn), kept, sources()))),
    undo: () =>
      rowsIn(async () => {
        const [newest] = await past.moves(ref, 50)
        if (!newest) throw new Error('nothing to undo')
        const undone = { ...kept, cause: 'undone', undoes: newest.id } as const
        taken(await past.move(await head(), newest.from, undone, sources()))
      }),
    branch: (id: string, turn?: number) =>
      rowsIn(async () => {
        const at = turn === undefined ? positionOf(await head()) : await endOf(turn)
        const named = { id, author: '1001', name: 'Another way', description: null }
        taken(await branches.create(await head(), at, named, sources()))
      }),
    /** What a branch is shown with when it is turned to: its head and its last lines. */
    turnTo: (branch: string) =>
      rowsIn(async () => {
        const at = await head(branch)
        await store.lines(at, at.state.turn.number - 5, at.state.turn.number)
        await past.alternates(at)
      }),
    /** What replaying everything would cost. */
    readAll: () => rowsIn(async () => eventsOf(db, viewFrom(await head()))),
    /** The statements that read a growing table from one end to the other. */
    scans: () => [...scans],
    close: async () => {
      counting.close()
      await db.destroy()
    },
  }
}

type Story = ReturnType<typeof openStory>

/** With as much to fold after the last checkpoint, so that what is left to differ is the length. */
const SHORT = 60
const LONG = 1210

/** Turns near the beginning, in the middle and near the end, each five after a checkpoint. */
const turnsIn = (length: number): number[] =>
  [0, length / 2, length - 5].map((turn) => turn - (turn % CHECKPOINT_EVERY) + 5)

/** A row more or less on the way down an index, in each of some twenty statements. */
const SLACK = 20

describe.each([1, 40])('given a short and a long story told on %i strands', (strands) => {
  const opened: { readonly story: Story; readonly length: number }[] = []
  let directory: string

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'skein-rows-'))
    for (const length of [SHORT, LONG]) {
      const own = await mkdtemp(join(directory, `${length}-`))
      await writeStory(own, { turns: length, strands })
      opened.push({ story: openStory(own), length })
    }
  }, 60_000)
  afterAll(async () => {
    for (const { story } of opened) await story.close()
    await rm(directory, { recursive: true })
  })

  /** The long story costs no more, wherever in it. */
  const expectNoMore = async (cost: (story: Story, turn: number) => Promise<number>) => {
    const [short, long] = await Promise.all(
      opened.map(async ({ story, length }) => {
        const rows: number[] = []
        for (const turn of turnsIn(length)) rows.push(await cost(story, turn))
        return rows
      }),
    )
    for (const [at, rows] of long?.entries() ?? []) {
      expect(rows).toBeGreaterThan(0)
      expect(rows).toBeLessThanOrEqual((short?.[at] ?? 0) + SLACK)
    }
  }

  test('a rewind reads no more rows of the long one', () =>
    expectNoMore(async (story, turn) => {
      const rows = await story.rewind(turn)
      await story.undo()
      return rows
    }))

  test('an undo reads no more', () =>
    expectNoMore(async (story, turn) => {
      await story.rewind(turn)
      return story.undo()
    }))

  test('a new branch reads no more, and neither does turning to it', () =>
    expectNoMore(async (story, turn) => {
      const begun = await story.branch(`from${turn}`, turn)
      return begun + (await story.turnTo(`from${turn}`))
    }))

  test('a new branch at the head reads no more, and neither does turning back', () =>
    expectNoMore(async (story, turn) => {
      const begun = await story.branch(`head${turn}`)
      return begun + (await story.turnTo(ref.branch))
    }))

  test('reading the whole log, for comparison, reads many times as much', async () => {
    const [short, long] = await Promise.all(opened.map(({ story }) => story.readAll()))
    expect(long).toBeGreaterThan(10 * (short ?? 0))
  })

  test('no statement of these goes through a table that grows from one end to the other', () => {
    expect(opened.flatMap(({ story }) => story.scans())).toEqual([])
  })
})
