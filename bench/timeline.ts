import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { atMost, type Bench, below, exactly, type Figure, unmeasured } from './figure.ts'
import { measureCommits } from './timeline/commits.ts'
import { fsyncsPerStep } from './timeline/fsyncs.ts'
import { atEachLength, type ByLength, growthOf, inMs, timesOf } from './timeline/lengths.ts'
import { copyRows, messageFile, replayAll } from './timeline/naive.ts'
import { fileSize, openStory, type Scale, type Story, writeStory } from './timeline/story.ts'
import { mediansOf, once } from './timeline/timing.ts'
import { walk } from './timeline/walks.ts'
import { begin, branch, load, recall, rewind, switchTo } from './timeline/ways.ts'

type Stories = ByLength<Story>

const OFTEN = 100
const SELDOM = 3

/** Going anywhere in a story: what it costs, and how that grows with the story. */
const measureMoves = async (stories: Stories): Promise<Figure[]> => {
  const replays = await timesOf(stories, (story) => once(() => replayAll(story)), SELDOM, 1)
  const loads = await timesOf(stories, load, OFTEN)
  const rewinds = await timesOf(stories, rewind, OFTEN)
  const switches = await timesOf(stories, switchTo, OFTEN)
  const naive = { replay_all: growthOf(replays), replay_all_ms_at_10000: replays[10000] }
  return [
    atMost(['load_ratio', growthOf(loads), '×', 1.3], { ...naive, ...inMs(loads) }),
    atMost(['rewind_ratio', growthOf(rewinds), '×', 2], { ...naive, ...inMs(rewinds) }),
    atMost(['switch_ratio', growthOf(switches), '×', 2], { ...naive, ...inMs(switches) }),
  ]
}

const BRANCHES = 100

const measureBranches = async (stories: Stories): Promise<Figure[]> => {
  const few = stories[100]
  const many = stories[10000]
  const branches = await timesOf(stories, branch, OFTEN)
  const before = fileSize(many.directory)
  for (let nth = 1; nth <= BRANCHES; nth += 1) await begin(many, nth * 99)
  const after = fileSize(many.directory)
  const small = fileSize(few.directory)
  const copied = await mediansOf(
    { few: once(() => copyRows(few.directory)), many: once(() => copyRows(many.directory)) },
    1,
    0,
  )
  return [
    atMost(['branch_ratio', growthOf(branches), '×', 1.5], {
      ...{ copy_rows: copied.many / copied.few, copy_rows_ms_at_10000: copied.many },
      ...inMs(branches),
    }),
    below(['branch_kb', (after - before) / BRANCHES / 1024, 'kB', 16], {
      copy_rows_at_100: (fileSize(few.directory) - small) / 1024,
      copy_rows_at_10000: (fileSize(many.directory) - after) / 1024,
    }),
  ]
}

const measureDepth = async (flat: Story, deep: Story): Promise<Figure> => {
  const times = await mediansOf({ flat: recall(flat), deep: recall(deep) }, OFTEN)
  return atMost(['depth_ratio', times.deep / times.flat, '×', 2], {
    ...{ ms_at_depth_1: times.flat, ms_at_depth_100: times.deep },
  })
}

const rewritesOf = (stories: Stories): Promise<ByLength<number>> =>
  timesOf(
    stories,
    async ({ directory, head, store }) => {
      const at = await head()
      const file = messageFile(directory)
      const lines = await store.lines(at, 0, at.state.turn.number)
      await file.begin(lines)
      return once(() => file.add(lines.at(-1) ?? {}))
    },
    10,
    1,
  )

/** The transaction of a turn that is slowest beside its rows written by SQLite alone. */
const measureCommit = async (stories: Stories, copy: string): Promise<Figure> => {
  const rewrites = await rewritesOf(stories)
  const { input, answer, effects } = await measureCommits(stories[1000].directory, copy)
  const over = (times: ByLength<number>) =>
    Object.entries(times).map(([turns, time]) => [`rewrite_jsonl_at_${turns}`, time / input.raw])
  const ratioOf = ({ appended, raw }: typeof input) => appended / raw
  const ratios = { input: ratioOf(input), answer: ratioOf(answer), effects: ratioOf(effects) }
  return atMost(['commit_ratio', Math.max(...Object.values(ratios)), '×', 3], {
    ...ratios,
    ...{ ms: input.appended, ms_raw: input.raw },
    ...Object.fromEntries(over(rewrites)),
  })
}

const measureFsyncs = async (directory: string): Promise<Figure> => {
  const steps = await fsyncsPerStep(directory, 'skein')
  if (steps !== undefined) {
    const rewriting = await fsyncsPerStep(directory, 'jsonl')
    return exactly(['fsyncs_per_step', steps, '', 1], { rewrite_jsonl: rewriting ?? 0 })
  }
  console.error('timeline: fsyncs_per_step is not measured, for want of strace, which counts them')
  return unmeasured('fsyncs_per_step', '', '= 1')
}

const synchronousOf = async ({ db }: Story): Promise<Figure> => {
  const { rows } = await sql<{ synchronous: number }>`pragma synchronous`.execute(db)
  return exactly(['synchronous', rows[0]?.synchronous ?? 0, '', 2])
}

const measureDivergences = async (): Promise<Figure> => {
  const { walks, operations, found } = await walk()
  for (const divergence of found) console.error(divergence)
  return exactly(['divergences', found.length, `in ${operations} operations, ${walks} walks`, 0])
}

/** What a story's timeline costs, and how that grows with the story, its memories and its branches. */
export const bench: Bench = async () => {
  const [busy = 0] = loadavg()
  if (busy > availableParallelism()) console.error(`timeline: this machine is busy (load ${busy.toFixed(1)})`)
  const root = await mkdtemp(join(tmpdir(), 'skein-bench-'))
  const opened: Story[] = []
  const written = async (scale: Scale): Promise<Story> => {
    const directory = await mkdtemp(join(root, 'story-'))
    await writeStory(directory, scale)
    const story = await openStory(directory)
    opened.push(story)
    return story
  }
  try {
    const stories = await atEachLength((turns) => written({ turns, strands: 1 }))
    const deep = await written({ turns: 10_000, strands: 100 })
    const moves = await measureMoves(stories)
    const depth = await measureDepth(stories[10000], deep)
    const commit = await measureCommit(stories, join(root, 'copy'))
    const fsyncs = await measureFsyncs(stories[10].directory)
    const synchronous = await synchronousOf(stories[10])
    const branches = await measureBranches(stories)
    const divergences = await measureDivergences()
    return [fsyncs, synchronous, commit, ...moves, ...branches, depth, divergences]
  } finally {
    for (const story of opened) await story.close()
    await rm(root, { recursive: true })
  }
}
