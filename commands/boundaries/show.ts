import { type Interaction, MessageFlags } from 'discord.js'
import type { ButtonHandler, CommandHandler, Face } from '../../src/discord/command.ts'
import { customId } from '../../src/discord/custom-id.ts'
import { pageIn } from '../../src/discord/pager.ts'
import { plain, subtext } from '../../src/discord/render.ts'
import type { BoundaryPlace } from '../../src/locales/en/safety.ts'
import type { Texts } from '../../src/locales/en.ts'
import { LABEL_LIMIT } from '../../src/story/label.ts'
import { type Page, pageOf } from '../cost/page.ts'
import { WORDS_ROOM } from './add.ts'
import { type Bounds, boundaryKinds } from './bounds.ts'

/** What holds here, by where it is set; without a story, where no story is told. */
export type BoundsHere = { readonly server: Bounds; readonly story: Bounds | undefined }

export const boundsHere = async (
  { channelId, guildId }: Pick<Interaction<'cached'>, 'channelId' | 'guildId'>,
  { settings, threads }: Pick<Face, 'settings' | 'threads'>,
): Promise<BoundsHere> => {
  const ref = channelId === null ? undefined : await threads.storyIn(channelId)
  const found = ref && (await settings.of(ref.story))
  return { server: found?.server ?? (await settings.ofServer(guildId)), story: found?.story }
}

const rowsOf = (where: BoundaryPlace, bounds: Bounds, { boundaries: words }: Texts): string[] =>
  boundaryKinds.flatMap((kind) => {
    const entries = bounds[kind].map((boundary) =>
      words.entry(plain(boundary.label, LABEL_LIMIT), plain(boundary.words.join(', '), WORDS_ROOM)),
    )
    return entries.length > 0 ? [words.of[where][kind], ...entries] : []
  })

/** All lines and veils that hold somewhere, the server's first. */
export const boundarySheet = ({ server, story }: BoundsHere, page: number, texts: Texts): Page => {
  const { boundaries: words } = texts
  const rows = [...rowsOf('server', server, texts), ...(story ? rowsOf('story', story, texts) : [])]
  return pageOf(
    {
      heading: '',
      rows: rows.length > 0 ? rows : [words.none],
      footer: subtext(story ? words.howTo : words.elsewhere),
      ...{ page, idOf: (to) => customId('boundaries', to) },
    },
    texts,
  )
}

/** `/boundaries show`. */
export const show: CommandHandler = async (interaction, face) => {
  const page = boundarySheet(await boundsHere(interaction, face), 0, face.texts)
  await interaction.reply({ ...page, flags: MessageFlags.Ephemeral })
}

/** The buttons under it. */
export const showPage: ButtonHandler = async (interaction, [page], face) => {
  await interaction.update(boundarySheet(await boundsHere(interaction, face), pageIn(page), face.texts))
}
