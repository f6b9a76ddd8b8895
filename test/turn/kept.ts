import type { KeptSummary } from '../../src/turn/ports/records.ts'

/** A summary of some turns, whose owner and text have names. */
export const kept = (owner: string, from: number, to: number, text: string, level = 0): KeptSummary => ({
  ...{ id: `${owner} ${text}`, owner, text, from, to, level },
  ...{ body: `Body of ${text}.`, newcomers: [] },
})
/** Without its words: some that it rests on were erased. */
export const lost = (...given: Parameters<typeof kept>): KeptSummary => ({ ...kept(...given), body: '' })
/** Summaries from before some came into the story. */
export const whenWithout = (newcomers: readonly string[], rows: readonly KeptSummary[]): KeptSummary[] =>
  rows.map((row) => ({ ...row, newcomers }))
