import type { APIMessage, APIUser } from 'discord-api-types/v10'
import type { SeenMessage } from '../doubles/visitor.ts'

const indent = (text: string): string => text.replace(/^(?=.)/gmu, '    ')

const buttonsOf = ({ components = [] }: APIMessage): string[] =>
  components.flatMap((row) =>
    'components' in row
      ? row.components.flatMap((part) => ('label' in part && part.label ? [`[${part.label}]`] : []))
      : [],
  )

const nameOf = ({ username, global_name }: APIUser): string => global_name ?? username

const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`

/** One message for people to read: who, how fast, over how many edits, and what. `askedAt`: when it was asked for. */
export const describe = (
  { message, edits, at, changedAt }: SeenMessage,
  askedAt: number | undefined,
): string => {
  const buttons = buttonsOf(message)
  const timing =
    message.author.bot && askedAt !== undefined
      ? ` · first text after ${seconds(at - askedAt)}, ${edits} edits over ${seconds(changedAt - at)}`
      : ''
  return [
    `  ${nameOf(message.author)}${timing}`,
    indent(message.content),
    ...(buttons.length > 0 ? [indent(buttons.join(' '))] : []),
  ].join('\n')
}
