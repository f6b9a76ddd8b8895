import type { TokenUsage } from '../ledger/price.ts'
import { noUsage } from '../ledger/price.ts'
import type { Attempt } from './attempt.ts'
import type { Capabilities } from './capabilities.ts'
import { counterOf, likelyTokensIn } from './tokenizer.ts'
import type { WireRequest } from './wire.ts'

/** Tokenizers that are much alike differ by less than that. */
const MARGIN = 1.2

const withMargin = (tokens: number): number => Math.ceil(tokens * MARGIN)

/**
 * What a call used by our own count, with a fifth on top, for one that ended before its provider told. Reasoning that was not
 * shown counts as much as was ever seen; where nothing came at all, what was written is not known, and may be all that
 * was allowed (`most`).
 */
export const countedIn = (
  wire: Pick<WireRequest, 'model' | 'messages' | 'format'>,
  { written, reasoned }: Pick<Attempt, 'written' | 'reasoned'>,
  { reasoning }: Pick<Capabilities, 'reasoning'>,
  most: number,
): TokenUsage => {
  const hidden = reasoned ? 0 : reasoning
  const output = written === '' ? most : withMargin(counterOf(wire.model)(written)) + hidden
  return { ...noUsage, input: withMargin(likelyTokensIn(wire)), output: Math.min(output, most) }
}
