import type { APIEmbed, APIMessage } from 'discord-api-types/v10'
import { EmbedType } from 'discord-api-types/v10'
import { numberComponents } from '../forms/component.ts'
import type { Embed } from '../forms/embed.ts'
import { dense } from '../forms/form.ts'
import type { AllowedMentions, MessageEdit } from '../forms/message.ts'
import { may } from '../permissions.ts'
import { refuse } from '../refusal.ts'
import type { Channel } from '../world/entities.ts'
import type { World } from '../world/world.ts'
import { attachmentsAfter, keepFiles } from './attachments.ts'

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

/**
 * The written part after a form is laid over what was there. Discord strips white space around the text, and
 * refuses (50006) a message that would hold neither text nor embeds nor files. New files are stored.
 */
export const compose = (
  world: World,
  author: string,
  channel: Channel,
  form: MessageEdit,
  before?: Written,
): Written => {
  const content = form.content === undefined ? (before?.content ?? '') : (form.content ?? '').trim()
  const embeds = form.embeds === undefined ? (before?.embeds ?? []) : (form.embeds ?? []).map(embedOf)
  const components =
    form.components === undefined ? (before?.components ?? []) : numberComponents(form.components ?? [])
  const attached = attachmentsAfter(world, channel, form, before?.attachments)
  if (content === '' && embeds.length === 0 && attached.length === 0) throw refuse(50006)
  keepFiles(world, channel, attached)
  const keepsMentions = before && form.content === undefined && !form.allowed_mentions
  return {
    content,
    embeds,
    attachments: attached.map(({ attachment }) => attachment),
    components,
    ...(keepsMentions
      ? {
          mentions: before.mentions,
          mention_roles: before.mention_roles,
          mention_everyone: before.mention_everyone,
        }
      : mentionsOf(world, author, channel, content, form.allowed_mentions)),
  }
}
