import { MessageFlags } from 'discord.js'
import type { CommandHandler } from '../../src/discord/command.ts'
import { castIn, shownAs, someoneNamed } from '../../src/discord/names.ts'
import type { Texts } from '../../src/locales/en.ts'
import { edgeBetween } from '../../src/story/edge.ts'
import type { Head } from '../../src/story/head.ts'
import { type EntityId, NARRATOR } from '../../src/story/ref.ts'
import { present } from '../../src/story/scene.ts'
import { worldHere } from '../change.ts'
import { listing } from '../listing.ts'

const CELLS = 10

/** A feeling from 0 to 100 as a bar, with its number. */
export const bar = (feeling: number): string => {
  const full = Math.round((feeling / 100) * CELLS)
  return `\`${'█'.repeat(full)}${'░'.repeat(CELLS - full)}\` ${feeling}`
}

/** How those who are present feel about each other; with `from`, how that one feels about the others. */
export const relationSheet = (head: Head, from: EntityId | undefined, texts: Texts): string => {
  const { relation: words, change } = texts
  const { cast, scene, edges } = head.state
  const known = castIn(head, texts)
  const here = present(cast, scene).filter((entity) => entity !== NARRATOR)
  const rows = (from === undefined ? here : [from]).flatMap((one) =>
    here
      .filter((other) => other !== one)
      .map((other) => {
        const { affinity, trust } = edgeBetween(edges, one, other)
        const pair = words.pair(shownAs(known, one), shownAs(known, other))
        return words.entry(pair, bar(affinity), bar(trust))
      }),
  )
  return rows.length > 0 ? listing('', rows, change.further) : words.nobody
}

/** `/relation show`. */
export const show: CommandHandler = async (interaction, face) => {
  const { texts } = face
  const head = await worldHere(interaction, face)
  const typed = interaction.options.getString('from')
  const from = typed === null ? undefined : someoneNamed(head, typed, texts)
  await interaction.reply({ content: relationSheet(head, from, texts), flags: MessageFlags.Ephemeral })
}
