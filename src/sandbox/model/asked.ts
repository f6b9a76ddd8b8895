import type { Schema } from './schema/node.ts'
import { type CompletionRequest, textOf } from './wire.ts'

/** What is written where JSON is asked for and no schema says which. */
const anyObject: Schema = {
  type: 'object',
  properties: { summary: { type: 'string' }, place: { type: 'string' }, name: { type: 'string' } },
  required: ['summary', 'place', 'name'],
}

const JSON_ALONE =
  /\bJSON (alone|only)\b|\b(only|just|nothing but) (a |an |one )?(valid )?JSON\b|\b(answer|reply|respond) (only )?(with|in|as) (a |an |one )?(valid )?JSON\b/i

/** From each opening brace to the one that closes it, those inside strings apart. */
const objectsIn = (text: string): unknown[] => {
  const found: unknown[] = []
  for (let from = text.indexOf('{'); from >= 0; from = text.indexOf('{', from + 1)) {
    let depth = 0
    const parts = /"(?:[^"\\]|\\.)*"|[{}]/g
    parts.lastIndex = from
    for (let part = parts.exec(text); part !== null; part = parts.exec(text)) {
      if (part[0] === '{') depth += 1
      if (part[0] === '}') depth -= 1
      if (depth > 0) continue
      try {
        found.push(JSON.parse(text.slice(from, parts.lastIndex)))
        from = parts.lastIndex - 1
      } catch {}
      break
    }
  }
  return found
}

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' &&
  value !== null &&
  ['type', '$ref', 'anyOf', 'oneOf', 'allOf', 'enum', 'const', 'properties'].some((key) => key in value)

/** What the standing instructions say. What people wrote asks for nothing. */
const instructions = ({ messages }: CompletionRequest): string =>
  messages
    .filter(({ role }) => role === 'system' || role === 'developer')
    .map(({ content }) => textOf(content))
    .join('\n\n')

/** The schema that the answer is to fit, by the request's format or its instructions; undefined for prose. */
export const schemaAskedFor = (request: CompletionRequest): Schema | undefined => {
  const format = request.response_format
  const inWords = () => objectsIn(instructions(request)).findLast(isSchema)
  if (format?.type === 'json_schema') return (format.json_schema.schema as Schema | undefined) ?? anyObject
  if (format?.type === 'json_object') return inWords() ?? anyObject
  return JSON_ALONE.test(instructions(request)) ? (inWords() ?? anyObject) : undefined
}
