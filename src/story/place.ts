import { z } from 'zod'
import { Label } from './label.ts'
import { put } from './list.ts'
import { PlaceId } from './ref.ts'

const ranges = ['within', 'near', 'far'] as const

/**
 * How far sound carries from a place, in steps between a place and the one around it. `within`: its walls keep
 * sound in, and out. `near`: to the place around it and those in it. `far`: one step on, to those beside it too.
 */
const STEPS: Readonly<Record<(typeof ranges)[number], number>> = { within: 0, near: 1, far: 2 }

/** `moving`: a ship, a wagon, which takes along what is in it. `public`: anyone may come in. */
export const PlaceTraits = z.object({
  name: Label,
  type: Label,
  parent: PlaceId.nullable(),
  moving: z.boolean(),
  public: z.boolean(),
  audible: z.enum(ranges),
})
export type PlaceTraits = z.infer<typeof PlaceTraits>

export const placeEvents = {
  'place.added': PlaceTraits.extend({ place: PlaceId }),
  'place.changed': PlaceTraits.extend({ place: PlaceId, before: PlaceTraits }),
  'place.removed': z.object({ place: PlaceId, before: PlaceTraits }),
}

export type Place = z.infer<(typeof placeEvents)['place.added']>
type Changed = z.infer<(typeof placeEvents)['place.changed']>
type Removed = z.infer<(typeof placeEvents)['place.removed']>

export type Places = readonly Place[]

/** The most places that a story knows at a time. */
export const PLACE_LIMIT = 200

export const addPlace = (places: Places, added: Place): Places =>
  put(places, added, ({ place }) => place === added.place)

export const changePlace = (places: Places, { before: _, ...changed }: Changed): Places =>
  places.map((known) => (known.place === changed.place ? changed : known))

export const removePlace = (places: Places, removed: Removed): Places =>
  places.filter(({ place }) => place !== removed.place)

export const placeIn = (places: Places, id: PlaceId | null): Place | undefined =>
  places.find(({ place }) => place === id)

/** A place within those around it, the outermost first. */
export const pathOf = (places: Places, id: PlaceId): Place[] => {
  const path: Place[] = []
  for (let at = placeIn(places, id); at && !path.includes(at); at = placeIn(places, at.parent))
    path.unshift(at)
  return path
}

const opensInto = (inner: Place, outer: Place) => inner.parent === outer.place && inner.audible !== 'within'

/** Where something that is said aloud in a place can be heard. */
export const withinEarshot = (places: Places, id: PlaceId): PlaceId[] => {
  const source = placeIn(places, id)
  if (!source) return [id]
  const heard = new Set([source])
  for (let step = 0; step < STEPS[source.audible]; step += 1)
    for (const at of [...heard])
      for (const next of places) if (opensInto(at, next) || opensInto(next, at)) heard.add(next)
  return [...heard].map(({ place }) => place)
}
