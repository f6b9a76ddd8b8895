import { readPrompts } from '../../src/config/prompts.ts'
import { systemClock } from '../../src/kit/clock.ts'
import { silentLogger } from '../../src/kit/logger.ts'
import { templateNames } from '../../src/prompt/template.ts'
import { DEFAULT_OOC_MARKS } from '../../src/story/segment.ts'
import type { EngineDeps } from '../../src/turn/engine.ts'
import { storyQueue } from '../../src/turn/queue.ts'
import type { Stores } from './store.ts'

const prompts = await readPrompts(templateNames)

type Given = Pick<EngineDeps, 'models' | 'setStage' | 'newId'> & Partial<EngineDeps>

/** What an engine over some stores is made of. */
export const engineDeps = (stores: Stores, given: Given): EngineDeps => ({
  ...stores,
  ...{ prompts, clock: systemClock, log: silentLogger(), showWait: () => {} },
  queue: storyQueue(),
  oocMarks: DEFAULT_OOC_MARKS,
  zone: 'UTC',
  mode: 'full',
  ...{ maxTokens: 100, temperature: 1, deadlineMs: 60_000, settleMs: 10_000 },
  ...given,
})
