import { type Interaction, MessageFlags } from 'discord.js'
import type { CommandHandler, Face, ModalHandler } from '../../src/discord/command.ts'
import { customId } from '../../src/discord/custom-id.ts'
import { formField, writtenIn } from '../../src/discord/form.ts'
import { againRefused } from '../../src/discord/gathering.ts'
import { demandTold, ledHere } from '../../src/discord/here.ts'
import { PROSE_LIMIT } from '../../src/story/edit/edit.ts'
import type { Head } from '../../src/story/head.ts'
import { isNoKickoff, type NoKickoff } from '../../src/turn/kickoff.ts'
import { kickoffSheet } from './kickoff-sheet.ts'

/** The story of this thread, for those who may set its scene. Refused while it is set aside, or paused. */
export const stageHere = async (interaction: Interaction<'cached'>, face: Face): Promise<Head> => {
  const head = await ledHere(interaction, face, face.texts.kickoff.notYours)
  await demandTold(head.ref, face)
  return head
}

/** What is written of the beginning by now: the premise, and the first scenes of the characters. */
export const proseOf = ({ state: { premise, cast }, words }: Pick<Head, 'state' | 'words'>): string =>
  [premise?.premise, ...cast.characters.map(({ kickoff }) => kickoff)]
    .map((text) => words.get(text ?? '')?.trim() ?? '')
    .filter(Boolean)
    .join('\n\n')

/** `/story kickoff`: asks how the scene begins. */
export const kickoff: CommandHandler = async (interaction, face) => {
  const { kickoff: words } = face.texts
  const head = await stageHere(interaction, face)
  await interaction.showModal({
    custom_id: customId('kickoff'),
    title: words.formHeading,
    components: [
      formField({
        id: 'prose',
        label: words.prose,
        hint: words.proseHint,
        limit: PROSE_LIMIT,
        value: proseOf(head),
        isLong: true,
        isRequired: true,
      }),
    ],
  })
}

/** Why there is no proposal, as people read it. */
const whyNone = async ({ ref }: Head, { none }: NoKickoff, face: Face): Promise<string> => {
  const { kickoff: words, pause, failed } = face.texts
  if (none === 'turn_open' || none === 'turn_gathering') return againRefused(ref, { refused: none }, face)
  if (none === 'paused') return pause.isPaused
  if (none in words.none) return words.none[none as keyof typeof words.none]
  return failed({ failure: none as Exclude<typeof none, keyof typeof words.none> })
}

/** The filled form: a model reads the scene out of it, and whoever asked sees what it has read. */
export const propose: ModalHandler = async (interaction, _args, face) => {
  const { kickoffs, newId, texts } = face
  const head = await stageHere(interaction, face)
  const prose = writtenIn(interaction, 'prose')
  await interaction.deferReply({ flags: MessageFlags.Ephemeral })
  const by = interaction.user.id
  const proposed = await kickoffs.propose(head, { prose, by })
  if (isNoKickoff(proposed)) {
    await interaction.editReply(await whyNone(head, proposed, face))
    return
  }
  const id = newId()
  kickoffs.put(id, { ref: head.ref, by, kickoff: proposed })
  await interaction.editReply(kickoffSheet(id, proposed, 0, head, texts))
}
