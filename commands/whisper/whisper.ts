import { MessageFlags } from 'discord.js'
import { markedWords, nameHere, playerOf, shownLine, wordsTyped } from '../../src/discord/act.ts'
import { threadWith } from '../../src/discord/branch-thread.ts'
import type { CommandHandler } from '../../src/discord/command.ts'
import { demandTold, inWords, storyHere } from '../../src/discord/here.ts'
import { castIn, labelOf, shownAs } from '../../src/discord/names.ts'
import { characterNamed } from '../../src/discord/voices.ts'
import { SkeinError } from '../../src/kit/errors.ts'
import { whisper } from '../../src/story/decide.ts'
import { retractRow } from '../retract/retract.ts'

/** `/whisper`: the thread shows that something is whispered, and to whom. The words are for the two alone. */
export const run: CommandHandler = async (interaction, face) => {
  const { engine, newId, texts } = face
  const { whisper: words } = texts
  const head = await storyHere(interaction, face)
  await demandTold(head.ref, face)
  const to = characterNamed(head, interaction.options.getString('to', true), texts)
  const cast = castIn(head, texts)
  const text = markedWords(wordsTyped(interaction).text, 'say', texts)
  const alone = words.said(shownAs(cast, to), text)
  const line = shownLine(
    nameHere(interaction, head),
    markedWords(words.shown(shownAs(cast, to)), 'do', texts),
    texts,
  )

  await interaction.deferReply({ flags: MessageFlags.Ephemeral })
  const thread = await threadWith(interaction.channelId, face)
  if (!thread) throw new SkeinError('thread_missing', 'a story’s thread cannot be seen', { ...head.ref })
  await face.caughtUp(thread.id)
  const shown = await thread.send(line)
  await interaction.editReply({ content: alone, components: [retractRow(shown.id, texts)] })
  const intent = {
    ...{ player: playerOf(interaction), to, text, source: shown.id },
    shown: markedWords(words.shown(labelOf(cast, to)), 'do', texts),
  }
  const outcome = await engine
    .ask(head.ref, ({ state }) => whisper(state, intent, newId), { ids: [shown.id], channel: thread.id })
    .catch(async (error: unknown) => {
      await shown.delete().catch(() => {})
      throw error
    })
  if (typeof outcome !== 'object') return
  await shown.delete().catch(() => {})
  await interaction.editReply({ content: inWords(words.refused, outcome), components: [] })
}
