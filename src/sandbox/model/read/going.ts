import { placeWords } from '../words/places.ts'
import { kindOf } from '../words/verbs.ts'
import { type Doing, readDoing } from './language.ts'

/** Where someone plainly goes: to a place that has a name, out of the scene, or back into it. */
export type Going = {
  readonly to: 'away' | 'back' | { readonly place: string }
  readonly with: readonly string[]
}

const QUOTED = /["“«][^"”»]*(?:["”»]|$)/gu
const ACTED = /\*+([^*]+)(?:\*+|$)/gu
const CLAUSES = /[.;,!?—\n]+|\s+(?:and|then)\s+/iu
const NOT = /\b(?:not|never|cannot|want|would|could|will|try|tries|about to|\p{L}+n[’']t)\b/iu

/** What one does to be gone, if one does it out or away. Who steps back, turns away or passes out is still there. */
const WALKS =
  /^(?:go|walk|run|head|storm|hurry|rush|stride|march|slip|sneak|creep|flee|escape|dash|sprint|wander)$/
const OUT =
  /^(?:(?:out|outside|off|away|home)(?:\s+(?:with|again|now|alone|together)\b.*)?|out\s+(?:of|into|through)\b(?!.*\bway\b).*)$/iu
const BACK = /^(?:back|in|inside)(?:\s+(?:in|inside|to|into|up|down|again|through|with)\b.*)?$/iu
const PRONOUN = /^(?:i|we|she|he|they)\b/iu

/** What a text tells that is done, one deed after the other. Without any marks, it has to say who does it. */
const deedsIn = (text: string, by: string): string[] => {
  const unsaid = text.replace(QUOTED, '. ')
  const acted = [...unsaid.matchAll(ACTED)].map(([, action = '']) => action)
  const clauses = (acted.length > 0 ? acted : [unsaid]).flatMap((each) => each.split(CLAUSES))
  const named = new RegExp(`^${RegExp.escape(by)}\\s+`, 'iu')
  return clauses
    .map((clause) => clause.trim())
    .filter((clause) => clause !== '' && !NOT.test(clause))
    .filter((clause) => acted.length > 0 || PRONOUN.test(clause) || named.test(clause))
    .map((clause) => clause.replace(named, ''))
}

const isGoing = ({ verb }: Doing) => /^(go|flee|sneak|climb)$/.test(kindOf(verb))

const leaves = ({ verb, rest }: Doing): boolean => {
  const [, noun = ''] = /^(?:(?:the|this|my|our)\s+)?(\p{L}+)\b/iu.exec(rest) ?? []
  if (/^(leave|depart|exit)$/.test(verb))
    return (
      rest === '' ||
      placeWords.has(noun.toLowerCase()) ||
      /^(room|scene|place|with|by|through|alone)$/iu.test(noun)
    )
  return (WALKS.test(verb) || /^step out/iu.test(`${verb} ${rest}`)) && OUT.test(rest)
}

const comesBack = ({ verb, rest }: Doing): boolean =>
  /^(return|rejoin)$/.test(verb) ||
  (/^(enter|come|arrive)$/.test(verb) && !OUT.test(rest)) ||
  (isGoing({ verb, rest }) && BACK.test(rest))

/** The longest name that a deed leads to: `goes down to the kitchen`, `enters the kitchen`. */
const placeOf = ({ verb, rest }: Doing, places: readonly string[]): string | undefined =>
  places
    .toSorted((one, other) => other.length - one.length)
    .find((place) => {
      const bare = RegExp.escape(place.replace(/^the\s+/iu, ''))
      const way = verb === 'enter' ? '^' : '\\b(?:to|into|in|inside|onto|for)\\s+'
      return new RegExp(`${way}(?:(?:the|my|our)\\s+)?${bare}(?![\\p{L}\\p{N}])`, 'iu').test(rest)
    })

/** Where a line says that its speaker goes; undefined where it does not plainly say so. */
export const goingIn = (
  { by, text }: { readonly by: string; readonly text: string },
  isHere: boolean,
  places: readonly string[],
  others: readonly string[],
): Going | undefined => {
  for (const clause of deedsIn(text, by)) {
    const doing = readDoing(clause)
    if (doing === undefined) continue
    const isTogether =
      /^we\b/iu.test(clause) || /\bwith (?:everyone|everybody|them|the others)\b/iu.test(clause)
    const along = isTogether
      ? others
      : others.filter((name) =>
          new RegExp(`\\bwith\\b.*(?<!\\p{L})${RegExp.escape(name)}(?!\\p{L})`, 'iu').test(clause),
        )
    if (!isHere) {
      if (comesBack(doing)) return { to: 'back', with: [] }
      continue
    }
    const place = isGoing(doing) ? placeOf(doing, places) : undefined
    if (place !== undefined) return { to: { place }, with: along }
    if (leaves(doing)) return { to: 'away', with: along }
  }
  return undefined
}
