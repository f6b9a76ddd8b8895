import { agree, listed, sentences } from '../compose/english.ts'
import { type Stage, stageOf } from '../compose/stage.ts'
import type { Random } from '../random.ts'
import type { ChatMessage, Reading } from '../read/prompt.ts'
import { readPrompt } from '../read/prompt.ts'

/** What strings are made of, from the prompt. Each word for a list goes on where the last one stopped. */
export type Words = {
  /** A text for a key of a schema, by what the key is called. */
  forKey(key: string): string
  /** More to say, for a text that has to be longer. */
  more(): string
  /** Words that stand in the prompt as they are, for patterns and choices. */
  readonly prompt: string
  readonly names: readonly string[]
}

const MOODS = ['uneasy', 'watchful', 'hopeful', 'wary', 'curious', 'tired']
const TIMES = ['a few minutes', 'a quarter of an hour', 'an hour']

/** What happened last, told in one sentence. */
const lately = ({ reading, deed }: Stage, actor: string): string => {
  const did = deed?.restated && `${actor} ${agree(actor, deed.restated).replace(/\byour\b/g, 'their')}`
  const said = deed?.speech && `says: “${deed.speech.words}”`
  if (did && said) return `${did} and ${said}`
  if (did) return `${did}.`
  if (said) return `${actor} ${said}`
  const last = reading.moments.at(-1)?.text ?? reading.premise
  return sentences(last)[0] ?? 'Nothing has happened yet.'
}

const turning = (list: readonly string[], otherwise: string): (() => string) => {
  let next = 0
  return () => list[next++ % Math.max(1, list.length)] ?? otherwise
}

const namesOf = (reading: Reading): string[] => {
  const spoke = reading.moments.map(({ by }) => by).filter((by) => by !== undefined)
  return [...new Set([...reading.cast.map(({ name }) => name), ...spoke])]
}

export const wordsFor = (messages: readonly ChatMessage[], random: Random): Words => {
  const reading = readPrompt(messages)
  const stage = stageOf(reading, random)
  const names = namesOf(reading)
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
  const event = () => lately(stage, actor)

  const byKey: readonly (readonly [RegExp, () => string])[] = [
    [/(^|_|\b)(id|ref|uid|slug|handle)s?$|Ids?$/, id],
    [/place|location|where|setting|scene$/i, () => place],
    [/title|heading|headline|label/i, () => reading.title || place],
    [/quote|line|evidence|citation|excerpt|said|words/i, quote],
    [/reason|why|because|motive|rationale|cause/i, () => `It follows from this: ${event()}`],
    [/mood|tone|emotion|feeling|attitude|state/i, mood],
    [/time|when|elapsed|duration|date/i, time],
    [/names?$|who|speaker|character|owner|witness|subject|actor|person|from|to$|about|present/i, name],
    [/thing|object|item|topic|keyword|tag|key/i, thing],
    [/summary|recap|synopsis|description|memory|fact|event|note|happened/i, event],
    [/participants|people/i, () => listed(names)],
    [/text|prose|content|message|reply|body|beat|plan|hook|next|suggestion|line/i, told],
  ]
  return {
    forKey: (key) => (byKey.find(([pattern]) => pattern.test(key))?.[1] ?? told)(),
    more: told,
    prompt: messages.map(({ content }) => content).join('\n'),
    names,
  }
}
