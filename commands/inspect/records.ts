import type { Face } from '../../src/discord/command.ts'
import type { CallRow } from '../../src/turn/ports/ledger.ts'
import type { KeptFailure } from '../../src/turn/ports/models.ts'
import type { KeptPrompt, PhaseTime } from '../../src/turn/ports/records.ts'
import type { Target } from './target.ts'

/** All that is kept of a turn's answer. `plan` and `reason`: what it followed, and why that one spoke. */
export type Records = {
  readonly isAnswered: boolean
  readonly prompts: readonly KeptPrompt[]
  readonly phases: readonly PhaseTime[]
  readonly calls: readonly CallRow[]
  readonly failures: readonly KeptFailure[]
  readonly plan: string | undefined
  readonly reason: string | undefined
}

type Answer = Pick<Records, 'prompts' | 'phases'>

const answerOf = async ({ head, id }: Target, alternate: number, { records }: Face): Promise<Answer> => {
  const answer = { ...head.ref, turn: id, alternate }
  return { prompts: await records.promptsOf(answer), phases: await records.phasesOf(answer) }
}

// Which answer of a turn was in force that was taken back is not known any more: the last that is kept is shown.
const lastAnswerOf = async (target: Target, face: Face): Promise<Answer> => {
  let last: Answer = { prompts: [], phases: [] }
  for (let alternate = 0; ; alternate += 1) {
    const answer = await answerOf(target, alternate, face)
    if (answer.prompts.length + answer.phases.length === 0) return last
    last = answer
  }
}

/** Reads what is kept of a turn: of the answer that is in force, and all calls that were made for any of them. */
export const recordsOf = async (target: Target, face: Face): Promise<Records> => {
  const { head, id, told } = target
  const { story } = head.ref
  const texts = [told?.plan, told?.reason].filter((text) => text != null)
  const words = await face.words(story, texts)
  return {
    isAnswered: told?.phase === undefined || told.phase === 'told' || told.phase === 'failed',
    ...(await (told ? answerOf(target, told.alternate, face) : lastAnswerOf(target, face))),
    calls: await face.ledger.callsOf(story, id),
    failures: await face.failures.failuresOf(story, id),
    plan: words.get(told?.plan ?? ''),
    reason: words.get(told?.reason ?? ''),
  }
}
