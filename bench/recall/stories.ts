import { between, randomFrom } from '../tokens/words.ts'
import {
  CHATTER,
  COLOURS,
  DEEDS,
  MATTERS,
  NAMES,
  PLACES,
  REACTIONS,
  REASONS,
  THINGS,
  TIMES,
} from './words.ts'

/** `heard`: who perceived it; without, the whole cast. */
export type StoryLine = {
  readonly id: string
  readonly scene: number
  /** ISO 8601. */
  readonly at: string
  readonly speaker: string
  readonly text: string
  readonly heard?: readonly string[]
}

/** `by`: who is asked; without, the first of the cast. `evidence`: the lines that answer it. */
export type StoryQuery = {
  readonly text: string
  readonly category: string
  readonly evidence: readonly string[]
  readonly by?: string
}

export type Conversation = {
  readonly name: string
  readonly cast: readonly string[]
  readonly lines: readonly StoryLine[]
  readonly queries: readonly StoryQuery[]
}

type Deed = (typeof DEEDS)[number]
type Fact = {
  readonly speaker: string
  readonly heard: readonly string[]
  readonly deed: Deed
  readonly thing: readonly string[]
  readonly place: readonly string[]
  /** The lines that say what was done, where, and when. */
  readonly what: string
  readonly where: string
  readonly when: string
}

const CAST = 4

/**
 * A story in which people tell each other what they did and who they are, among much else, some of them away at times;
 * and what a player might say next, who means one or several of these lines and seldom uses their words.
 */
export const generatedStory = (seed: number, scenes: number): Conversation => {
  const random = randomFrom(seed)
  const one = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T
  const often = (share: number) => random() < share
  const shuffled = <T>(all: readonly T[]): T[] =>
    all
      .map((each) => [random(), each] as const)
      .sort(([first], [second]) => first - second)
      .map(([, each]) => each)

  const cast = shuffled(NAMES).slice(0, CAST)
  const habits = new Map(cast.map((name) => [name, shuffled(DEEDS).slice(0, 4)]))
  const lines: StoryLine[] = []
  const facts: Fact[] = []
  const queries: StoryQuery[] = []
  const matters = shuffled(cast.flatMap((speaker) => MATTERS.map((matter) => ({ speaker, matter }))))
  const told = new Set<string>()

  for (let scene = 1; scene <= scenes; scene += 1) {
    const here = shuffled(cast).slice(0, between(random, 2, CAST))
    const at = new Date(Date.UTC(1890, 0, 1 + 3 * scene, 18)).toISOString()
    const say = (speaker: string, text: string): string => {
      const id = `S${scene}:${lines.length + 1}`
      lines.push({ id, scene, at, speaker, text, heard: here })
      return id
    }
    const another = (speaker: string) => one(here.filter((name) => name !== speaker))
    const chat = () => say(one(here), one(CHATTER))

    const tellDeed = (speaker: string) => {
      const deed = one(habits.get(speaker) ?? DEEDS)
      const [thing, place] = [one(THINGS), one(PLACES)]
      const key = `${speaker} ${deed.told} ${thing[0]}`
      if (told.has(key)) return
      told.add(key)
      const noun = `${often(0.5) ? `${one(COLOURS)} ` : ''}${thing[0]}`
      const rest = often(0.6) ? `, ${one(REASONS)}` : ''
      const other = another(speaker)
      const fact = { speaker, heard: here, deed, thing, place }
      const way = random()
      if (way < 0.4) {
        const id = say(speaker, `I ${deed.told} a ${noun} at the ${place[0]} ${one(TIMES)}${rest}.`)
        facts.push({ ...fact, what: id, where: id, when: id })
      } else if (way < 0.7) {
        say(other, `${speaker}, what became of the ${one(thing)}?`)
        const id = say(speaker, `I ${deed.told} it ${one(TIMES)}, near the ${place[0]}${rest}.`)
        facts.push({ ...fact, what: id, where: id, when: id })
      } else {
        const what = say(speaker, `I ${deed.told} a ${noun} ${one(TIMES)}.`)
        say(other, often(0.5) ? `A ${one(thing)}? ${one(REACTIONS)}` : one(REACTIONS))
        const where = say(speaker, `It was over at the ${place[0]}${rest}.`)
        facts.push({ ...fact, what, where, when: what })
      }
      if (often(0.6)) say(other, one(REACTIONS))
    }

    const tellMatter = () => {
      const at = matters.findIndex(({ speaker }) => here.includes(speaker))
      const [next] = at === -1 ? [] : matters.splice(at, 1)
      if (!next) return
      const { speaker, matter } = next
      const id = say(speaker, `${matter.told}, ${one(REASONS).replace(/^and /u, '')}.`)
      const other = another(speaker)
      say(other, one(REACTIONS))
      const words = shuffled(matter.about).slice(0, 2)
      queries.push({
        text: one([
          `${other} leans closer. “${speaker}, tell me again about the ${words.join(' and the ')}.”`,
          `What is it with ${speaker} and ${words[0]}?`,
          `Did ${speaker} not say something of ${words.join(', of ')}?`,
        ]),
        ...{ category: 'open-domain', evidence: [id], by: one(here) },
      })
    }

    for (let beat = between(random, 3, 6); beat > 0; beat -= 1) {
      for (let idle = between(random, 0, 3); idle > 0; idle -= 1) chat()
      if (often(0.7)) tellDeed(one(here))
      else tellMatter()
    }
  }

  for (const { speaker, heard, deed, thing, where, when } of facts) {
    const noun = one(thing)
    const [kind, category, evidence] = one([
      ['Where', 'single-hop', where],
      ['When', 'temporal', when],
    ] as const)
    const verb = one([deed.asked, deed.other])
    const text = one([
      `${kind} did ${speaker} ${verb} the ${noun}?`,
      `“${speaker}, do you remember ${kind.toLowerCase()} you ${deed.told.split(' ')[0]} that ${noun}?”`,
      `*turns to ${speaker}* “The ${noun}. ${kind} was it again?”`,
    ])
    queries.push({ text, category, evidence: [evidence], by: one(heard) })
  }
  const perDeed = Map.groupBy(facts, ({ speaker, deed }) => `${speaker} ${deed.told}`)
  const perPlace = Map.groupBy(facts, ({ speaker, place }) => `${speaker} ${place[0]}`)
  for (const [same, ask] of [
    ...[...perDeed.values()].map(
      (same) => [same, ({ speaker, deed }: Fact) => `What all did ${speaker} ${deed.asked}?`] as const,
    ),
    ...[...perPlace.values()].map(
      (same) =>
        [same, ({ speaker, place }: Fact) => `What was ${speaker} doing at the ${one(place)}?`] as const,
    ),
  ]) {
    const [first] = same
    const by = first && one(first.heard)
    const known = same.filter(({ heard }) => by !== undefined && heard.includes(by))
    if (!first || by === undefined || known.length < 2) continue
    const evidence = [...new Set(known.flatMap(({ what }) => what))]
    queries.push({ text: ask(first), category: 'multi-hop', evidence, by })
  }
  return { name: `story ${seed}`, cast, lines, queries }
}
