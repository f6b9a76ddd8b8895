import type { ChatInputCommandInteraction } from 'discord.js'
import { labelOf, placeNamed, placesIn } from '../../src/discord/names.ts'
import type { Texts } from '../../src/locales/en.ts'
import type { Head } from '../../src/story/head.ts'
import { type PlaceTraits, placeIn } from '../../src/story/place.ts'
import type { PlaceId } from '../../src/story/ref.ts'
import { kindIn, orNone } from '../options.ts'

/** What was said of a place; undefined for what was left out. */
export const traitsSaid = (
  { options }: ChatInputCommandInteraction<'cached'>,
  head: Head,
  texts: Texts,
): { readonly [K in keyof PlaceTraits]: PlaceTraits[K] | undefined } => {
  const inside = orNone(options.getString('inside'))
  return {
    name: options.getString('name') ?? undefined,
    type: options.getString('type') ?? undefined,
    parent: inside == null ? inside : placeNamed(head, inside, texts),
    moving: options.getBoolean('moving') ?? undefined,
    public: options.getBoolean('public') ?? undefined,
    audible: kindIn(texts.place.heard, options.getString('heard')),
  }
}

/** A place's traits as people read them; all of them empty where there is no such place. */
export const placeFields = (
  head: Head,
  id: PlaceId,
  { place: words, change: { yes, no } }: Texts,
): Readonly<Record<keyof Texts['place']['field'], string>> => {
  const place = placeIn(head.state.places, id)
  const said = (holds: boolean | undefined) => (holds === undefined ? '' : holds ? yes : no)
  return {
    name: place?.name ?? '',
    type: place?.type ?? '',
    inside: labelOf(placesIn(head), place?.parent ?? null),
    moving: said(place?.moving),
    public: said(place?.public),
    heard: place ? words.heard[place.audible] : '',
  }
}
