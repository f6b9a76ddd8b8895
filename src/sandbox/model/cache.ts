import { LRUCache } from 'lru-cache'
import { promptTokens } from './tokens.ts'
import { type CompletionRequest, textOf } from './wire.ts'

const PREFIXES_REMEMBERED = 200
const STEP = 128

type Said = { readonly role: string; readonly text: string }

/** The texts up to where they part: of whole messages, then the beginning of one. */
const shared = (one: readonly Said[], other: readonly Said[]): string[] => {
  const texts: string[] = []
  for (const [index, { role, text }] of one.entries()) {
    const also = other[index]
    if (also?.role !== role) break
    let length = 0
    while (length < text.length && text[length] === also.text[length]) length += 1
    texts.push(text.slice(0, length))
    if (length < text.length || length < also.text.length) break
  }
  return texts
}

/**
 * Counts how much of a prompt was cached: what it has in common with the last one that began with the same system
 * message, in steps of 128 tokens as at OpenAI. There prompts of less than 1,024 are never cached; here they are, so
 * that short stories show it as well.
 */
export const promptCache = (): ((request: CompletionRequest) => number) => {
  const last = new LRUCache<string, readonly Said[]>({ max: PREFIXES_REMEMBERED })
  return ({ model, messages, prompt_cache_key = '' }) => {
    const said = messages.map(({ role, content }) => ({ role, text: textOf(content) }))
    const system = said.find(({ role }) => role === 'system')?.text ?? ''
    const key = JSON.stringify([model, prompt_cache_key, system])
    const before = last.get(key)
    last.set(key, said)
    if (before === undefined) return 0
    return Math.floor(promptTokens(shared(said, before)) / STEP) * STEP
  }
}
