import { extname } from 'node:path'
import type { APIAttachment } from 'discord-api-types/v10'
import { MAX_FILES, type Upload } from '../forms/attachment.ts'
import type { MessageEdit } from '../forms/message.ts'
import { pictureIn, typeByName } from '../media.ts'
import { refuse, refuseForm } from '../refusal.ts'
import type { Channel } from '../world/entities.ts'
import type { StoredFile } from '../world/files.ts'
import type { World } from '../world/world.ts'

/** An attachment, with its bytes as long as they are not stored. */
export type Attached = { readonly attachment: APIAttachment; readonly bytes?: Buffer }

const withoutExtension = (name: string): string => name.slice(0, name.length - extname(name).length)

/** Discord writes spaces as underscores and leaves out all but the plainest characters. */
const plain = (words: string): string => words.replaceAll(' ', '_').replaceAll(/[^\w.-]/g, '')

const plainName = (name: string): string => {
  const stem = plain(withoutExtension(name))
  return `${/[^\W_]/.test(stem) ? stem : 'file'}${plain(extname(name))}`
}

const attachmentOf = (
  world: World,
  channel: Channel,
  bytes: Buffer,
  name: string,
  description?: string | null,
): APIAttachment => {
  const id = world.newId()
  const filename = plainName(name)
  const picture = pictureIn(bytes)
  const type = picture?.type ?? typeByName(filename)
  const url = `/attachments/${channel.id}/${id}/${filename}`
  return {
    id,
    filename,
    ...(filename === name ? {} : { title: withoutExtension(name) }),
    size: bytes.length,
    url,
    proxy_url: url,
    ...(type ? { content_type: type } : {}),
    ...(picture ? { width: picture.width, height: picture.height } : {}),
    ...(description ? { description } : {}),
  }
}

// Only a picture that could be read has a size.
const fileOf = (channel: Channel, { id, filename, width, content_type }: APIAttachment): StoredFile => ({
  id,
  channel: channel.id,
  filename,
  ...(width === undefined ? {} : { picture: content_type }),
})

const described = (attachment: APIAttachment, description: string | null | undefined): APIAttachment => {
  if (description === undefined) return attachment
  const { description: _, ...bare } = attachment
  return description ? { ...bare, description } : bare
}

/**
 * The attachments after a form is laid over those that were there; `before` is undefined for a new message. Without
 * `attachments` in the form all stay and all its files are added. With it, an edit keeps and adds those it names.
 */
export const attachmentsAfter = (
  world: World,
  channel: Channel,
  form: MessageEdit,
  before?: readonly APIAttachment[],
): Attached[] => {
  const { attachments: listed, files = [] } = form
  const named = (id: string) => listed?.find((one) => one.id === id)
  for (const [index, { id }] of (listed ?? []).entries()) {
    if (files.some(({ slot }) => slot === id) || before?.some((one) => one.id === id)) continue
    const message = 'Attachment data not found'
    throw refuseForm({ path: ['attachments', index], code: 'ATTACHMENT_NOT_FOUND', message })
  }
  const kept = (before ?? [])
    .filter(({ id }) => listed === undefined || named(id))
    .map((attachment) => ({ attachment: described(attachment, named(attachment.id)?.description) }))
  const added = files
    .filter(({ slot }) => before === undefined || !listed || named(slot))
    .map(({ slot, name, bytes }) => {
      const { filename, description } = named(slot) ?? {}
      return { attachment: attachmentOf(world, channel, bytes, filename ?? name, description), bytes }
    })
  if (kept.length + added.length > MAX_FILES) throw refuse(30015)
  return [...kept, ...added]
}

export const keepFiles = (world: World, channel: Channel, attached: readonly Attached[]): void => {
  for (const { attachment, bytes } of attached) {
    if (bytes) world.files.keep(fileOf(channel, attachment), bytes)
  }
}

/** A file that someone hands to a command: no message shows it, and it is held for as long as the answer may take. */
export const lendFile = (
  world: World,
  channel: Channel,
  { name, bytes }: Omit<Upload, 'slot'>,
): APIAttachment => {
  const attachment = attachmentOf(world, channel, bytes, name)
  world.files.lend(fileOf(channel, attachment), bytes)
  return { ...attachment, ephemeral: true }
}

/** Ends a message, and the files that it shows. */
export const forgetMessage = (world: World, channelId: string, id: string): void => {
  const stored = world.messages.get(channelId, id)
  for (const attachment of stored?.message.attachments ?? []) world.files.delete(attachment.id)
  world.messages.delete(channelId, id)
}
