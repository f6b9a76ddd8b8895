import { countTokens } from '../../src/prompt/tokens.ts'
import { fts5, miniSearch } from './peers.ts'
import type { Conversation, StoryQuery } from './stories.ts'
import { type Recalled, told } from './told.ts'

/** The same of each way to recall. */
export type Ways<T> = { readonly skein: T; readonly fts5: T; readonly porter: T; readonly minisearch: T }

/** What of a query's evidence came to mind, as shares from 0 to 1. */
export type Averages = {
  readonly frac10: number
  readonly any5: number
  readonly any10: number
  readonly all10: number
  readonly tok400: number
  readonly tok1000: number
}

export type Measured = Ways<Averages> & { readonly category: string }

/** How many memories are looked at: more than 1,000 tokens of them hold. */
const LIMIT = 60

/** The memories that fit into so many tokens, as a prompt has them. */
const within = (found: readonly Recalled[], tokens: number): Recalled[] => {
  let used = 0
  return found.filter(({ body }) => {
    used += countTokens(`- ${body}\n`)
    return used <= tokens
  })
}

const judged = (found: readonly Recalled[], { evidence }: StoryQuery): Averages => {
  const wanted = new Set(evidence)
  const share = (some: readonly Recalled[]) =>
    some.filter(({ line }) => wanted.has(line)).length / wanted.size
  const top10 = share(found.slice(0, 10))
  return {
    frac10: top10,
    any5: share(found.slice(0, 5)) > 0 ? 1 : 0,
    any10: top10 > 0 ? 1 : 0,
    all10: top10 === 1 ? 1 : 0,
    tok400: share(within(found, 400)),
    tok1000: share(within(found, 1000)),
  }
}

const measureOne = async (conversation: Conversation): Promise<Measured[]> => {
  const { cast, lines, queries } = conversation
  const story = await told(conversation)
  const byOwner = Map.groupBy(queries, ({ by }) => by ?? cast[0] ?? '')
  const measured: Measured[] = []
  for (const [owner, asked] of byOwner) {
    const own = lines.filter(({ heard = cast }) => heard.includes(owner))
    const peers = { fts5: fts5(own, false), porter: fts5(own, true), minisearch: miniSearch(own) }
    for (const query of asked)
      measured.push({
        category: query.category,
        skein: judged(await story.recall(query.text, owner, LIMIT), query),
        fts5: judged(peers.fts5(query.text, LIMIT), query),
        porter: judged(peers.porter(query.text, LIMIT), query),
        minisearch: judged(peers.minisearch(query.text, LIMIT), query),
      })
  }
  await story.close()
  return measured
}

/** Asks every query of every conversation, each of whom it is put to. */
export const measure = async (conversations: readonly Conversation[]): Promise<Measured[]> => {
  const measured: Measured[] = []
  for (const conversation of conversations) measured.push(...(await measureOne(conversation)))
  return measured
}

const mean = (all: readonly number[]) => all.reduce((sum, one) => sum + one, 0) / Math.max(1, all.length)

const averagesOf = (all: readonly Averages[]): Averages => ({
  frac10: mean(all.map(({ frac10 }) => frac10)),
  any5: mean(all.map(({ any5 }) => any5)),
  any10: mean(all.map(({ any10 }) => any10)),
  all10: mean(all.map(({ all10 }) => all10)),
  tok400: mean(all.map(({ tok400 }) => tok400)),
  tok1000: mean(all.map(({ tok1000 }) => tok1000)),
})

/** The means over some queries. */
export const averageOf = (measured: readonly Measured[]): Ways<Averages> => ({
  skein: averagesOf(measured.map(({ skein }) => skein)),
  fts5: averagesOf(measured.map((each) => each.fts5)),
  porter: averagesOf(measured.map(({ porter }) => porter)),
  minisearch: averagesOf(measured.map(({ minisearch }) => minisearch)),
})
