import type { Link } from './links.ts'
import { baseName } from './tokenizer.ts'

/** How many tokens well-known models take, prompt and answer together, by how their ids begin. */
type Known = { readonly model: RegExp; readonly context: number }

/** The first that fits counts. Only what their makers state for every version that the pattern covers. */
const knownContexts: readonly Known[] = [
  { model: /^gpt-5/, context: 400_000 },
  { model: /^gpt-4\.1/, context: 1_047_576 },
  { model: /^(gpt-4o|chatgpt-4o|gpt-4-turbo)/, context: 128_000 },
  { model: /^gpt-4-32k/, context: 32_768 },
  { model: /^gpt-4(-0613|-0314)?$/, context: 8_192 },
  { model: /^gpt-3\.5-turbo(-0125|-1106)?$/, context: 16_385 },
  { model: /^o1-(mini|preview)/, context: 128_000 },
  { model: /^(o1|o3|o4)(-|$)/, context: 200_000 },
  { model: /^claude-/, context: 200_000 },
  { model: /^gemini-(1\.5-flash|2\.0-flash|2\.5)/, context: 1_048_576 },
]

/**
 * How many tokens a link takes, prompt and answer together: by its settings, else as it was learned from its server, else
 * as is well known of its model. Undefined where nobody knows.
 */
export const contextOf = ({ connection, model }: Link): number | undefined =>
  connection.context ??
  connection.book.of(model).context ??
  knownContexts.find(({ model: pattern }) => pattern.test(baseName(model)))?.context
