import type { ButtonInteraction, ModalSubmitInteraction, StringSelectMenuInteraction } from 'discord.js'
import type { Face } from '../../src/discord/command.ts'
import { inWords } from '../../src/discord/here.ts'
import { shorten } from '../../src/discord/render.ts'
import { UserFacingError } from '../../src/kit/errors.ts'
import { type Decision, isRefusal } from '../../src/story/draft.ts'
import type { Head } from '../../src/story/head.ts'
import type { StoryRef } from '../../src/story/ref.ts'
import { type Change, worldHere } from '../change.ts'
import { NOTE_ROOM } from './panel.ts'
import { shownFor } from './show.ts'
import type { View } from './view.ts'

/** Whatever is done in a panel, and changes the message that it stands in. */
type Acted =
  | ButtonInteraction<'cached'>
  | StringSelectMenuInteraction<'cached'>
  | ModalSubmitInteraction<'cached'>

/** A change, and where the panel goes from there. */
type Changing = {
  readonly ref: StoryRef
  readonly change: (head: Head) => Promise<Change>
  readonly next: (decision: Decision | undefined) => View
  readonly refused: Readonly<Record<string, string>>
}

/** Changes something from within a panel, which then shows what holds and says what was changed, or why not. */
export const changeInPanel = async (
  interaction: Acted,
  { ref, change, next, refused }: Changing,
  face: Face,
): Promise<void> => {
  await interaction.deferUpdate()
  let [note, made]: [string, Decision | undefined] = ['', undefined]
  const decide = async (head: Head) => {
    const { decision, told } = await change(head)
    note = told
    made = isRefusal(decision) ? undefined : decision
    return decision
  }
  try {
    const outcome = await face.engine.edit(ref, decide, interaction.id)
    if (outcome === 'duplicate') return
    if (outcome !== 'edited') note = inWords(refused, outcome)
  } catch (error) {
    if (!(error instanceof UserFacingError)) throw error
    note = error.message
  }
  await interaction.editReply(await shownFor(interaction, next(made), shorten(note, NOTE_ROOM), face))
}

/** The same for the world of a story: for those who may change it, with the panel where it was. */
export const changeWorldInPanel = async (
  interaction: Acted,
  view: View,
  change: (head: Head) => Change,
  face: Face,
): Promise<void> => {
  const { ref } = await worldHere(interaction, face)
  const refused = face.texts.change.refused
  await changeInPanel(
    interaction,
    { ref, change: async (head) => change(head), next: () => view, refused },
    face,
  )
}
