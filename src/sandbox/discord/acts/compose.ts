import type { APIEmbed, APIMessage } from 'discord-api-types/v10'
import { EmbedType } from 'discord-api-types/v10'
import { displayedTexts, isVersion2 } from '../component-tree.ts'
import type { Embed } from '../forms/embed.ts'
import { dense } from '../forms/form.ts'
import { type AllowedMentions, type MessageEdit, refuseBesideComponents } from '../forms/message.ts'
import { may } from '../permissions.ts'
import { refuse } from '../refusal.ts'
import type { Channel } from '../world/entities.ts'
import type { World } from '../world/world.ts'
import { attachmentsAfter, keepFiles } from './attachments.ts'
import { composeComponents, keepComponents } from './components.ts'

/** The part of a message that its sender wrote. */
export type Written = Pick<
  APIMessage,
  'content' | 'embeds' | 'attachments' | 'components' | 'mentions' | 'mention_roles' | 'mention_everyone'
>

const idsIn = (content: string, mark: '@!?' | '@&'): string[] => [
  ...new Set([...content.matchAll(new RegExp(`<${mark}(\\d{17,20})>`, 'g'))].map(([, id = '']) => id)),
]

const allowsKind = (allowed: AllowedMentions | null | undefined, kind: 'users' | 'roles') => (id: string) =>
  !allowed || allowed.parse?.includes(kind) === true || allowed[kind]?.includes(id) === true

/** Whom the message pings: what the text names, as far as `allowed_mentions` and the sender's permissions let it. */
const mentionsOf = (
  world: World,
  author: string,
  channel: Channel,
  content: string,
  allowed: AllowedMentions | null | undefined,
): Pick<Written, 'mentions' | 'mention_roles' | 'mention_everyone'> => {
  const everyoneAllowed = !allowed || allowed.parse?.includes('everyone') === true
  const pingsAll = may(world, author, channel, 'MentionEveryone')
  return {
    mentions: idsIn(content, '@!?')
      .filter(allowsKind(allowed, 'users'))
      .flatMap((id) => world.users.get(id) ?? []),
    mention_roles: idsIn(content, '@&')
      .filter(allowsKind(allowed, 'roles'))
      .filter((id) => pingsAll || world.roles.get(id)?.mentionable),
    mention_everyone: everyoneAllowed && pingsAll && /@(everyone|here)\b/.test(content),
  }
}

const embedOf = (embed: Embed): APIEmbed =>
  ({
    type: EmbedType.Rich,
    ...dense(embed),
    ...(embed.fields ? { fields: embed.fields.map(dense) } : {}),
    ...(embed.timestamp ? { timestamp: new Date(embed.timestamp).toISOString() } : {}),
  }) as APIEmbed

/** Of a version 2 message, and of one that becomes one: neither what was there nor what comes may stay beside it. */
const demandComponentsAlone = ({ content, embeds }: MessageEdit, before?: Written): void =>
  refuseBesideComponents({
    content: content === undefined ? before?.content || undefined : content,
    // An edit clears them with an empty list. Null leaves them, and so does saying nothing.
    embeds: embeds ?? before?.embeds,
  })

/**
 * The written part after a form is laid over what was there. Discord strips white space around the text, and
 * refuses (50006) a message that would hold neither text nor embeds nor files, or none of the components that it is
 * made of. New files are stored.
 */
export const compose = (
  world: World,
  author: string,
  channel: Channel,
  form: MessageEdit,
  before?: Written & Pick<APIMessage, 'flags'>,
): Written => {
  const version2 = isVersion2(form.flags) || isVersion2(before?.flags)
  if (version2) demandComponentsAlone(form, before)
  const content = form.content === undefined ? (before?.content ?? '') : (form.content ?? '').trim()
  const embeds = form.embeds === undefined ? (before?.embeds ?? []) : (form.embeds ?? []).map(embedOf)
  const attached = attachmentsAfter(world, channel, form, before?.attachments)
  const attachments = attached.map(({ attachment }) => attachment)
  const components =
    form.components === undefined
      ? keepComponents(before?.components ?? [], attachments)
      : composeComponents(world, form.components ?? [], attachments)
  const isEmpty = content === '' && embeds.length === 0 && attached.length === 0
  if (version2 ? components.length === 0 : isEmpty) throw refuse(50006)
  keepFiles(world, channel, attached)
  const keepsWords = form.content === undefined && (!version2 || form.components === undefined)
  const keepsMentions = before && keepsWords && !form.allowed_mentions
  return {
    content,
    embeds,
    attachments,
    components,
    ...(keepsMentions
      ? {
          mentions: before.mentions,
          mention_roles: before.mention_roles,
          mention_everyone: before.mention_everyone,
        }
      : mentionsOf(
          world,
          author,
          channel,
          [content, ...displayedTexts(components)].join('\n'),
          form.allowed_mentions,
        )),
  }
}
