import { countTokens, MESSAGE_OVERHEAD } from '../../src/prompt/tokens.ts'
import type { Line } from '../../src/story/line.ts'
import type { RoleName } from '../../src/story/settings.ts'
import type { Call } from './models.ts'
import type { Told } from './story.ts'

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)

/** What each turn was sent and wrote, over all of its calls. */
export const perTurn = ({ calls, turns }: Told) => {
  const byTurn = Map.groupBy(calls, ({ turn }) => turn)
  return turns.map((turn) => {
    const own = byTurn.get(turn) ?? []
    return {
      calls: own.length,
      input: own.reduce((sum, { input }) => sum + input, 0),
      output: own.reduce((sum, { output }) => sum + output, 0),
    }
  })
}

/** The mean of the 20 turns around one, or of the last 20 where there are not so many after it. */
export const around = (values: readonly number[], turn: number): number => {
  const end = Math.min(values.length, turn + 10)
  return mean(values.slice(end - 20, end))
}

export const inputOfRole = ({ calls }: Told, role: RoleName): number =>
  mean(calls.filter((call) => call.role === role).map(({ input }) => input))

const sharedPrefix = (one: string, other: string): number => {
  const most = Math.min(one.length, other.length)
  let at = 0
  while (at < most && one[at] === other[at]) at += 1
  return at
}

/** Of prompts in order, the mean share of each that begins byte by byte as the last one of the same speaker. */
export const prefixShare = (
  prompts: readonly { readonly speaker: string; readonly prompt: string }[],
): number => {
  const last = new Map<string, string>()
  const shares: number[] = []
  for (const { speaker, prompt } of prompts) {
    const before = last.get(speaker)
    last.set(speaker, prompt)
    if (before !== undefined)
      shares.push(
        sharedPrefix(Buffer.from(before).toString('latin1'), Buffer.from(prompt).toString('latin1')) /
          Buffer.byteLength(prompt),
      )
  }
  return mean(shares)
}

/** The writer's prompts, each with whose it is: its first line says so. */
export const writersPrompts = (calls: readonly Call[]) =>
  calls
    .filter(({ role }) => role === 'writer')
    .map(({ prompt }) => ({ speaker: prompt.slice(0, 80), prompt }))

type Naive = { readonly speaker: string; readonly prompt: string; readonly input: number }

/**
 * What the writer alone would be sent where all that was said is the prompt, behind standing instructions: all of it,
 * or with a limit the newest that fits.
 */
export const naivePrompts = (lines: readonly Line[], standing: string, limit = Infinity): Naive[] => {
  const turns = [...Map.groupBy(lines, ({ turn }) => turn).values()]
  const told = turns.map((some) => some.map(({ speaker, text }) => `${speaker}: ${text}\n`).join(''))
  const sizes = told.map((text) => countTokens(text) + MESSAGE_OVERHEAD)
  const before = countTokens(standing) + MESSAGE_OVERHEAD
  return told.slice(1).map((_, index) => {
    const now = index + 1
    let from = now
    let input = before + (sizes[now] ?? 0)
    while (from > 0 && input + (sizes[from - 1] ?? 0) <= limit) {
      from -= 1
      input += sizes[from] ?? 0
    }
    // All of it is only measured, not put together: a thousand such prompts would fill the memory.
    const prompt = limit === Infinity ? '' : standing + told.slice(from, now + 1).join('')
    return { speaker: 'one', prompt, input }
  })
}
