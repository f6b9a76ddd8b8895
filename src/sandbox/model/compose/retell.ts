import { type Deed, readDeed } from '../read/deed.ts'
import { type Line, momentOf } from '../read/lines.ts'
import type { Member } from '../read/prompt.ts'
import type { Speech } from '../read/speech.ts'
import type { DeedKind } from '../words/verbs.ts'
import { agree, listed, pastTense, sentences } from './english.ts'

/** The longest quote that is told word for word. */
const SHORT = 60

/** What is done to a thing, where no more of it can be told than that. */
const toThings: Partial<Record<DeedKind, string>> = {
  look: 'look at',
  search: 'search',
  open: 'open',
  close: 'close',
  take: 'take',
  give: 'hand over',
  throw: 'throw',
  attack: 'attack',
  touch: 'touch',
  read: 'read',
  use: 'use',
}

/** What was said to someone, as told of them: `your boat` is then theirs. */
const ofThem = (text: string): string =>
  text
    .replace(/\byourself\b/gi, 'themselves')
    .replace(/\byours\b/gi, 'theirs')
    .replace(/\byour\b/gi, 'their')
    .replace(/\byou\b/gi, 'them')

/** A deed in its base form: `open the rusty door`. */
const doneIn = (deed: Deed): string | undefined => {
  if (deed.restated !== undefined) return ofThem(deed.restated)
  const verb = deed.kind && toThings[deed.kind]
  return verb && deed.object && `${verb} ${ofThem(deed.object)}`
}

const saidIn = ({ act, words, topic }: Speech, target: string | undefined): string => {
  const to = target ?? ''
  // What is mine to whoever hears it belongs to them.
  const about = topic && ofThem(topic.replace(/^my\b/i, target ? `${target}’s` : 'the'))
  const quote = words.length <= SHORT ? `, “${words}”` : ''
  switch (act) {
    case 'greeting':
      return `greeted ${target ?? 'everyone'}`
    case 'farewell':
      return `said goodbye${target ? ` to ${target}` : ''}`
    case 'thanks':
      return `thanked ${target ?? 'them'}`
    case 'apology':
      return `asked ${to} for forgiveness`
    case 'threat':
      return `made a threat${quote}`
    case 'name':
      return `asked ${to} for a name`
    case 'yes':
      return `agreed${target ? ` with ${target}` : ''}`
    case 'no':
      return `refused${quote}`
    case 'introduction':
      return `said their name${target ? ` to ${target}` : ''}`
    case 'request':
      return `asked ${to} ${/\babout\b/i.test(words) ? 'about' : 'for'} ${about ?? 'something'}`
    case 'statement':
      return about ? `spoke ${target ? `to ${target} ` : ''}about ${about}` : `said something${quote}`
    default:
      return about ? `asked ${to} about ${about}` : `asked ${to || (quote ? '' : 'a question')}${quote}`
  }
}

const isTold = (by: string): boolean => /^(the )?(narrator|storyteller)$/i.test(by)

const deedIn = (line: Line, cast: readonly Member[]): Deed | undefined =>
  line.by === undefined || isTold(line.by)
    ? undefined
    : // Whoever acts is nobody's target.
      readDeed(
        [momentOf(line)],
        cast.filter(({ name }) => name !== line.by).map((member) => ({ ...member, played: false })),
      )

/** Tells of lines what they come to. Undefined where there is nobody in them to tell of. */
export type Reteller = {
  /**
   * In the third person and the past: `Ada opened the door and asked Mira about the lamp.` Whoever recalls it without
   * a part in it was there: `Jon was there when Ada opened the door.`
   */
  retold(line: Line, whose?: string): string | undefined
  /** What someone is at, as others would note it: `opens the rusty door`. */
  activity(line: Line): string
  /** Two sentences on all of it, the first of it and the last. */
  summary(lines: readonly Line[], place: string): string
  /** Whether a line says something, rather than telling only what is done. */
  isSpoken(line: Line): boolean
  isHostile(line: Line): boolean
}

export const reteller = (cast: readonly Member[]): Reteller => {
  // Reading a line is the slow part, and each is asked about several times.
  const deeds = new Map<Line, Deed | undefined>()
  const deedOf = (line: Line): Deed | undefined => {
    if (!deeds.has(line)) deeds.set(line, deedIn(line, cast))
    return deeds.get(line)
  }

  const recalled = (line: Line): string | undefined => {
    if (line.by === undefined) return sentences(line.text)[0]
    const deed = deedOf(line)
    if (deed === undefined) return undefined
    const done = doneIn(deed)
    const parts = [done && pastTense(done), deed.speech && saidIn(deed.speech, deed.target)].filter(Boolean)
    if (parts.length === 0) return undefined
    const told = `${line.by} ${parts.join(' and ')}`.replace(/\s+/g, ' ').replace(' ,', ',')
    return /[.?!]”?$/.test(told) ? told : `${told}.`
  }

  const retold = (line: Line, whose?: string): string | undefined => {
    const told = recalled(line)
    const isPart = whose === undefined || line.by === undefined || told?.includes(whose)
    return isPart ? told : told && `${whose} was there when ${told}`
  }

  return {
    retold,
    activity(line) {
      const deed = deedOf(line)
      const done = deed && doneIn(deed)
      if (done) return agree(line.by ?? 'someone', done)
      return deed?.speech ? `talks${deed.target ? ` with ${deed.target}` : ''}` : 'waits'
    },
    summary(lines, place) {
      const told = lines.flatMap((line) =>
        line.by === undefined ? sentences(line.text) : (retold(line) ?? []),
      )
      const speakers = lines.map(({ by }) => by).filter((by) => by !== undefined && !isTold(by))
      const names = [...new Set(speakers)].filter((by) => by !== undefined)
      const were = `${listed(names)} ${names.length > 1 ? 'were' : 'was'}`
      const setting = `${names.length > 0 ? were : 'It was'} at ${place}.`
      const last = told.findLast((sentence) => sentence !== told[0])
      return [told[0] ?? `Little happened at ${place}.`, last ?? setting].join(' ')
    },
    isSpoken: (line) => deedOf(line)?.speech !== undefined,
    isHostile(line) {
      const deed = deedOf(line)
      return deed?.kind === 'attack' || deed?.speech?.act === 'threat'
    },
  }
}
