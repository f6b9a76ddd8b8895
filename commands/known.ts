import type { Interaction } from 'discord.js'
import type { Face } from '../src/discord/command.ts'
import { isInCharge, storyHere } from '../src/discord/here.ts'
import { castIn, shownAs } from '../src/discord/names.ts'
import { subtext } from '../src/discord/render.ts'
import type { Texts } from '../src/locales/en.ts'
import { type Knowable, knowable } from '../src/safety/knowable.ts'
import type { Reader } from '../src/safety/readable.ts'
import { personaOf } from '../src/story/cast.ts'
import type { Head } from '../src/story/head.ts'

/** What someone may know of a story: through whom they play, or because they lead it. */
export const readerOf = (interaction: Interaction<'cached'>, head: Head): Reader => ({
  isInCharge: isInCharge(interaction, head),
  persona: personaOf(head.state.cast, interaction.user.id)?.persona,
})

/** The story of this thread, as whoever asks may know it. */
export const knownHere = async (interaction: Interaction<'cached'>, face: Face): Promise<Knowable> => {
  const head = await storyHere(interaction, face)
  return knowable(head, readerOf(interaction, head))
}

/** What a reader's persona is called, as it may stand in a reply. Empty for one who plays nobody. */
export const personaIn = ({ head, reader }: Knowable, texts: Texts): string =>
  shownAs(castIn(head, texts), reader.persona ?? null)

/** Why a reader sees no more of what happens now. Empty for one who sees all that there is. */
export const whySoLittle = (known: Knowable, texts: Texts): string => {
  const { seen } = texts
  if (known.standing === 'elsewhere') return seen.elsewhere(personaIn(known, texts))
  return known.standing === 'watching' ? seen.watching : ''
}

/** Why a reader sees what they see, and no more. */
export const whyThisMuch = (known: Knowable, texts: Texts): string => {
  const { seen } = texts
  if (known.standing === 'leading') return seen.leading
  return whySoLittle(known, texts) || seen.present(personaIn(known, texts))
}

/** What a reply says, and in small print why it says no more. */
export const withReason = (told: string, known: Knowable, texts: Texts): string =>
  [told, subtext(whySoLittle(known, texts))].filter(Boolean).join('\n')
