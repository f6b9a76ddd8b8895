import type { Refusal } from '../story/draft.ts'
import { waitedFor } from '../story/gather.ts'
import type { Head } from '../story/head.ts'
import type { StoryRef } from '../story/ref.ts'
import { gatheredIn } from '../turn/gather.ts'
import type { Face } from './command.ts'
import { inWords } from './here.ts'
import { castIn, shownAs } from './names.ts'

/** For what the turn that gathers waits, as people read it. */
export const gatheringWords = async (
  head: Head,
  { lines, settings, texts }: Pick<Face, 'lines' | 'settings' | 'texts'>,
): Promise<string> => {
  const mode = (await settings.of(head.ref.story))?.story.turns
  if (mode !== 'round') return texts.turns.gathering.mention
  const cast = castIn(head, texts)
  const waited = waitedFor(head.state, await gatheredIn({ lines }, head))
  return texts.turns.gathering.round(waited.map((entity) => shownAs(cast, entity)))
}

/** Why a story does not go on, or is not answered anew, as people read it. */
export const againRefused = async (ref: StoryRef, refusal: Refusal, face: Face): Promise<string> => {
  const { again, turns } = face.texts
  const head = refusal.refused === 'turn_gathering' ? await face.load(ref) : undefined
  return head ? gatheringWords(head, face) : inWords({ ...again.refused, ...turns.refused }, refusal)
}
