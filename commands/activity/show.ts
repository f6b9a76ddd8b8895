import { MessageFlags } from 'discord.js'
import type { CommandHandler } from '../../src/discord/command.ts'
import { castIn, shownAs, someoneNamed } from '../../src/discord/names.ts'
import { plain } from '../../src/discord/render.ts'
import type { Texts } from '../../src/locales/en.ts'
import type { Knowable } from '../../src/safety/knowable.ts'
import type { Head } from '../../src/story/head.ts'
import type { EntityId } from '../../src/story/ref.ts'
import { present } from '../../src/story/scene.ts'
import { knownHere, withReason } from '../known.ts'
import { listing } from '../listing.ts'
import { activityFields } from './activity.ts'

/** How much is shown of each part of what someone does. */
const PART_ROOM = 250

/** What is known of what someone does, part by part, as it may stand in a reply. */
export const activityWords = (head: Head, entity: EntityId, texts: Texts): string[] => {
  const { activity: words } = texts
  const { posture, slot, action, holding, status, attention } = activityFields(head, entity, texts)
  return [
    posture,
    slot,
    action,
    holding && words.holds(holding),
    status,
    attention && words.attends(attention),
  ]
    .filter(Boolean)
    .map((part) => plain(part, PART_ROOM))
}

const row = (head: Head, entity: EntityId, texts: Texts): string | undefined => {
  const parts = activityWords(head, entity, texts)
  return parts.length > 0 ? texts.activity.entry(shownAs(castIn(head, texts), entity), parts) : undefined
}

/**
 * What one of the cast does or, with nobody named, what those who are present do: as far as its reader may know it.
 * What they may not know reads the same as what nobody knows.
 */
export const activitySheet = (known: Knowable, who: EntityId | undefined, texts: Texts): string => {
  const { activity: words, change } = texts
  const { head } = known
  const { cast, scene } = head.state
  if (who !== undefined)
    return row(head, who, texts) ?? withReason(words.unknown(shownAs(castIn(head, texts), who)), known, texts)
  const rows = present(cast, scene)
    .map((entity) => row(head, entity, texts))
    .filter((said) => said !== undefined)
  if (rows.length > 0) return listing('', rows, change.further)
  return known.standing === 'leading' ? words.nothing : withReason(words.nothingSeen, known, texts)
}

/** `/activity show`. */
export const show: CommandHandler = async (interaction, face) => {
  const { texts } = face
  const known = await knownHere(interaction, face)
  const typed = interaction.options.getString('who')
  const who = typed === null ? undefined : someoneNamed(known.head, typed, texts)
  await interaction.reply({ content: activitySheet(known, who, texts), flags: MessageFlags.Ephemeral })
}
