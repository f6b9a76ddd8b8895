import type { Line } from '../../story/line.ts'
import { type Places, placeIn } from '../../story/place.ts'
import type { PlaceId } from '../../story/ref.ts'
import type { StoryState } from '../../story/state.ts'
import { handlesFor, toldIn } from '../roster.ts'
import { mentions } from './mention.ts'

/** Where a move leads that leads to no known place: out of the scene, or into it. */
export const AWAY = 'away'
export const HERE = 'here'

/** A place where someone can go, with the name under which no other goes. */
export type Destination = { readonly place: PlaceId; readonly handle: string }

/** How many places are named to a model. */
const PLACES_NAMED = 40

/** Where those in the open scene can go: places that its lines name first, then those nearest to it. */
const inOrder = (places: Places, here: PlaceId | null, said: string): Places => {
  const around = placeIn(places, here)?.parent
  const isNear = ({ place, parent }: Places[number]) =>
    [place, parent].includes(here) || (around != null && [place, parent].includes(around))
  const rank = (place: Places[number]) => (mentions(said, place.name) ? 0 : isNear(place) ? 1 : 2)
  return places.toSorted((one, other) => rank(one) - rank(other))
}

/** Where lines can lead. With no scene open, nobody goes anywhere. */
export const destinationsIn = (
  { places, scene: { open } }: Pick<StoryState, 'places' | 'scene'>,
  lines: readonly Line[],
): Destination[] => {
  if (!open) return []
  const said = toldIn(lines)
    .map(({ text }) => text)
    .join('\n')
  const named = inOrder(places, open.place, said).slice(0, PLACES_NAMED)
  const handles = handlesFor(
    named.map(({ name }) => name),
    [AWAY, HERE],
  )
  return named.map(({ place }, index) => ({ place, handle: handles[index] ?? '' }))
}
