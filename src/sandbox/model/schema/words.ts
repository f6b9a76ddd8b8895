import { changeAfter } from '../compose/change.ts'
import { listed, sentences } from '../compose/english.ts'
import { feelingAfter, touching } from '../compose/keepsake.ts'
import { type Reteller, reteller } from '../compose/retell.ts'
import { stageOf } from '../compose/stage.ts'
import type { Random } from '../random.ts'
import { type Line, linesIn, momentOf } from '../read/lines.ts'
import { type ChatMessage, type Member, type Reading, readPrompt } from '../read/prompt.ts'

/** Where in a value a part of it stands: under which key, beside what, on which line its entry rests, and whose it is. */
export type Spot = {
  readonly inside: string
  readonly beside: readonly unknown[]
  readonly line: Line | undefined
  /** From whose view it is told. */
  readonly whose: string | undefined
}

/** What values are made of, from the prompt. Each word for a list goes on where the last one stopped. */
export type Words = {
  /** A text for a key of a schema, by what the key is called. */
  forKey(key: string, spot: Spot): string
  /** More to say, for a text that has to be longer. */
  more(): string
  /** Words that stand in the prompt as they are, for patterns and choices. */
  readonly prompt: string
  readonly cast: readonly Member[]
  readonly retell: Reteller
  /** What the prompt is about, the oldest first. */
  readonly lines: readonly Line[]
  /** Of these, those that can be told again: what players did before all else, the newest first. */
  readonly notable: readonly Line[]
}

const MOODS = ['uneasy', 'watchful', 'hopeful', 'wary', 'curious', 'tired']
const TIMES = ['a few minutes', 'a quarter of an hour', 'an hour']

/** People stop reading reasons that are longer. */
const LONGEST_REASON = 118

const short = (text: string): string =>
  text.length <= LONGEST_REASON ? text : `${text.slice(0, LONGEST_REASON - 1).replace(/\s+\S*$/, '')}…`

const turning = (list: readonly string[], otherwise: string): (() => string) => {
  let next = 0
  return () => list[next++ % Math.max(1, list.length)] ?? otherwise
}

const namesOf = (reading: Reading): string[] => {
  const spoke = reading.moments.map(({ by }) => by).filter((by) => by !== undefined)
  return [...new Set([...reading.cast.map(({ name }) => name), ...spoke])]
}

/** The prompt as it reads where lines are listed in it, rather than said one by one. */
const listedIn = (reading: Reading, lines: readonly Line[]): Reading =>
  lines.some(({ number }) => number !== undefined)
    ? { ...reading, moments: lines.map(momentOf), latest: lines.slice(-1).map(momentOf) }
    : reading

/** The cast, who else has a line, and who can be chosen. */
const peopleIn = ({ cast }: Reading, lines: readonly Line[], choices: readonly string[]): Member[] => {
  const names = [...lines.map(({ by }) => by), ...choices].filter((name) => name !== undefined)
  const others = [...new Set(names)].filter(
    (by) => by !== 'Narrator' && !cast.some(({ name }) => name === by),
  )
  return [...cast, ...others.map((name) => ({ name, played: false, description: '' }))]
}

/** Players' lines first: most of what matters is what they do, and others are moved by it. */
const notableIn = (lines: readonly Line[], cast: readonly Member[], { retold }: Reteller): Line[] => {
  const found = lines.filter((line) => retold(line) !== undefined).toReversed()
  const isPlayed = ({ by }: Line) => cast.some(({ name, played }) => played && name === by)
  return [...found.filter(isPlayed), ...found.filter((line) => !isPlayed(line))]
}

/** `choices`: names that a schema lists. */
export const wordsFor = (
  messages: readonly ChatMessage[],
  random: Random,
  choices: readonly string[] = [],
): Words => {
  const lines = linesIn(messages)
  const reading = listedIn(readPrompt(messages), lines)
  const stage = stageOf(reading, random)
  const cast = peopleIn(reading, lines, choices)
  const retell = reteller(cast)
  const names = namesOf(reading)
  const prompt = messages.map(({ content }) => content).join('\n')
  const actor = stage.deed?.by ?? names[0] ?? 'Someone'
  const place = stage.facts.place?.[0] ?? stage.genre.place
  const name = turning([actor, ...names.filter((each) => each !== actor)], 'Someone')
  const thing = turning([...(stage.facts.prop ?? []), ...stage.genre.thing], place)
  const told = turning(
    [...stage.genre.sense, ...stage.genre.change].filter((each) => !each.includes('#')),
    place,
  )
  const quote = turning(
    reading.moments.flatMap(({ text }) => sentences(text)),
    reading.premise || 'Nothing has been said yet.',
  )
  const mood = turning(MOODS, 'watchful')
  const time = turning(TIMES, 'a few minutes')
  const id = turning(['one', 'two', 'three', 'four', 'five', 'six'], 'one')
  const event = ({ line, whose }: Spot) =>
    (line && retell.retold(line, whose)) ?? sentences(reading.premise)[0] ?? 'Nothing has happened yet.'
  const feltFor = (spot: Spot) => event(spot).replace(`${spot.line?.by} `, '').replace(/\.$/, '')
  const beat = (spot: Spot) =>
    spot.beside.length === 0 ? `Show what comes of this: ${event(spot)}` : `Let ${thing()} be noticed.`
  const attended = ({ line, beside }: Spot) =>
    line?.by !== undefined && !beside.includes(line.by) ? line.by : thing()

  const byKey: readonly (readonly [RegExp, (spot: Spot) => string])[] = [
    [/(^|_|\b)(id|ref|uid|slug|handle)s?$|Ids?$/, id],
    [/^change$/i, ({ line }) => changeAfter(line, prompt, retell, random)],
    [/^(summary|recap|synopsis)$/i, () => retell.summary(touching(lines, prompt), place)],
    [/beat|direction|guidance|hook|^plan$|step|suggestion/i, beat],
    [/leave|room|open_?(end|question)/i, ({ line }) => `What ${line?.by ?? actor} does next.`],
    [/place|location|where|setting|scene$/i, () => place],
    [/title|heading|headline/i, () => reading.title || place],
    [/label|activit|doing/i, ({ line }) => (line ? retell.activity(line) : 'waits')],
    [/posture|stance/i, () => 'standing'],
    [/attend|attention|looks?_?at/i, attended],
    [/quote|line|evidence|citation|excerpt|said|words/i, quote],
    [/reason|why|because|motive|rationale|cause/i, (spot) => short(event(spot))],
    [/mood|tone|emotion|feeling|attitude|state/i, mood],
    [/time|when|elapsed|duration|date/i, time],
    [/names?$|who|speaker|character|owner|witness|subject|actor|person|from|to$|about|present/i, name],
    [/thing|object|item|topic|keyword|tag|key|hold/i, thing],
    [/summary|recap|synopsis|description|memory|fact|event|note|happened/i, event],
    [/participants|people/i, () => listed(names)],
    [/text|prose|content|message|reply|body|next|line/i, told],
  ]
  // The text of a memory is what happened, whatever the text of something else would be.
  const isRecord = (key: string, { inside }: Spot) =>
    /memor|fact|event|note|shift|change/i.test(inside) && /text|body|content|what|statement|reason/i.test(key)
  const isPiece = (key: string, { inside }: Spot) =>
    /segment|piece/i.test(inside) && /text|content/i.test(key)
  const isFeeling = (key: string, { inside }: Spot) => /feeling/i.test(inside) && /summary/i.test(key)
  const makerFor = (key: string, spot: Spot) => {
    if (isFeeling(key, spot)) return ({ line }: Spot) => feelingAfter(line, retell)
    if (/shift/i.test(spot.inside) && /reason/i.test(key)) return (at: Spot) => short(feltFor(at))
    if (isRecord(key, spot)) return event
    if (isPiece(key, spot)) return () => messages.at(-1)?.content ?? ''
    return byKey.find(([pattern]) => pattern.test(key))?.[1] ?? told
  }
  return {
    forKey: (key, spot) => makerFor(key, spot)(spot),
    more: told,
    prompt,
    cast,
    retell,
    lines,
    notable: notableIn(lines, cast, retell),
  }
}

/** What the lines of a prompt come to, as prose. */
export const summaryFor = (messages: readonly ChatMessage[], random: Random): string => {
  const words = wordsFor(messages, random)
  return words.forKey('summary', {
    ...{ inside: '', beside: [], whose: undefined },
    line: words.lines.at(-1),
  })
}
