import type { WriteRequest } from '../turn/ports.ts'
import type { StructuredKind } from './capabilities.ts'
import type { WireSchema } from './json-schema.ts'

type Messages = WriteRequest['messages']

const instruction = (schema: WireSchema['schema']): string =>
  `Answer with JSON alone: no words before or after it and no code fence. It must fit this JSON schema:\n${JSON.stringify(schema)}`

/** Says in words what the answer has to be. It stands at the start, which stays the same from call to call. */
const instructed = (messages: Messages, { schema }: WireSchema): Messages => {
  const [first, ...rest] = messages
  return first?.role === 'system'
    ? [{ ...first, content: `${first.content}\n\n${instruction(schema)}` }, ...rest]
    : [{ role: 'system', content: instruction(schema) }, ...messages]
}

/** What was wrong with an answer, and the answer itself, empty where none came. */
export type Broken = { readonly text: string; readonly problem: string }

/** Sends a broken answer back with what is wrong with it. */
const repairing = (messages: Messages, { text, problem }: Broken): Messages => [
  ...messages,
  // Some servers refuse a message without text.
  ...(text === '' ? [] : [{ role: 'assistant' as const, content: text }]),
  {
    role: 'user',
    content: `That answer cannot be used:\n${problem}\nAnswer again with the whole JSON, corrected, and nothing else.`,
  },
]

/** What to send. `broken`: the answer that came before, if it is to be repaired. */
export const messagesFor = (
  messages: Messages,
  wire: WireSchema,
  kind: StructuredKind,
  broken: Broken | undefined,
): Messages => {
  if (broken === undefined) return kind === 'json_schema' ? messages : instructed(messages, wire)
  // Whoever went wrong may have taken the schema and ignored it.
  return repairing(instructed(messages, wire), broken)
}
