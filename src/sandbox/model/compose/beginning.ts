import { nounPhrases } from '../read/language.ts'
import { type ChatMessage, type Member, readPrompt } from '../read/prompt.ts'
import type { Schema } from '../schema/node.ts'
import { conditions, hours, meaning, postures, standings, weathers } from '../words/beginnings.ts'
import { placeWords } from '../words/places.ts'
import { capital, sentences } from './english.ts'

/** Whether a schema asks for a scene: where it is, who is there, and how they stand to each other. */
const asksForBeginning = (schema: Schema): boolean =>
  typeof schema === 'object' &&
  ['place', 'present', 'relations'].every((key) => key in (schema.properties ?? {}))

const ROOMS = new Set('room chamber deck quay jetty roof stairs cell yard'.split(' '))
const PRIVATE = /\b(room|chamber|kitchen|cellar|attic|cabin|hut|cottage|apartment|vault|cell|office)$/i
const MOVING = /\b(ship|boat|train|carriage|starship|spaceship|airship|submarine|caravan|wagon)$/i
const THICK = /\b(vault|cell|crypt|tomb|cellar|mine)$/i

const lastWord = (phrase: string): string => phrase.split(' ').at(-1)?.toLowerCase() ?? ''
const isPlace = (phrase: string): boolean => placeWords.has(lastWord(phrase)) || ROOMS.has(lastWord(phrase))
const bare = (phrase: string): string =>
  capital(phrase.replace(/^(the|an?|this|that|his|her|their|my|your|our)\s+/i, ''))

const placed = (phrase: string) => ({ name: bare(phrase), type: lastWord(phrase) })

/** The first place that someone is said to be in, else the first that is named; and the one around it. */
const placeIn = (prose: string) => {
  const named = [...new Set(nounPhrases(prose).filter(isPlace))]
  const before = (phrase: string) => prose.slice(0, prose.indexOf(phrase))
  const found =
    named.find((phrase) => /(^|\b(in|at|on|inside|aboard|into|enters?|onto)\s+)$/i.test(before(phrase))) ??
    named[0]
  if (found === undefined) return null
  const rest = prose.slice(prose.indexOf(found) + found.length)
  const around = named.find(
    (phrase) =>
      phrase !== found &&
      new RegExp(`^,?\\s+(of|in|on|at|aboard|inside)\\s+${RegExp.escape(phrase)}`, 'i').test(rest),
  )
  return {
    ...placed(found),
    inside: around === undefined ? null : placed(around),
    moving: MOVING.test(found),
    public: !PRIVATE.test(found),
    audible: THICK.test(found) ? 'within' : 'near',
  }
}

const timeIn = (prose: string) => {
  const [, hour, minute] = /\b([01]?\d|2[0-3]):([0-5]\d)\b/.exec(prose) ?? []
  const time = hour === undefined ? meaning(hours, prose) : [Number(hour), Number(minute)]
  return time ? { day: 1, hour: time[0], minute: time[1] } : null
}

const names = (text: string, name: string): boolean =>
  new RegExp(`(?<!\\p{L})${RegExp.escape(name)}(?!\\p{L})`, 'u').test(text)

/** What is said of someone, clause by clause: from their name to the end of its sentence, or to another's name. */
const clausesOn = (name: string, prose: string, others: readonly string[]): string[] =>
  sentences(prose).flatMap((sentence) => {
    const after = new RegExp(`(?<!\\p{L})${RegExp.escape(name)}(?!\\p{L})\\s*(.*)$`, 'su').exec(sentence)?.[1]
    if (after === undefined) return []
    const clauses = after.split(/(?:[,;:.!?]\s*|\s+)(?:and|while|but)\s+|[,;:.!?]\s*/)
    const end = clauses.findIndex((clause) => others.some((other) => clause.startsWith(other)))
    return (end === -1 ? clauses : clauses.slice(0, end)).map((clause) => clause.trim()).filter(Boolean)
  })

const HOLDS = /\b(?:holds?|holding|carries|carrying|clutch(?:es|ing)|grips?|gripping)\s+(.+)$/i
const IN_HAND = /^(?:with\s+)?(.+?)\s+in\s+(?:(?:his|her|their|one)\s+)?hands?$/i
const ATTENDS =
  /\b(?:watch(?:es|ing)|look(?:s|ing) at|star(?:es|ing) at|listen(?:s|ing) to|fac(?:es|ing)|eye(?:s|ing))\s+(.+)$/i
const BEING = /^(?:is|was|are)\s+/i
const DOES = /^(?:\w+ing|\w+s)\s/i

const shown = (text: string): string => text.replace(BEING, '').slice(0, 60)

const personIn = ({ name }: Member, prose: string, cast: readonly Member[]) => {
  const others = cast.filter((member) => member.name !== name).map((member) => member.name)
  const clauses = clausesOn(name, prose, others)
  const first = (pattern: RegExp) => clauses.map((clause) => pattern.exec(clause)?.[1]).find(Boolean)
  const holding = clauses.flatMap((clause) => (HOLDS.exec(clause) ?? IN_HAND.exec(clause))?.[1] ?? [])
  const attended = first(ATTENDS)
  const isOther = (clause: string) =>
    [HOLDS, IN_HAND, ATTENDS].some((pattern) => pattern.test(clause)) ||
    meaning(postures, clause) !== undefined ||
    meaning(standings, clause) !== undefined ||
    /\b(not|never|has|had)\b/i.test(clause)
  const action = clauses
    .map((clause) => clause.replace(BEING, ''))
    .find((clause) => DOES.test(clause) && !isOther(clause))
  return {
    who: name,
    posture: meaning(postures, clauses.join(', ')) ?? null,
    action: action === undefined ? null : shown(action),
    attends_to:
      attended === undefined ? null : (others.find((other) => names(attended, other)) ?? shown(attended)),
    holding: holding.map(shown),
    status: meaning(conditions, clauses.join(', ')) ?? null,
  }
}

const isThere = ({ name, played }: Member, prose: string): boolean => {
  const away = new RegExp(
    `${RegExp.escape(name)} (is|was|has) (away|gone|elsewhere|left|absent|dead)\\b`,
    'u',
  )
  return !away.test(prose) && (played || names(prose, name))
}

const relationsIn = (prose: string, cast: readonly Member[]) =>
  sentences(prose).flatMap((sentence) =>
    cast
      .filter(({ name, played }) => !played && names(sentence, name))
      .flatMap((from) => {
        const after = sentence.slice(sentence.indexOf(from.name) + from.name.length)
        const to = cast.find(({ name }) => name !== from.name && names(after, name))
        const stands = to && meaning(standings, after.slice(0, after.indexOf(to.name)))
        if (!to || !stands) return []
        const [affinity, trust] = stands
        return [{ from: from.name, to: to.name, affinity, trust, summary: sentence.trim() }]
      }),
  )

/** Whom `you` means, where a single one is played by a person. */
const named = (prose: string, cast: readonly Member[]): string => {
  const [player, ...others] = cast.filter(({ played }) => played)
  return player && others.length === 0 ? prose.replace(/\byou\b/gi, player.name) : prose
}

/** How a scene begins, as far as the prose of a prompt says it. Undefined where a schema asks for something else. */
export const beginningFor = (schema: Schema, messages: readonly ChatMessage[]): unknown => {
  if (!asksForBeginning(schema)) return undefined
  const { cast } = readPrompt(messages)
  const prose = named(messages.findLast(({ role }) => role === 'user')?.content ?? '', cast)
  return {
    place: placeIn(prose),
    time: timeIn(prose),
    first_day: /\bthe (?:eve|day) (?:of|before|after) [^,.;!?]+/i.exec(prose)?.[0] ?? null,
    weather: meaning(weathers, prose) ?? null,
    present: cast.filter((member) => isThere(member, prose)).map((member) => personIn(member, prose, cast)),
    relations: relationsIn(prose, cast),
  }
}
