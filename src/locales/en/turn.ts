import type { Ending, Failure, TurnFailure } from '../../story/turn.ts'
import type { Phase, PhaseTime } from '../../turn/ports/records.ts'
import { discordTime, seconds } from './times.ts'

const phaseTexts: Readonly<Record<Phase, string>> = {
  planning: 'planning',
  recalling: 'remembering',
  writing: 'writing',
  settling: 'settling',
}

const failureTexts: Readonly<Record<TurnFailure, string>> = {
  unauthorized:
    'The model refused Skein’s key, so it is not asked any more. Whoever runs Skein checks the key and starts Skein again, or has `/model test` reach the model; then try again.',
  rate_limited: 'The model is busy with too many requests. Wait a minute, then try again.',
  unavailable: 'The model could not be reached. Try again in a moment; if it stays away, tell an admin.',
  stalled: 'The model stopped answering. Try again.',
  cut: 'The line to the model broke before a word was written. Try again.',
  empty: 'The model answered with nothing. Try again, or write your turn another way.',
  refused: 'The model declined to write this. Take another direction, or try again.',
  rejected: 'The model did not accept the request. An admin finds the reason in the log; then try again.',
  interrupted: 'Skein was restarted before a word was written. Try again.',
  stopped: 'Stopped before a word was written.',
  too_long:
    'This story’s premise, cast and last messages are too long for one prompt. Write a shorter message.',
  internal:
    'Something went wrong on Skein’s side. Try again; if it happens once more, an admin finds the reason in the log.',
  over_budget: 'This would cost more than may be spent here. Ask an admin to raise the limit.',
  unpriced:
    'There is a limit on what may be spent here, and nobody has told Skein what this model costs. Ask an admin to set its price.',
  held_back:
    'What came would have crossed a line or lifted a veil, so Skein kept it back. Take another direction, or try again.',
}

/** What to shorten, by the section that a prompt has too much of; `length`: the answer that is to follow it. */
const tooLong: Readonly<Record<string, string>> = {
  story: 'This story’s premise is too long for one prompt. Begin a story with a shorter one.',
  cast: 'Together, the descriptions of this cast are too long for one prompt. Shorten some with `/character edit`.',
  self: 'This character’s description is too long for one prompt. Shorten it with `/character edit`.',
  rules: 'Skein’s own instructions are too long for one prompt. An admin can shorten them.',
  boundaries: 'There are too many lines and veils for one prompt. Ask an admin to join some.',
  examples:
    'How this character speaks is too long for one prompt. Shorten it with `/character edit` and **Add more**.',
  changes: 'How this character has changed is too long for one prompt. `/reset` lets it begin anew.',
  summary: 'What came before is too long for one prompt, though it is summed up. `/reset` begins anew.',
  scene: 'The scene is too long for one prompt. Let some who are here leave with `/scene leave`.',
  activity:
    'What all who are here are doing is too long for one prompt. Say it in fewer words with `/activity set`.',
  feelings:
    'What this character feels for all who are here is too long for one prompt. Let some leave with `/scene leave`.',
  pin: 'This character has too many pinned memories for one prompt. Let go of some with `/memory unpin`.',
  fact: 'This character knows too many facts for one prompt. `/reset` lets it begin anew.',
  memory: 'What this character remembers is too long for one prompt. Shorten it with `/memory edit`.',
  plan: 'The plan for this answer is too long for one prompt. Try again.',
  request:
    'What was asked of this answer is too long for one prompt. Give a shorter direction, or shorten the first scenes of the cast with `/character edit`.',
  length:
    'Answers may be so long here that this model has no room left for the story. Whoever leads the story can set a smaller length with `/settings story`; `/model set` chooses a model with more room.',
  history: 'The last messages are too long for one prompt. Write a shorter one.',
  line: 'Your message is too long for one prompt. Write a shorter one.',
}

/** What Skein says of a turn. */
export const turnTexts = {
  /**
   * What is done for an answer, each with how long it took; the last is under way. `reason`: why that one speaks, if
   * it is known.
   */
  progress: (times: readonly PhaseTime[], reason: string): string => {
    const steps = times.map(({ phase, ms }, index) =>
      index === times.length - 1 ? `${phaseTexts[phase]}…` : `${phaseTexts[phase]} ${seconds(ms)}`,
    )
    return [...(reason ? [reason] : []), steps.join(' · ') || 'The answer is on its way…'].join(' · ')
  },
  phases: (times: readonly PhaseTime[]): string =>
    times.map(({ phase, ms }) => `${phaseTexts[phase]} ${seconds(ms)}`).join(' · '),

  /** How an answer ended, where it did not simply end. */
  ending: {
    finished: undefined,
    length: undefined,
    stopped: 'Stopped here.',
    cut: 'The line to the model broke here. What was written is kept; write on to continue.',
    interrupted: 'Skein was restarted here. What was written is kept; write on to continue.',
    held_back: 'Skein stopped here: what came next would have crossed a line or lifted a veil.',
  } satisfies Record<Ending, string | undefined>,

  /** To whoever runs the bot. */
  keyNotTaken: (connection: string): string =>
    `The model connection “${connection}” refused its key, so Skein does not ask it any more. Check the key, then start Skein again or run \`/model test\`.`,

  /** Why no answer came, and what to do. */
  failed: ({ failure, until, section }: Pick<Failure, 'failure'> & Partial<Failure>): string => {
    if (failure === 'over_budget' && until != null)
      return `What may be spent here is used up. It begins anew ${discordTime(until)}; then try again.`
    if (failure === 'rate_limited' && until != null)
      return `The model takes no more requests until ${discordTime(until)}. Try again after that.`
    return (failure === 'too_long' && tooLong[section ?? '']) || failureTexts[failure]
  },
}
