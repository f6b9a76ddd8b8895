import { UserFacingError } from '../kit/errors.ts'
import type { Texts } from '../locales/en.ts'
import { castMembers, isNameTaken, NAME_LIMIT, nameOf } from '../story/cast.ts'
import type { Head } from '../story/head.ts'
import { LABEL_LIMIT } from '../story/label.ts'
import { placeIn } from '../story/place.ts'
import type { EntityId, PlaceId } from '../story/ref.ts'
import type { Suggest, Suggestion } from './command.ts'
import { storyHere } from './here.ts'
import { plain } from './render.ts'
import { type SheetField, sheet } from './sheet.ts'

/** Someone or something of a story, and what people call it by. `within`: what tells it from others, if anything. */
export type Known = { readonly id: string; readonly label: string; readonly within?: string | undefined }

/** What is said where a name means nothing, more than one thing, or where there is nothing to name. */
type Refusals = { readonly none: string } & Pick<Texts['known'], 'unknown' | 'several'>

/** Labels that tell things apart: where two have one name, the second is called `Sam (2)`. */
export const labelled = (
  things: readonly { readonly id: string; readonly name: string; readonly within?: string | undefined }[],
): Known[] => {
  const taken = new Set<string>()
  return things.map(({ name, ...thing }) => {
    let label = name
    for (let nth = 2; taken.has(label.normalize()); nth += 1) label = `${name} (${nth})`
    taken.add(label.normalize())
    return { ...thing, label }
  })
}

/** The characters, then the personas of a story. */
export const castIn = ({ state: { cast }, words }: Head, { known: { nameless } }: Texts): Known[] =>
  labelled(castMembers(cast).map((id) => ({ id, name: words.get(nameOf(cast, id) ?? '') ?? nameless })))

/** The places of a story, each with the one around it. */
export const placesIn = ({ state: { places } }: Head): Known[] =>
  labelled(
    places.map(({ place, name, parent }) => ({ id: place, name, within: placeIn(places, parent)?.name })),
  )

/** What someone or something is called. Empty for what is not known. */
export const labelOf = (known: readonly Known[], wanted: string | null): string =>
  known.find(({ id }) => id === wanted)?.label ?? ''

/** The same as it may stand in a reply. */
export const shownAs = (known: readonly Known[], wanted: string | null): string =>
  plain(labelOf(known, wanted), LABEL_LIMIT)

const folded = (text: string): string => text.trim().normalize().toLowerCase()

/** All that a name can mean: what is called exactly so, else what is called so in any case, else what begins so. */
export const meant = (known: readonly Known[], typed: string): readonly Known[] => {
  const exact = typed.trim().normalize()
  const wanted = folded(typed)
  if (wanted === '') return []
  const ways: ((label: string) => boolean)[] = [
    (label) => label.normalize() === exact,
    (label) => folded(label) === wanted,
    (label) => folded(label).startsWith(wanted),
  ]
  for (const way of ways) {
    const found = known.filter(({ label }) => way(label))
    if (found.length > 0) return found
  }
  return []
}

/** How much room a refusal gives to what was typed, and to the names that there are. */
const TYPED_ROOM = 80
const NAMES_ROOM = 1500

const listed = (known: readonly Known[]): string =>
  plain(known.map(({ label }) => label).join(', '), NAMES_ROOM)

/** The one thing that a name means. Refused with the names that there are. */
export const theOne = (known: readonly Known[], typed: string, words: Refusals): Known => {
  if (known.length === 0) throw new UserFacingError('nothing_known', words.none)
  const found = meant(known, typed)
  const [one] = found
  if (one && found.length === 1) return one
  throw one
    ? new UserFacingError('ambiguous_name', words.several(plain(typed, TYPED_ROOM), listed(found)))
    : new UserFacingError('unknown_name', words.unknown(plain(typed, TYPED_ROOM), listed(known)))
}

/** Whoever is called exactly so, in any case. */
export const calledExactly = (known: readonly Known[], typed: string): Known | undefined =>
  known.find(({ label }) => folded(label) === folded(typed))

/** The same for names with commas between them. */
export const theOnes = (known: readonly Known[], typed: string, words: Refusals): Known[] => {
  const parts = typed.split(',')
  const longest = Math.max(1, ...known.map(({ label }) => label.split(',').length))
  const found: Known[] = []
  for (let from = 0, to = 0; from < parts.length; from = to) {
    const upTo = (end: number) => parts.slice(from, end).join(',')
    // A name may have commas in it: the longest that there is counts.
    for (to = Math.min(from + longest, parts.length); to > from + 1 && !calledExactly(known, upTo(to)); )
      to -= 1
    if (upTo(to).trim() !== '') found.push(theOne(known, upTo(to), words))
  }
  return found
}

/**
 * Refuses a name that someone in the story has, other than the one who may keep it. The refusal holds what else was
 * written in the form, which Discord does not keep.
 */
export const demandFreeName = (
  { state, words }: Head,
  name: string,
  keeper: EntityId | undefined,
  written: readonly SheetField[],
  { known }: Texts,
): void => {
  if (!isNameTaken(state.cast, words, name, keeper)) return
  const isBare = written.every((field) => field.words === '')
  const refusal = known.taken(plain(name, NAME_LIMIT))
  throw new UserFacingError('name_taken', sheet(isBare ? refusal : `${refusal} ${known.written}`, written))
}

const castWords = ({ known }: Texts): Refusals => ({ ...known, none: known.noCast })

/** Whoever of the cast a name means. Refused with the names that there are. */
export const someoneNamed = (head: Head, typed: string, texts: Texts): EntityId =>
  theOne(castIn(head, texts), typed, castWords(texts)).id

/** The same for several names, with commas between them. */
export const severalNamed = (head: Head, typed: string, texts: Texts): EntityId[] =>
  theOnes(castIn(head, texts), typed, castWords(texts)).map(({ id }) => id)

/** The place that a name means. Refused with the places that there are. */
export const placeNamed = (head: Head, typed: string, { known }: Texts): PlaceId =>
  theOne(placesIn(head), typed, { ...known, none: known.noPlaces }).id

/** What to suggest for a name that is being typed: what begins so, then what holds it. */
export const suggestions = (known: readonly Known[], typed: string): Suggestion[] => {
  const wanted = folded(typed)
  const at = ({ label }: Known) => folded(label).indexOf(wanted)
  const found = known.filter((one) => at(one) !== -1)
  return [...found.filter((one) => at(one) === 0), ...found.filter((one) => at(one) > 0)].map(
    ({ label, within }) => ({ name: within === undefined ? label : `${label} · ${within}`, value: label }),
  )
}

/** The longest value that Discord takes for a suggestion. */
const VALUE_LIMIT = 100

/** The same where several are typed with commas: suggests the last, and keeps what stands before it. */
export const suggestionsForLast = (known: readonly Known[], typed: string): Suggestion[] => {
  const names = typed.split(',').map((name) => name.trim())
  const last = names.pop() ?? ''
  const before = names.filter((name) => name !== '')
  const left = known.filter(({ label }) => !before.some((name) => folded(name) === folded(label)))
  return suggestions(left, last)
    .map(({ value }) => [...before, value].join(', '))
    .filter((value) => value.length <= VALUE_LIMIT)
    .map((value) => ({ name: value, value }))
}

/** Suggests someone of the cast. */
export const suggestCast: Suggest = async (interaction, typed, face) =>
  suggestions(castIn(await storyHere(interaction, face), face.texts), typed)

/** Suggests several of the cast, with commas between them. */
export const suggestSeveral: Suggest = async (interaction, typed, face) =>
  suggestionsForLast(castIn(await storyHere(interaction, face), face.texts), typed)

/** Suggests a place. */
export const suggestPlace: Suggest = async (interaction, typed, face) =>
  suggestions(placesIn(await storyHere(interaction, face)), typed)
