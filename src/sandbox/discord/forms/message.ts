import { MessageFlags, MessageReferenceType } from 'discord-api-types/v10'
import { z } from 'zod'
import { isVersion2 } from '../component-tree.ts'
import { notBuilt, refuseForm } from '../refusal.ts'
import { Attachments, checkUploads, type Upload } from './attachment.ts'
import { Layout, Rows, refuseUnbuiltComponents } from './component.ts'
import { Embeds } from './embed.ts'
import { flaw, list, readForm, snowflake, text } from './form.ts'

/** Discord's limit for one message. Counted in UTF-16 units, which is never more lenient than Discord is. */
const CONTENT_LIMIT = 2000

const AllowedMentions = z
  .object({
    parse: z.array(z.enum(['roles', 'users', 'everyone'])).nullish(),
    roles: list(snowflake, 0, 100).nullish(),
    users: list(snowflake, 0, 100).nullish(),
    replied_user: z.boolean().nullish(),
  })
  .superRefine((value, context) => {
    for (const kind of ['roles', 'users'] as const) {
      if (value.parse?.includes(kind) && value[kind]?.length) {
        context.addIssue({
          code: 'custom',
          ...flaw(
            'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
            `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`,
          ),
        })
      }
    }
  })
export type AllowedMentions = z.output<typeof AllowedMentions>

const body = {
  content: text(0, CONTENT_LIMIT).nullish(),
  embeds: Embeds.nullish(),
  allowed_mentions: AllowedMentions.nullish(),
  components: Layout.nullish(),
  attachments: Attachments.nullish(),
  flags: z.int().min(0).nullish(),
}

/** Without the flag of version 2. */
const rows = { components: Rows.nullish() }

/** The files that came with the form. */
type WithFiles = { readonly files?: readonly Upload[] | undefined }

export const MessageCreate = z.object({
  ...body,
  tts: z.boolean().nullish(),
  nonce: z.union([z.int(), text(0, 25)]).nullish(),
  enforce_nonce: z.boolean().nullish(),
  message_reference: z
    .object({
      type: z.literal(MessageReferenceType.Default).nullish(),
      message_id: snowflake,
      channel_id: snowflake.nullish(),
      guild_id: snowflake.nullish(),
      fail_if_not_exists: z.boolean().nullish(),
    })
    .nullish(),
})
export type MessageCreate = z.output<typeof MessageCreate> & WithFiles

export const MessageEdit = z.object(body)
export type MessageEdit = z.output<typeof MessageEdit> & WithFiles

/** The flags that a sender may set, by where the message comes from. Any other is refused rather than dropped. */
const SENDER_FLAGS =
  MessageFlags.SuppressEmbeds | MessageFlags.SuppressNotifications | MessageFlags.IsComponentsV2
export const ANSWER_FLAGS = SENDER_FLAGS | MessageFlags.Ephemeral

type Fields = Readonly<Record<string, unknown>>

const fieldsOf = (form: unknown): Fields => (form && typeof form === 'object' ? { ...form } : {})

const holds = (value: unknown): boolean =>
  value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0)

const WITHOUT_COMPONENTS = ['content', 'embeds', 'sticker_ids', 'poll'] as const

/** Refuses what a version 2 message cannot have beside its components. An empty text counts as one. */
export const refuseBesideComponents = (fields: Fields): void => {
  const wrong = WITHOUT_COMPONENTS.filter((key) => holds(fields[key]))
  if (wrong.length === 0) return
  throw refuseForm(
    ...wrong.map((key) => ({
      path: [key],
      code: 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
      message: `The '${key}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`,
    })),
  )
}

const EMPTY_OR_UNBUILT = ['sticker_ids', 'poll', 'shared_client_theme'] as const

const EMBEDDED_FILE = /"(icon_)?url":"attachment:/

const refuseUnbuilt = (fields: Fields): void => {
  for (const key of EMPTY_OR_UNBUILT) {
    if (holds(fields[key])) throw notBuilt(`messages with ${key}`)
  }
  if (Number(fields.flags) & MessageFlags.IsVoiceMessage) throw notBuilt('voice messages')
  const reference = fields.message_reference
  if (reference && typeof reference === 'object' && 'type' in reference && reference.type === 1) {
    throw notBuilt('forwarded messages')
  }
  if (EMBEDDED_FILE.test(JSON.stringify(fields.embeds ?? []))) throw notBuilt('files shown in embeds')
  refuseUnbuiltComponents(fields.components)
}

/** Whether the form itself says that it is of version 2. An edit has to say so each time that it brings components. */
const saysVersion2 = ({ flags }: Fields): boolean => typeof flags === 'number' && isVersion2(flags)

const check = (fields: Fields): void => {
  if (saysVersion2(fields)) refuseBesideComponents(fields)
  refuseUnbuilt(fields)
}

const flagsWithin = (allowed: number) => (value: { flags?: number | null | undefined }) =>
  ((value.flags ?? 0) & ~allowed) === 0

const flagFlaw = { path: ['flags'], ...flaw('MESSAGE_FLAGS_INVALID', 'These flags cannot be set here.') }

const withFiles = <T extends object>(form: T, files: readonly Upload[]): T & WithFiles => {
  checkUploads(files)
  return files.length ? { ...form, files } : form
}

type Arriving = { readonly flags?: number; readonly files?: readonly Upload[] }

/** `flags` are those that may be set here. */
export const readMessageCreate = (form: unknown, arriving: Arriving = {}): MessageCreate => {
  const { flags = SENDER_FLAGS, files = [] } = arriving
  const fields = fieldsOf(form)
  check(fields)
  const within = flagsWithin(flags)
  const schema = saysVersion2(fields)
    ? MessageCreate.refine(within, flagFlaw)
    : MessageCreate.extend(rows).refine(within, flagFlaw)
  return withFiles(readForm(schema, form), files)
}

export const readMessageEdit = (form: unknown, files: readonly Upload[] = []): MessageEdit => {
  const fields = fieldsOf(form)
  check(fields)
  return withFiles(readForm(saysVersion2(fields) ? MessageEdit : MessageEdit.extend(rows), form), files)
}
