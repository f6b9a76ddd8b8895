import { type Random, randomFrom, shuffled } from '../random.ts'
import { type Deed, readDeed } from '../read/deed.ts'
import { definite, headNouns, nounPhrases } from '../read/language.ts'
import type { Member, Reading } from '../read/prompt.ts'
import { anyGenre, type Genre, genres } from '../words/genres/index.ts'
import { moods } from '../words/narration.ts'
import { placeWords } from '../words/places.ts'
import { agree, possessive, withArticle } from './english.ts'
import { literal, type Rules } from './grammar.ts'

/** All that a turn is composed from. What belongs to the story is the same at each of its turns. */
export type Stage = {
  readonly reading: Reading
  readonly deed: Deed | undefined
  readonly genre: Genre
  /** The mysteries of this story, one after the other. */
  readonly told: readonly string[]
  readonly said: readonly string[]
  readonly mood: readonly string[]
  /** The symbols of the grammar that come from the prompt. One that the prompt says nothing about is missing. */
  readonly facts: Rules
}

/** The words of a text, plurals in the singular as well, and each two that stand together. */
const wordsIn = (text: string): Set<string> => {
  const words = (text.toLowerCase().match(/[\p{L}’']+/gu) ?? []).map((word) => word.replace(/[’']s$/, ''))
  const pairs = words.map((word, index) => `${word} ${words[index + 1] ?? ''}`)
  return new Set([...words, ...words.map((word) => word.replace(/s$/, '')), ...pairs])
}

const hits = (words: readonly string[], found: ReadonlySet<string>): number =>
  words.filter((word) => found.has(word)).length

const best = <T>(from: readonly T[], score: (each: T) => number): T | undefined =>
  from.reduce<T | undefined>(
    (top, each) => (score(each) > (top === undefined ? 0 : score(top)) ? each : top),
    undefined,
  )

const isPlace = (phrase: string): boolean =>
  phrase.split(' ').some((word) => placeWords.has(word.toLowerCase()))
const isOwned = (phrase: string): boolean => /^(his|her|their|its|my|your|our)\b/i.test(phrase)

/** What the premise or the title calls the place, the kind of place that fits the genre first. */
const placeOf = (reading: Reading, phrases: readonly string[], genre: Genre): string => {
  const named = [...phrases, ...nounPhrases(reading.title)].filter((each) => isPlace(each) && !isOwned(each))
  const fitting = named.find((phrase) => hits(genre.words, wordsIn(phrase)) > 0)
  const found = fitting ?? named[0]
  const called = found === undefined ? genre.place : definite(found)
  // A title has capitals that its words do not have: `The Lighthouse`.
  return /^the \S+$/.test(called) ? called.toLowerCase() : called
}

/** What the story is about, as things one can speak of: no place, and nobody who is in the cast. */
const propsOf = (reading: Reading, phrases: readonly string[], place: string): string[] => {
  const people = reading.cast
    .map(({ name, description }) => `${name} ${description}`)
    .join(' ')
    .toLowerCase()
  const isSomeone = (phrase: string) => people.includes(phrase.split(' ').at(-1)?.toLowerCase() ?? '')
  return phrases
    .filter((phrase) => !isOwned(phrase) && !isPlace(phrase))
    .map(definite)
    .filter(
      (phrase) => phrase !== place && !isSomeone(phrase) && !/^the (two|three|four|five|six)\b/.test(phrase),
    )
}

/** What someone is, from the first words of their description: `a gruff lighthouse keeper who …` → `a lighthouse keeper`. */
export const tradeOf = (description: string): string | undefined => {
  const [, found] =
    /^(?:an?|the)\s+([\p{L}’' -]{3,40}?)(?=\s+(?:who|whose|that|with|of|from|in|on|and|at|for|by)\b|[.,;:(]|$)/iu.exec(
      description,
    ) ?? []
  // A daughter of nobody is no trade.
  if (found !== undefined && /[’']s\b/.test(found)) return `the ${found}`
  const heads = found && headNouns(found)
  if (heads && !/^the\b/i.test(heads)) return withArticle(heads)
  // What stood before the comma was a quality: `a tired, courteous detective`.
  const later = description.replace(/^(an?|the)\s+[\p{L}’-]+,\s+/iu, '$1 ')
  return later === description ? undefined : tradeOf(later)
}

const playersOf = ({ cast, moments }: Reading): string[] => {
  const names = cast.filter(({ played }) => played).map(({ name }) => name)
  if (names.length > 0) return names
  const npcs = cast.map(({ name }) => name)
  const spoke = moments.filter(
    ({ own, by }) => !own && by !== undefined && !npcs.includes(by) && by !== 'Narrator',
  )
  return [...new Set(spoke.map(({ by }) => by).filter((by) => by !== undefined))]
}

/** Characters whom a narrator may speak for: those who do not speak for themselves. */
const voiceless = ({ cast, moments, speaker }: Reading): Member[] => {
  const speaking = new Set(moments.map(({ by }) => by))
  return cast.filter(({ name, played }) => !played && name !== speaker?.name && !speaking.has(name))
}

const one = (value: string | undefined): readonly string[] | undefined =>
  value === undefined || value === '' ? undefined : [literal(value)]

const lastWords = (words: string | undefined): string | undefined => {
  const found = words
    ?.replace(/[^\p{L}\p{M}\d'’ -]/gu, ' ')
    .trim()
    .split(/\s+/)
    .slice(-2)
    .join(' ')
  return found?.toLowerCase()
}

export const stageOf = (reading: Reading, random: Random): Stage => {
  const story = `${reading.title}. ${reading.premise}`
  const told = [story, ...reading.cast.map(({ description }) => description)].join(' ')
  const known = wordsIn(told.length > 10 ? told : reading.moments.map(({ text }) => text).join(' '))
  const genre = best(genres, ({ words, hints }) => 3 * hits(words, known) + hits(hints, known)) ?? anyGenre
  const fate = randomFrom(`fate of ${story}`)
  const phrases = nounPhrases(reading.premise)
  const place = placeOf(reading, phrases, genre)
  const props = propsOf(reading, phrases, place)

  const threads = shuffled(fate, genre.threads)
  const players = playersOf(reading)
  const deed = readDeed(reading.latest, reading.cast)
  const name = deed?.by ?? players[0]
  // With several players `you` could be any of them.
  const you = players.length > 1 && name !== undefined ? name : 'you'
  const others = voiceless(reading)
  const npc =
    others.find((each) => each.name === deed?.target) ??
    (others.length > 0 ? others[Math.floor(random() * others.length)] : undefined)
  const own = reading.speaker
  const does = deed?.restated && agree(you, deed.restated)

  const facts: Record<string, readonly string[] | undefined> = {
    place: [literal(place)],
    // One for a turn, so that a sentence that names it twice means the same.
    prop: one(props[Math.floor(random() * props.length)]),
    object: one(deed?.object),
    topic: one(deed?.speech?.topic ?? (deed?.kind === 'ask' ? deed.object : undefined)),
    lastwords: one(lastWords(deed?.speech?.words)),
    did: one(does && `${you} ${you === 'you' ? does : does.replace(/\byour\b/g, 'their')}`),
    you: [literal(you)],
    your: [literal(possessive(you))],
    self: one(own?.name),
    name: one(name ?? (own ? 'stranger' : undefined)),
    npc: one(npc?.name),
    trade: one(own ? tradeOf(own.persona) : npc && tradeOf(npc.description)),
    sound: genre.sound,
    smell: genre.smell,
    light: genre.light,
    surface: genre.surface,
    thing: genre.thing,
    way: shuffled(fate, genre.way).slice(0, 4),
    // The same few faces and ways all through a story: they are what it plays among.
    stranger: shuffled(fate, genre.stranger).slice(0, 2),
  }
  return {
    reading,
    deed,
    genre,
    told: threads.flatMap(({ told }) => told),
    said: threads.flatMap(({ said }) => said),
    mood: best(moods, ({ words }) => hits(words.split(' '), known))?.lines ?? [],
    facts: Object.fromEntries(
      Object.entries(facts).filter((entry): entry is [string, readonly string[]] => entry[1] !== undefined),
    ),
  }
}
