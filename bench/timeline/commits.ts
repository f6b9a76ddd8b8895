import { cp } from 'node:fs/promises'
import type { Head } from '../../src/story/head.ts'
import { rawWriter, rowsIn, type Written } from './raw.ts'
import { openStory } from './story.ts'
import { medianOf, timed } from './timing.ts'
import { turnAfter } from './turns.ts'

/** The transactions of a turn, in their order. */
const STEPS = ['input', 'answer', 'effects'] as const
type Step = (typeof STEPS)[number]

const TURNS = 150
const WARM_UP = 10

/** Median ms of each transaction of a turn: appended, and its rows written by SQLite alone. */
export type Commits = Readonly<Record<Step, { readonly appended: number; readonly raw: number }>>

/** Tells turns into a story, and the same rows into a copy of it that is written beside it; by turns. */
export const measureCommits = async (directory: string, copy: string): Promise<Commits> => {
  await cp(directory, copy, { recursive: true })
  const story = await openStory(directory)
  const rows = rowsIn(directory)
  const raw = rawWriter(copy)
  const times = new Map(STEPS.map((step) => [step, { appended: [] as number[], raw: [] as number[] }]))
  try {
    let head: Head = await story.head()
    for (let turn = 0; turn < WARM_UP + TURNS; turn += 1)
      for (const [at, decision] of turnAfter(head, story.newId).entries()) {
        const from = head
        const source = story.source()
        const appended = await timed(() => story.store.append(from, decision, source))
        const written: Written = rows.written()
        const step = times.get(STEPS[at] ?? 'input')
        const direct = await timed(() => raw.write(written))
        if (turn >= WARM_UP) {
          step?.appended.push(appended)
          step?.raw.push(direct)
        }
        head = await story.head()
      }
  } finally {
    rows.close()
    raw.close()
    await story.close()
  }
  return Object.fromEntries(
    times.entries().map(([step, { appended, raw: direct }]) => {
      return [step, { appended: medianOf(appended), raw: medianOf(direct) }]
    }),
  ) as Commits
}
