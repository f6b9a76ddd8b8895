/** Text made of numbered tokens, so that what is visible tells which tokens it is. */

const TOKENS_EACH = 1000
/** Streams that can be told apart within one channel. */
const WRITERS = 40

/** Three letters for a token's number, which names its stream too. */
const nameOf = (stream: number, token: number): string =>
  ((stream % WRITERS) * TOKENS_EACH + token).toString(36).padStart(3, '0')

/** Sentences of 12 tokens, paragraphs of 5 sentences: 4.1 units a token, as in English prose. */
const endOf = (token: number): string => {
  if (token % 60 === 59) return '.\n\n'
  return token % 12 === 11 ? '. ' : ' '
}

/** A whole text of `count` tokens, at most 1,000, and how long it is after each of them. */
export const writeText = (stream: number, count: number): { text: string; ends: readonly number[] } => {
  let text = ''
  const ends = Array.from({ length: count }, (_, token) => {
    text += nameOf(stream, token) + endOf(token)
    return text.length
  })
  return { text, ends }
}

/** Which writer's tokens a message's content shows, from the first to the last. */
export type Span = { readonly writer: number; readonly first: number; readonly last: number }

export const writerOf = (stream: number): number => stream % WRITERS

export const spanOf = (content: string): Span | undefined => {
  const numbers = content.match(/[0-9a-z]{3}/g)?.map((name) => Number.parseInt(name, 36))
  const first = numbers?.[0]
  const last = numbers?.at(-1)
  if (first === undefined || last === undefined) return undefined
  return { writer: Math.floor(first / TOKENS_EACH), first: first % TOKENS_EACH, last: last % TOKENS_EACH }
}
