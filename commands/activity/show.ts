import { MessageFlags } from 'discord.js'
import type { CommandHandler } from '../../src/discord/command.ts'
import { storyHere } from '../../src/discord/here.ts'
import { castIn, shownAs, someoneNamed } from '../../src/discord/names.ts'
import { plain } from '../../src/discord/render.ts'
import type { Texts } from '../../src/locales/en.ts'
import type { Head } from '../../src/story/head.ts'
import type { EntityId } from '../../src/story/ref.ts'
import { present } from '../../src/story/scene.ts'
import { listing } from '../listing.ts'
import { activityFields } from './activity.ts'

/** How much is shown of each part of what someone does. */
const PART_ROOM = 250

const row = (head: Head, entity: EntityId, texts: Texts): string | undefined => {
  const { activity: words } = texts
  const { posture, slot, action, holding, status, attention } = activityFields(head, entity, texts)
  const parts = [
    posture,
    slot,
    action,
    holding && words.holds(holding),
    status,
    attention && words.attends(attention),
  ]
    .filter(Boolean)
    .map((part) => plain(part, PART_ROOM))
  return parts.length > 0 ? words.entry(shownAs(castIn(head, texts), entity), parts) : undefined
}

/** What one of the cast does or, with nobody named, what those who are present do. */
export const activitySheet = (head: Head, who: EntityId | undefined, texts: Texts): string => {
  const { activity: words, change } = texts
  const { cast, scene } = head.state
  if (who !== undefined) return row(head, who, texts) ?? words.unknown(shownAs(castIn(head, texts), who))
  const rows = present(cast, scene)
    .map((entity) => row(head, entity, texts))
    .filter((known) => known !== undefined)
  return rows.length > 0 ? listing('', rows, change.further) : words.nothing
}

/** `/activity show`. */
export const show: CommandHandler = async (interaction, face) => {
  const { texts } = face
  const head = await storyHere(interaction, face)
  const typed = interaction.options.getString('who')
  const who = typed === null ? undefined : someoneNamed(head, typed, texts)
  await interaction.reply({ content: activitySheet(head, who, texts), flags: MessageFlags.Ephemeral })
}
