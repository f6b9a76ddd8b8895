import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readPrompts } from '../../src/config/prompts.ts'
import { systemClock } from '../../src/kit/clock.ts'
import { idsFrom } from '../../src/kit/ids.ts'
import { silentLogger } from '../../src/kit/logger.ts'
import { templateNames } from '../../src/prompt/template.ts'
import { openDatabase } from '../../src/store/database.ts'
import { storesOver } from '../../src/store/stores.ts'
import { isRefusal } from '../../src/story/draft.ts'
import { createCharacter } from '../../src/story/edit/people.ts'
import { openScene } from '../../src/story/edit/world.ts'
import type { Line } from '../../src/story/line.ts'
import { ROOT_BRANCH } from '../../src/story/ref.ts'
import { DEFAULT_OOC_MARKS } from '../../src/story/segment.ts'
import type { WritingMode } from '../../src/story/settings.ts'
import { createEngine } from '../../src/turn/engine.ts'
import { storyQueue } from '../../src/turn/queue.ts'
import { type Call, type Script, scriptedModels } from './models.ts'
import { between, prose, randomFrom } from './words.ts'

const ada = { id: '1001', displayName: 'Ada' }
const ref = { story: 'story', branch: ROOT_BRANCH }
const SPEAKERS = ['Mira', 'Eli'] as const

/** How many turns a scene has. */
const SCENE = 20

/** A story as it was told: every model call in order, the ids of its turns in order, and all its lines. */
export type Told = {
  readonly calls: readonly Call[]
  readonly turns: readonly string[]
  readonly lines: readonly Line[]
}

const stage = {
  show: () => {},
  enter: () => {},
  gone: new AbortController().signal,
  finish: async () => 'shown' as const,
  leave: () => {},
}

/**
 * Tells a story of so many turns in scenes of some, in which two characters are spoken to in turn, with the real engine
 * and store.
 */
export const tell = async (mode: WritingMode, turns: number): Promise<Told> => {
  const directory = await mkdtemp(join(tmpdir(), 'skein-tokens-'))
  const db = await openDatabase(directory)
  const newId = idsFrom(systemClock.now)
  const stores = storesOver(db, systemClock.now, newId)
  const random = randomFrom(7)
  let script: Script = { speaker: 'Mira', endsScene: false }
  const { models, calls } = scriptedModels(random, () => script)
  const engine = createEngine({
    ...stores,
    ...{ models, newId, mode, setStage: async () => stage, showWait: () => {} },
    ...{ clock: systemClock, log: silentLogger() },
    prompts: await readPrompts(templateNames),
    queue: storyQueue(),
    oocMarks: DEFAULT_OOC_MARKS,
    zone: 'UTC',
    ...{ maxTokens: 700, temperature: 0.8, deadlineMs: 300_000, settleMs: 10_000 },
  })
  const begun = await engine.start(
    { ref, guild: '9', thread: '500', parent: '400' },
    {
      player: ada,
      title: 'The Lighthouse at Grey Point',
      premise: prose(random, 60),
      character: { name: 'Mira', persona: prose(random, 60) },
      you: `Ada, ${prose(random, 15)}`,
    },
    'start',
  )
  if (begun !== 'duplicate') await begun.opened
  await engine.edit(
    ref,
    ({ state }) => createCharacter(state, ada.id, { name: 'Eli', persona: prose(random, 60) }, newId),
    'eli',
  )
  const order: string[] = []
  for (let nth = 0; nth < turns; nth += 1) {
    const speaker = SPEAKERS[nth % 2] ?? 'Mira'
    script = { speaker, endsScene: nth % SCENE === SCENE - 1 }
    if (nth % SCENE === 0)
      await engine.edit(ref, ({ state }) => openScene(state, ada.id, {}, newId), `s${nth}`)
    const text = `*${prose(random, between(random, 5, 15))}* "${speaker}, ${prose(random, between(random, 8, 25))}"`
    const said = await engine.say(ref, '500', { id: `m${nth}`, sentAt: nth * 10_000, player: ada, text })
    if (typeof said === 'object' && isRefusal(said)) throw new Error(said.refused)
    // What is asked beside the queue is waited for: each turn then has its own calls.
    await engine.idle()
    const head = await stores.store.load(ref)
    order.push(head?.state.turn.id ?? '')
  }
  await engine.close()
  const head = await stores.store.load(ref)
  const lines = head ? await stores.store.lines(head, 1, head.state.turn.number) : []
  await db.destroy()
  await rm(directory, { recursive: true })
  return { calls, turns: order, lines }
}
