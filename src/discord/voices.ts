import type { Texts } from '../locales/en.ts'
import { characterIn } from '../story/cast.ts'
import type { Head } from '../story/head.ts'
import { type EntityId, NARRATOR } from '../story/ref.ts'
import { present } from '../story/scene.ts'
import type { Suggest } from './command.ts'
import { storyHere } from './here.ts'
import { castIn, type Known, labelled, suggestions, theOne } from './names.ts'

/** The characters who are present. */
const charactersIn = (head: Head, texts: Texts): Known[] => {
  const { cast, scene } = head.state
  const here = present(cast, scene)
  return castIn(head, texts).filter(({ id }) => here.includes(id) && characterIn(cast, id) !== undefined)
}

/** Those for whom a model can speak: the characters who are present, and the narrator. */
const voicesIn = (head: Head, texts: Texts): Known[] =>
  labelled(
    [...charactersIn(head, texts), { id: NARRATOR, label: texts.turns.narrator }].map(({ id, label }) => ({
      id,
      name: label,
    })),
  )

/** The character who is present that a name means. Refused with the names that there are. */
export const characterNamed = (head: Head, typed: string, texts: Texts): EntityId =>
  theOne(charactersIn(head, texts), typed, { ...texts.known, none: texts.whisper.nobody }).id

/** Whoever is to speak by what was typed; null where nothing was. Refused with the names that there are. */
export const voiceNamed = (head: Head, typed: string | null, texts: Texts): EntityId | null =>
  typed === null
    ? null
    : theOne(voicesIn(head, texts), typed, { ...texts.known, none: texts.known.noCast }).id

/** Suggests a character who is present. */
export const suggestCharacter: Suggest = async (interaction, typed, face) =>
  suggestions(charactersIn(await storyHere(interaction, face), face.texts), typed)

/** Suggests someone who can speak next. */
export const suggestVoice: Suggest = async (interaction, typed, face) =>
  suggestions(voicesIn(await storyHere(interaction, face), face.texts), typed)
