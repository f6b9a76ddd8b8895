import {
  ChannelType,
  MessageFlags,
  PermissionFlagsBits,
  type StringSelectMenuInteraction,
  type TextChannel,
} from 'discord.js'
import { knownBranches, living } from '../../src/discord/branch-names.ts'
import { branchThreadName, introduceBranch, orWithout, titleOf } from '../../src/discord/branch-thread.ts'
import { type MenuRow, menuRow } from '../../src/discord/buttons.ts'
import { NEEDED_PERMISSIONS } from '../../src/discord/client.ts'
import type { Face, SelectHandler } from '../../src/discord/command.ts'
import { customId, readCustomId } from '../../src/discord/custom-id.ts'
import { isGone } from '../../src/discord/gone.ts'
import { isInCharge } from '../../src/discord/here.ts'
import { calledHere } from '../../src/discord/moved.ts'
import { labelOf } from '../../src/discord/names.ts'
import { plain, shorten } from '../../src/discord/render.ts'
import { channelFor, openThread } from '../../src/discord/thread.ts'
import { UserFacingError } from '../../src/kit/errors.ts'
import type { Texts } from '../../src/locales/en.ts'
import type { Head } from '../../src/story/head.ts'
import { START_LIMITS } from '../../src/story/intent.ts'
import type { ListedStory } from '../../src/turn/ports.ts'
import { OPTION_LIMIT } from '../limits.ts'

/** Offers to tell each of these stories in a new thread. */
export const reopenRow = (stories: readonly ListedStory[], texts: Texts): MenuRow[] => {
  if (stories.length === 0) return []
  const options = stories.map(({ head, lastLine }) => ({
    label: shorten(titleOf(head, texts), OPTION_LIMIT),
    description: shorten((lastLine?.text ?? texts.list.untold).replace(/\s+/gu, ' '), OPTION_LIMIT),
    value: customId('reopen', head.ref.story, head.ref.branch),
  }))
  return [menuRow(customId('reopen'), texts.list.reopen, options)]
}

type Chosen = StringSelectMenuInteraction<'cached'>

/** Where the new thread belongs: in the channel of the one before or, where that is gone too, in this one. */
const channelOf = (interaction: Chosen, parent: string, { texts }: Face): TextChannel => {
  const { guild, member, client } = interaction
  const former = guild.channels.cache.get(parent)
  if (!former) return channelFor(interaction, texts)
  // Whoever cannot see it has a list from when they could.
  if (!former.permissionsFor(member).has(PermissionFlagsBits.ViewChannel))
    throw new UserFacingError('stale', texts.list.stale)
  if (former.type !== ChannelType.GuildText)
    throw new UserFacingError('wrong_channel', texts.start.wrongChannel)
  const allowed = former.permissionsFor(client.user)
  const missing = Object.entries(NEEDED_PERMISSIONS).filter(([, bit]) => !allowed?.has(bit))
  if (missing.length > 0) {
    const names = missing.map(([name]) => name)
    throw new UserFacingError('missing_permissions', texts.list.missingPermissions(former.toString(), names))
  }
  return former
}

const threadName = async (head: Head, { branches, texts }: Face): Promise<string> => {
  const all = living(await branches.list(head.ref.story))
  return all.length > 1
    ? branchThreadName(head, labelOf(knownBranches(all, texts), head.ref.branch), texts)
    : titleOf(head, texts)
}

/** A new thread for a branch whose thread is gone. Refused while that one is there. */
const openAgain = async (interaction: Chosen, head: Head, face: Face) => {
  const { branches, stories, client, texts } = face
  const place = await stories.placeOf(head.ref)
  if (!place) throw new UserFacingError('stale', texts.list.stale)
  if (!(await isGone(place.channel, client)))
    throw new UserFacingError('thread_is_there', texts.list.isThere(`<#${place.channel}>`))
  const channel = channelOf(interaction, place.parent, face)
  const thread = await openThread(channel, await threadName(head, face), interaction.user.id, texts)
  await orWithout(thread, () => branches.showIn(head.ref, thread.id, channel.id))
  return thread
}

/** A story was chosen under the list: it goes on in a new thread. */
export const reopen: SelectHandler = async (interaction, _args, face) => {
  const { engine, load, texts } = face
  const [story = '', branch = ''] = readCustomId(interaction.values[0] ?? '').args
  const head = await load({ story, branch })
  if (!head) throw new UserFacingError('stale', texts.list.stale)
  if (!isInCharge(interaction, head)) throw new UserFacingError('not_in_charge', texts.list.notYoursToReopen)
  await interaction.deferReply({ flags: MessageFlags.Ephemeral })
  // One after the other: whoever asks at the same time is led to the thread that is there by then.
  const thread = await engine.alone(head.ref, () => openAgain(interaction, head, face))
  const title = plain(titleOf(head, texts), START_LIMITS.title)
  await interaction.editReply(texts.list.reopened(title, thread.toString()))
  await introduceBranch(thread, head.ref, texts.list.reopenedLine(calledHere(interaction)), face)
}
