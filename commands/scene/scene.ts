import { castIn, labelOf, placesIn } from '../../src/discord/names.ts'
import type { Texts } from '../../src/locales/en.ts'
import type { Head } from '../../src/story/head.ts'
import type { EntityId } from '../../src/story/ref.ts'
import { participantIn } from '../../src/story/scene.ts'

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

/** Where someone is, as people read it. */
export const whereabouts = (head: Head, entity: EntityId, { scene: words }: Texts): string => {
  const participant = participantIn(head.state.scene, entity)
  if (!participant) return words.outside
  return participant.place === null ? words.here : labelOf(placesIn(head), participant.place)
}
