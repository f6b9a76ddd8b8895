import { readFile } from 'node:fs/promises'
import { atLeast, type Bench, type Figure, reported } from './figure.ts'
import { Conversations } from './recall/file.ts'
import { type Averages, averageOf, measure, type Ways } from './recall/measure.ts'
import { type Conversation, generatedStory } from './recall/stories.ts'

/** Stories that the project makes itself: how many, and of how many scenes. */
const STORIES = 8
const SCENES = 40

const generated = (): Conversation[] =>
  Array.from({ length: STORIES }, (_, at) => generatedStory(at + 1, SCENES))

const readFrom = async (file: string): Promise<readonly Conversation[]> =>
  Conversations.parse(JSON.parse(await readFile(file, 'utf8'))).conversations

const versus = (ways: Ways<Averages>, of: (averages: Averages) => number) => ({
  fts5: of(ways.fts5),
  fts5_porter: of(ways.porter),
  minisearch: of(ways.minisearch),
})

/** What must hold, by what is measured: with data of others, and with our own. */
const BARS = {
  data: { frac10: 0.78, any10: 0.85, tok400: 0.77, multihop_frac10: 0.46 },
  generated: { frac10: 0.78, any10: 0.78, tok400: 0.78, multihop_frac10: 0.6 },
} as const

/**
 * How much of what a question is about comes to mind, over the path that turns take: with `--data FILE`, of the
 * conversations in a file; otherwise of stories that are made for it.
 */
export const bench: Bench = async ({ data }): Promise<Figure[]> => {
  const conversations = data === undefined ? generated() : await readFrom(data)
  const bars = BARS[data === undefined ? 'generated' : 'data']
  const measured = await measure(conversations)
  const all = averageOf(measured)
  const multihop = averageOf(measured.filter(({ category }) => category === 'multi-hop'))
  const categories = [...new Set(measured.map(({ category }) => category))].sort()
  const further = (id: string, averages: Ways<Averages>): Figure[] =>
    (['frac10', 'any5', 'any10', 'all10', 'tok400', 'tok1000'] as const).map((name) =>
      reported(
        [`${id}_${name}`, averages.skein[name], ''],
        versus(averages, (other) => other[name]),
      ),
    )
  return [
    ...(['frac10', 'any10', 'tok400'] as const).map((name) =>
      atLeast(
        [name, all.skein[name], '', bars[name]],
        versus(all, (other) => other[name]),
      ),
    ),
    atLeast(
      ['multihop_frac10', multihop.skein.frac10, '', bars.multihop_frac10],
      versus(multihop, ({ frac10 }) => frac10),
    ),
    ...further('all', all),
    ...categories.flatMap((category) =>
      further(category.replaceAll('-', ''), averageOf(measured.filter((each) => each.category === category))),
    ),
  ]
}
