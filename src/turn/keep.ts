import type { ChatMessage } from '../prompt/message.ts'
import type { PlacedPart } from '../prompt/part.ts'
import { countTokens } from '../prompt/tokens.ts'
import type { Head } from '../story/head.ts'
import type { RoleName } from '../story/settings.ts'
import type { TurnDeps } from './context.ts'
import type { AnswerRef } from './ports/records.ts'

/** The answer that is in force in a head's newest turn. */
export const answerIn = ({ ref, state: { turn } }: Head): AnswerRef => ({
  ...ref,
  turn: turn.id,
  alternate: turn.alternate,
})

/** Of what all who are in the story may not know: such a prompt is made for everyone's secrets at once. */
const asPart = ({ role, content }: ChatMessage, count: (text: string) => number): PlacedPart => ({
  section: role === 'system' ? 'rules' : 'line',
  tier: 'must',
  text: content,
  audience: 'nobody',
  tokens: count(content),
  isKept: true,
})

/** Keeps what a role was sent that is not made of parts. `count`: in tokens, as its model counts them. */
export const keepMessages = async (
  { records }: Pick<TurnDeps, 'records'>,
  head: Head,
  role: RoleName,
  template: string,
  messages: readonly ChatMessage[],
  count: (text: string) => number = countTokens,
): Promise<void> => {
  const parts = messages.map((message) => asPart(message, count))
  const tokens = parts.reduce((sum, part) => sum + part.tokens, 0)
  await records.keepPrompt(answerIn(head), head.state.turn.number, { role, template, parts, tokens })
}
