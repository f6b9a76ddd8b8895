import { type DeedKind, kindOf } from '../words/verbs.ts'
import { type Doing, definite, isPerson, nounPhrases, objectsOf, readDoing } from './language.ts'
import type { Member, Moment } from './prompt.ts'
import { readSpeech, type Speech } from './speech.ts'

/** What a player just did and said, as far as an answer can take it up. */
export type Deed = {
  /** The persona, where the message names one. */
  readonly by: string | undefined
  /** Undefined when the player only spoke. */
  readonly kind: DeedKind | undefined
  /** What was done, from its verb on: `open the rusty door`. Undefined when it cannot be said again safely. */
  readonly restated: string | undefined
  /** What it was done to, in the player's own words: `the rusty door`, `my bag`. */
  readonly object: string | undefined
  /** A character who is named in it. */
  readonly target: string | undefined
  readonly speech: Speech | undefined
}

type Parts = { readonly action: string; readonly speech: string }

const CLAUSE_END = /[,;:.!?…—()"]|(?:^|\s)(?:and|then|while|as|but|until|before|because|so|with my)\s/i
const LONGEST_RESTATED = 9
const MENTAL =
  /^(think|know|want|believe|hope|guess|love|need|wonder|mean|suppose|feel|have|would|could|like|agree|understand)$/

/** Whether a text without any marks tells what is done rather than what is said. */
const tellsAction = (text: string): boolean => {
  if (/[?!]\s*$/.test(text)) return false
  const doing = readDoing(text)
  if (doing === undefined || kindOf(doing.verb) === 'other') return false
  const [first = ''] = text.toLowerCase().split(/\s+/)
  if (/^i([’'](m|ve|ll|d))?$/.test(first)) return !MENTAL.test(doing.verb)
  return first.startsWith(doing.verb.slice(0, 2)) && !/\b(you|your|me|us)\b/i.test(text)
}

/** Takes a message apart by its marks: `*action*`, `"speech"`, `((out of character))`. */
const partsOf = (message: string, name: string | undefined): Parts => {
  const text = message
    .replace(/\(\(.*?(\)\)|$)/gs, ' ')
    .replace(/```.*?```|<[@#:][^>]*>|https?:\S+/gs, ' ')
    .replace(/[`#[\]\\~|>]/g, '')
  const actions: string[] = []
  const spoken: string[] = []
  const rest = text
    .replace(/["“«]([^"”»]*)(["”»]|$)/g, (_all, words: string) => {
      spoken.push(words.trim())
      return ' '
    })
    .replace(/\*+([^*]+)(\*+|$)|(?<!\w)_([^_]+)_(?!\w)/g, (_all, one: string, _end, other: string) => {
      actions.push((one ?? other).trim())
      return ' '
    })
    .replace(/\s+/g, ' ')
    .trim()
  const named = name ? rest.replace(new RegExp(`^${RegExp.escape(name)}\\s+`, 'i'), '') : rest
  if (/\p{L}/u.test(named)) {
    const isAction = spoken.length > 0 || (actions.length === 0 && (named !== rest || tellsAction(named)))
    ;(isAction ? actions : spoken).push(named)
  }
  return { action: actions.filter(Boolean).join('. '), speech: spoken.filter(Boolean).join(' ') }
}

/** Only what the first verb is about: of several deeds in a row the first one is answered. */
const firstClause = (doing: Doing | undefined): Doing | undefined => {
  const [rest = ''] = doing?.rest.split(CLAUSE_END) ?? []
  return doing && { ...doing, rest }
}

/** A deed said again from its verb on, for `You …`. Undefined where a pronoun could mean someone else. */
const restate = ({ verb, rest }: Doing): string | undefined => {
  const turned = rest
    .replace(/\bmyself\b/gi, 'yourself')
    .replace(/\bmy\b/gi, 'your')
    .replace(/\bmine\b/gi, 'yours')
    .replace(/\bme\b/gi, 'you')
    .replace(/\s+(and|then)$/i, '')
    .trim()
  if (/\b(i|her|his|their|him|them|hers|herself|himself|themselves|its|it|our|us|we)\b/i.test(turned))
    return undefined
  const said = `${verb} ${turned}`.trim()
  return said.split(' ').length <= LONGEST_RESTATED && /^[\p{L}\p{M}\d'’ -]+$/u.test(said) ? said : undefined
}

const namesOne = (phrase: string, cast: readonly Member[]): boolean =>
  cast.some(({ name }) => phrase.toLowerCase().includes(name.toLowerCase()))

/** What a deed was done to. People are no things, except to those who fight them or speak of them. */
const objectOf = (doing: Doing, cast: readonly Member[]): string | undefined => {
  const kind = kindOf(doing.verb)
  // One sits on what bears one, but also beside, under and behind what does not.
  if (kind === 'sit' && !/^(\w+ )?(on|in|into|onto|against|upon)\b/i.test(doing.rest)) return undefined
  const found = objectsOf(doing).find((phrase) => !namesOne(phrase, cast) && !/^(its|our)\b/i.test(phrase))
  if (found === undefined || (isPerson(found) && !/^(attack|arm|ask)$/.test(kind))) return undefined
  // Whose it is, is not always plain: `the` is true of all.
  return definite(found)
    .replace(/^my\b/i, 'your')
    .replace(/^(his|her|their)\b/i, 'the')
}

const targetOf = (text: string, members: readonly Member[]): string | undefined =>
  members.find(({ name }) =>
    [name, name.split(' ')[0] ?? name].some((each) =>
      new RegExp(`(?<!\\p{L})${RegExp.escape(each)}(?!\\p{L})`, 'iu').test(text),
    ),
  )?.name

/** What is spoken of: things with an article or an owner, and names of nobody present. */
const topicsOf = (speech: string, cast: readonly Member[]): string[] =>
  nounPhrases(speech).filter(
    (phrase) =>
      /^(the|an?|my|your|our|this|that|these|those|\p{Lu})/u.test(phrase) && !namesOne(phrase, cast),
  )

/** Reads one player's moments since the last answer as one deed. Undefined when there is nothing in them. */
export const readDeed = (moments: readonly Moment[], cast: readonly Member[]): Deed | undefined => {
  const by = moments.findLast((moment) => moment.by !== undefined)?.by
  const { action, speech } = partsOf(moments.map(({ text }) => text).join('\n'), by)
  if (action === '' && speech === '') return undefined
  const doing = action === '' ? undefined : firstClause(readDoing(action))
  const others = cast.filter((member) => !member.played)
  const object = doing && objectOf(doing, cast)
  const kind = action === '' ? undefined : doing ? kindOf(doing.verb) : 'other'
  return {
    by,
    kind: kind === 'ask' && speech !== '' ? undefined : kind,
    restated: doing && restate(doing),
    object,
    target: targetOf(`${action} ${speech}`, others),
    speech: speech === '' ? undefined : readSpeech(speech, topicsOf(speech, cast)),
  }
}
