import { MessageFlags } from 'discord.js'
import type { CommandHandler } from '../../src/discord/command.ts'
import { playedHere } from '../../src/discord/here.ts'
import { plain, subtext } from '../../src/discord/render.ts'
import { LABEL_LIMIT } from '../../src/story/label.ts'
import { added, type BoundaryKind, isCalled, wordsIn } from './bounds.ts'
import { placeSaid } from './place.ts'

/** How much is shown of the words by which one is known. */
export const WORDS_ROOM = 600

/** `/boundaries line` and `/boundaries veil`. */
export const adding =
  (kind: BoundaryKind): CommandHandler =>
  async (interaction, face) => {
    const { boundaries: words } = face.texts
    const { options } = interaction
    const label = options.getString('label', true).trim()
    const boundary = { label, words: wordsIn(options.getString('words') ?? '') }
    const place = await placeSaid(interaction, (asked, of) => playedHere(asked, of, words.notPlaying), face)

    await interaction.deferReply({ flags: MessageFlags.Ephemeral })
    const after = await place.change((before) => added(before, kind, boundary))
    if (typeof after === 'string') {
      await interaction.editReply(words.refused[after])
      return
    }
    const known = after[kind].find(isCalled(label))?.words ?? []
    await interaction.editReply(
      [
        words.added[kind](plain(label, LABEL_LIMIT), place.where),
        subtext(
          known.length > 0 ? words.known(plain([label, ...known].join(', '), WORDS_ROOM)) : words.onlyLabel,
        ),
      ].join('\n'),
    )
  }
