import { castIn, labelOf, placesIn, shownAs } from '../../src/discord/names.ts'
import { plain } from '../../src/discord/render.ts'
import type { Texts } from '../../src/locales/en.ts'
import type { Head } from '../../src/story/head.ts'
import { pathOf } from '../../src/story/place.ts'
import type { EntityId, PlaceId } from '../../src/story/ref.ts'
import { participantIn } from '../../src/story/scene.ts'
import { changes } from '../change.ts'

/** Where the scene is and who takes part in it, as people read them. */
export const sceneFields = (head: Head, texts: Texts) => {
  const { open } = head.state.scene
  const cast = castIn(head, texts)
  return {
    place: labelOf(placesIn(head), open?.place ?? null),
    present: open
      ? open.participants.map(({ entity }) => labelOf(cast, entity)).join(', ')
      : texts.scene.together,
  }
}

/** How much of the way to a place is shown. */
const PATH_ROOM = 300

/** A place within those around it, as it may stand in a reply; empty for none. */
export const pathTo = ({ state: { places } }: Head, place: PlaceId | null): string =>
  place === null
    ? ''
    : plain(
        pathOf(places, place)
          .map(({ name }) => name)
          .join(' › '),
        PATH_ROOM,
      )

/** Where someone is, as people read it. */
export const whereabouts = (head: Head, entity: EntityId, { scene: words }: Texts): string => {
  const participant = participantIn(head.state.scene, entity)
  if (!participant) return words.outside
  return participant.place === null ? words.here : labelOf(placesIn(head), participant.place)
}

/** Says that someone came in or left, and from where to where. */
export const moved = (
  entity: EntityId,
  heading: (name: string) => string,
  texts: Texts,
): ((before: Head, after: Head) => string) => {
  return (before, after) => {
    const [was, is] = [whereabouts(before, entity, texts), whereabouts(after, entity, texts)]
    const place = { label: texts.scene.field.place, before: was, after: is }
    return changes(heading(shownAs(castIn(after, texts), entity)), [place], texts)
  }
}
