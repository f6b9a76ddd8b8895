import { ChannelType, OverwriteType } from 'discord-api-types/v10'
import { z } from 'zod'
import { notBuilt, refuseForm } from '../refusal.ts'
import { readForm, snowflake, text } from './form.ts'

const archiveAfter = z.union([z.literal(60), z.literal(1440), z.literal(4320), z.literal(10080)])
const slowmode = z.int().min(0).max(21_600)

const threadFields = {
  name: text(1, 100),
  auto_archive_duration: archiveAfter.nullish(),
  rate_limit_per_user: slowmode.nullish(),
}

const ThreadFromMessage = z.object(threadFields)
const ThreadAlone = z.object({ ...threadFields, type: z.literal(ChannelType.PublicThread) })
export type ThreadForm = z.output<typeof ThreadFromMessage>

export const readThreadFromMessage = (form: unknown): ThreadForm => readForm(ThreadFromMessage, form)

/** A thread that starts from no message. Discord makes it private when the form names no type. */
export const readThreadAlone = (form: unknown): ThreadForm => {
  const type = form && typeof form === 'object' && 'type' in form ? form.type : undefined
  if (type === undefined || type === null || type === ChannelType.PrivateThread) {
    throw notBuilt('private threads (the default when a thread is created with no type)')
  }
  return readForm(ThreadAlone, form)
}

const ThreadEdit = z.object({
  name: text(1, 100).nullish(),
  archived: z.boolean().nullish(),
  locked: z.boolean().nullish(),
  auto_archive_duration: archiveAfter.nullish(),
  rate_limit_per_user: slowmode.nullish(),
})
export type ThreadEdit = z.output<typeof ThreadEdit>

export const readThreadEdit = (form: unknown): ThreadEdit => readForm(ThreadEdit, form)

const DirectOpening = z.object({
  recipient_id: snowflake.nullish(),
  access_tokens: z.array(z.string()).nullish(),
})

/** Whom to open direct messages with. */
export const readDirectOpening = (form: unknown): string => {
  const { recipient_id: recipient, access_tokens: tokens } = readForm(DirectOpening, form)
  if (tokens?.length) throw notBuilt('group direct messages')
  if (recipient) return recipient
  const message = 'At least one channel recipient is required.'
  throw refuseForm({ path: [], code: 'CHANNEL_RECIPIENT_REQUIRED', message })
}

const permissions = z.union([z.string().regex(/^\d+$/), z.int().transform(String)])

const ChannelEdit = z.object({
  name: text(1, 100).nullish(),
  topic: text(0, 1024).nullish(),
  position: z.int().min(0).nullish(),
  rate_limit_per_user: slowmode.nullish(),
  permission_overwrites: z
    .array(
      z.object({
        id: snowflake,
        type: z.union([z.literal(OverwriteType.Role), z.literal(OverwriteType.Member)]),
        allow: permissions.default('0'),
        deny: permissions.default('0'),
      }),
    )
    .nullish(),
})
export type ChannelEdit = z.output<typeof ChannelEdit>

export const readChannelEdit = (form: unknown): ChannelEdit => readForm(ChannelEdit, form)
