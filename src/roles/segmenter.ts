import { z } from 'zod'
import type { ChatMessage } from '../prompt/message.ts'
import type { Segment } from '../story/segment.ts'

/** Whether a model has something to find out: a message without a single mark. */
export const needsSegmenter = (segments: readonly Segment[]): boolean =>
  segments.length > 0 && segments.every(({ kind }) => kind === 'prose')

/** What is out of character only a player's own marks say. */
const SegmenterProposal = z.object({
  segments: z.array(z.object({ kind: z.enum(['dialogue', 'action', 'prose']), text: z.string() })),
})
export type SegmenterProposal = z.infer<typeof SegmenterProposal>

/** What the pieces' kinds and quotation marks cost beside their words, in tokens. */
const FRAME_TOKENS = 300

/** What a segmenter is asked about a message without marks. */
export const segmenterRequest = (text: string, instructions: string, boundaries: string) => {
  const messages: ChatMessage[] = [
    { role: 'system', content: [instructions, boundaries].filter(Boolean).join('\n\n'), cache: true },
    { role: 'user', content: text },
  ]
  const fallback: SegmenterProposal = { segments: [] }
  return {
    messages,
    schema: SegmenterProposal,
    name: 'segmenter',
    fallback,
    // The message comes back whole: in any script, it has hardly more tokens than characters.
    maxTokens: FRAME_TOKENS + text.length,
    temperature: 0,
  } as const
}

const withoutBlanks = (text: string) => text.replace(/\s+/gu, '')

/** Up to where a text goes that has so many characters beside its blanks, with the blanks after them. */
const endAfter = (text: string, start: number, length: number): number => {
  let at = start
  for (let left = length; at < text.length; at += 1) {
    if (/\s/u.test(text[at] ?? '')) continue
    if (left === 0) break
    left -= 1
  }
  return at
}

/**
 * The message in the pieces that a model cut it into, with its own blanks. Undefined where they are not the message,
 * letter by letter: then what the grammar found stands.
 */
export const segmentsFrom = ({ segments }: SegmenterProposal, text: string): Segment[] | undefined => {
  const pieces = segments
    .map((piece) => ({ kind: piece.kind, letters: withoutBlanks(piece.text) }))
    .filter(({ letters }) => letters !== '')
  const isWhole = pieces.map(({ letters }) => letters).join('') === withoutBlanks(text)
  if (pieces.length === 0 || !isWhole || !pieces.every(({ letters }) => letters.isWellFormed()))
    return undefined
  const found: Segment[] = []
  let start = 0
  for (const { kind, letters } of pieces) {
    const end = endAfter(text, start, letters.length)
    const last = found.at(-1)
    const stretch = text.slice(start, end)
    if (last?.kind === kind) found[found.length - 1] = { kind, text: last.text + stretch }
    else found.push({ kind, text: stretch })
    start = end
  }
  return found
}
