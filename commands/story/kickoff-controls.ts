import type { Interaction } from 'discord.js'
import { tellThread } from '../../src/discord/branch-thread.ts'
import type { ButtonHandler, Face, ModalHandler, SelectHandler } from '../../src/discord/command.ts'
import { customId } from '../../src/discord/custom-id.ts'
import { writtenIn } from '../../src/discord/form.ts'
import { againRefused } from '../../src/discord/gathering.ts'
import { castIn, placesIn, shownAs } from '../../src/discord/names.ts'
import { pageIn } from '../../src/discord/pager.ts'
import { UserFacingError } from '../../src/kit/errors.ts'
import { listed } from '../../src/kit/text.ts'
import type { Texts } from '../../src/locales/en.ts'
import { timeOf } from '../../src/story/clock.ts'
import type { Head } from '../../src/story/head.ts'
import { NARRATOR } from '../../src/story/ref.ts'
import { present } from '../../src/story/scene.ts'
import { beginning, type OpenKickoff } from '../../src/turn/kickoff.ts'
import { stageHere } from './kickoff.ts'
import { corrected } from './kickoff-correction.ts'
import { partForm } from './kickoff-form.ts'
import { partsOf, readKey } from './kickoff-parts.ts'
import { kickoffSheet } from './kickoff-sheet.ts'

type Opened = OpenKickoff & { readonly head: Head }

/** A proposal that waits, for whoever asked for it, at the head of the story that it is about. */
const openHere = async (interaction: Interaction<'cached'>, id: string, face: Face): Promise<Opened> => {
  const { kickoffs, texts } = face
  const head = await stageHere(interaction, face)
  const open = kickoffs.of(id)
  if (open?.by !== interaction.user.id) throw new UserFacingError('kickoff_gone', texts.kickoff.gone)
  if (open.ref.story !== head.ref.story || open.ref.branch !== head.ref.branch)
    throw new UserFacingError('stale', texts.branch.elsewhere)
  return { ...open, head }
}

/** A part was chosen: its form, as it stands. */
export const choosePart: SelectHandler = async (interaction, [id = '', page = ''], face) => {
  const { texts } = face
  const { kickoff, head } = await openHere(interaction, id, face)
  const [chosen = ''] = interaction.values
  const key = readKey(chosen.split(':'))
  const label = partsOf(kickoff, head, texts).find((part) => part.key.join(':') === chosen)?.label ?? ''
  const form = key && partForm(customId('kickoff-part', id, page, ...key), label, key, kickoff, head, texts)
  if (!form) throw new UserFacingError('part_gone', texts.kickoff.partGone)
  await interaction.showModal(form)
}

/** The form of a part, filled: the proposal is shown as it is now. */
export const savePart: ModalHandler = async (interaction, [id = '', page, ...rest], face) => {
  const { kickoffs, texts } = face
  const { kickoff, head, ...open } = await openHere(interaction, id, face)
  const key = readKey(rest)
  if (!key) throw new UserFacingError('part_gone', texts.kickoff.partGone)
  const changed = corrected(key, kickoff, (field) => writtenIn(interaction, field), head, texts)
  kickoffs.put(id, { ...open, kickoff: changed })
  await interaction.deferUpdate()
  await interaction.editReply(kickoffSheet(id, changed, pageIn(page), head, texts))
}

/** The buttons that lead to more parts. */
export const showPage: ButtonHandler = async (interaction, [id = '', page], face) => {
  const { kickoff, head } = await openHere(interaction, id, face)
  await interaction.update(kickoffSheet(id, kickoff, pageIn(page), head, face.texts))
}

/** How many names are told to all. */
const NAMES_SHOWN = 12

/** What all are told of a scene that begins. */
const sceneLine = (head: Head, texts: Texts): string => {
  const { cast, scene, clock } = head.state
  const known = castIn(head, texts)
  const there = present(cast, scene).filter((entity) => entity !== NARRATOR)
  return texts.kickoff.set(
    shownAs(placesIn(head), scene.open?.place ?? null),
    texts.clock.when(timeOf(clock.minutes)),
    listed(
      there.map((entity) => shownAs(known, entity)),
      NAMES_SHOWN,
    ),
  )
}

/** *Begin here*: the scene is set, once, and all are told. */
export const begin: ButtonHandler = async (interaction, [id = ''], face) => {
  const { engine, kickoffs, load, texts } = face
  const { head, ...open } = await openHere(interaction, id, face)
  // Of two presses, one has it.
  if (!kickoffs.take(id)) throw new UserFacingError('kickoff_gone', texts.kickoff.gone)
  let isNew = true
  try {
    await interaction.deferUpdate()
    const decide = beginning(open.kickoff, interaction.user.id, face)
    const outcome = await engine.edit(head.ref, decide, interaction.id)
    if (outcome !== 'edited' && outcome !== 'duplicate')
      throw new UserFacingError(outcome.refused, await againRefused(head.ref, outcome, face))
    isNew = outcome === 'edited'
  } catch (error) {
    kickoffs.put(id, open)
    throw error
  }
  await interaction.editReply({ content: texts.kickoff.begun, components: [] })
  // A press that comes once more has set the scene by then, and all were told.
  const newest = isNew ? await load(head.ref) : undefined
  if (newest) await tellThread(interaction.channelId, sceneLine(newest, texts), face)
}

/** *Discard*: the story stays as it is. */
export const discard: ButtonHandler = async (interaction, [id = ''], face) => {
  const { kickoffs, texts } = face
  if (kickoffs.of(id)?.by === interaction.user.id) kickoffs.take(id)
  await interaction.update({ content: texts.kickoff.discarded, components: [] })
}
