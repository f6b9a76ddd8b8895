import { compose } from '../../../src/sandbox/model/compose/prose.ts'
import { randomFrom } from '../../../src/sandbox/model/random.ts'
import { type ChatMessage, readPrompt } from '../../../src/sandbox/model/read/prompt.ts'

export type Premise = {
  readonly title?: string
  readonly premise?: string
  readonly cast?: readonly string[]
  /** The character who speaks; a narrator where none is named. */
  readonly speaker?: string
}

/** A writer's system prompt, as the product has it. */
export const systemPrompt = ({ title = '', premise = '', cast = [], speaker }: Premise): string =>
  [
    speaker
      ? `You are ${speaker}, a character in a story told in a Discord thread.`
      : 'You are the narrator of a story told in a Discord thread.',
    '# How you tell it\n- Never speak, think or act for the players: they are played by people.',
    `# Story\nTitle: ${title}\nPremise: ${premise}`,
    `# Cast\n${cast.map((line) => `- ${line}`).join('\n')}`,
  ].join('\n\n')

const OPENING = 'Begin the story: set the opening scene.'

export const answer = (messages: readonly ChatMessage[], seed = 'seed'): string =>
  compose(readPrompt(messages), randomFrom(seed + JSON.stringify(messages)), () => true)

/** Plays a story: the opening scene and an answer to each line. */
export const play = (premise: Premise, lines: readonly string[], seed = 'seed'): string[] => {
  const messages: ChatMessage[] = [{ role: 'system', content: systemPrompt(premise) }]
  const opening = answer([...messages, { role: 'user', content: OPENING }], seed)
  messages.push({ role: 'assistant', content: opening })
  const answers = lines.map((line) => {
    messages.push({ role: 'user', content: line })
    const text = answer(messages, seed)
    messages.push({ role: 'assistant', content: text })
    return text
  })
  return [opening, ...answers]
}
