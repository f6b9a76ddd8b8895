import { type Interaction, type InteractionReplyOptions, MessageFlags } from 'discord.js'
import type { ButtonRow } from '../../src/discord/buttons.ts'
import type { ButtonHandler, CommandHandler, Face } from '../../src/discord/command.ts'
import { customId } from '../../src/discord/custom-id.ts'
import { ledHere } from '../../src/discord/here.ts'
import { pageIn, pager } from '../../src/discord/pager.ts'
import { plain, subtext } from '../../src/discord/render.ts'
import { UserFacingError } from '../../src/kit/errors.ts'
import type { Texts } from '../../src/locales/en.ts'
import type { Character } from '../../src/story/cast.ts'
import type { Head } from '../../src/story/head.ts'
import { LABEL_LIMIT } from '../../src/story/label.ts'
import { placeIn } from '../../src/story/place.ts'
import type { KeptChange } from '../../src/turn/ports/evolution.ts'
import { rowsOf } from '../memory/page.ts'
import { calledHere, knownHere, namedIn } from './character.ts'

/** So many changes fit one message, however long they are. */
const PAGE = 5

/** A page of how a character changed, the newest first. Pages count from 0. */
export const evolutionRows = (
  head: Head,
  character: Character,
  { changes, page, hasMore }: { changes: readonly KeptChange[]; page: number; hasMore: boolean },
  { evolution: words }: Texts,
): string => {
  const rows = changes.map(({ body, turn, scene, place, from, to }, index) => {
    const isSameArc = changes[index - 1]?.from === from
    const where = plain(placeIn(head.state.places, place)?.name ?? '', LABEL_LIMIT)
    return {
      before: isSameArc ? '' : `${words.arc(from, to)}\n`,
      words: body,
      after: `\n${subtext(words.details(turn, scene, where))}`,
    }
  })
  const footer = [...(page > 0 || hasMore ? [words.page(page + 1)] : []), words.allShown].join(' · ')
  return rowsOf(words.heading(namedIn(head, character)), rows, subtext(footer))
}

type Page = Pick<InteractionReplyOptions, 'content'> & { readonly components: ButtonRow[] }

const pageFor = async (
  head: Head,
  character: Character,
  page: number,
  { evolutions, texts }: Face,
): Promise<Page> => {
  const changes = (await evolutions.of(head, character.character)).toReversed()
  const shown = changes.slice(page * PAGE, (page + 1) * PAGE)
  const { evolution: words } = texts
  if (shown.length === 0 && page > 0) throw new UserFacingError('no_such_page', words.noPage(page + 1))
  if (shown.length === 0) return { content: words.none(namedIn(head, character)), components: [] }
  const hasMore = changes.length > (page + 1) * PAGE
  return {
    content: evolutionRows(head, character, { changes: shown, page, hasMore }, texts),
    components: pager(page, hasMore, (to) => customId('evolution', character.character, to), texts),
  }
}

/** It is what goes on inside a character: a player learns of it by what the character says and does. */
const openHere = (interaction: Interaction<'cached'>, face: Face): Promise<Head> =>
  ledHere(interaction, face, face.texts.evolution.notYours)

/** `/character evolution`. */
export const evolution: CommandHandler = async (interaction, face) => {
  const head = await openHere(interaction, face)
  const character = calledHere(head, interaction.options.getString('name', true), face.texts)
  await interaction.reply({ ...(await pageFor(head, character, 0, face)), flags: MessageFlags.Ephemeral })
}

/** The buttons under it. */
export const evolutionPage: ButtonHandler = async (interaction, [character = '', page], face) => {
  const head = await openHere(interaction, face)
  const known = knownHere(head, character, face.texts)
  const { content = '', components } = await pageFor(head, known, pageIn(page), face)
  await interaction.update({ content, components })
}
