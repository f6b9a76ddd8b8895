import type { APIAttachment, APIEmbed, APIMessage, APIUnfurledMediaItem } from 'discord-api-types/v10'
import { isVersion2 } from '../../discord/component-tree.ts'

const PICTURE_TYPES = /^image\/(?:png|jpe?g|gif|webp|avif)\b/
const PICTURE_NAMES = /\.(?:png|jpe?g|gif|webp|avif)$/i

/** Discord's bounds for a picture in the chat. */
const MAX_WIDTH = 400
const MAX_HEIGHT = 300

/** Whether a file is shown rather than offered. Discord leaves the type out where it does not know it. */
export const isPicture = ({ content_type, filename }: APIAttachment): boolean =>
  content_type ? PICTURE_TYPES.test(content_type) : PICTURE_NAMES.test(filename)

/** What a picture says to those who do not see it. */
export const altText = ({ description, filename }: APIAttachment): string => description || filename

export type Size = { readonly width: number; readonly height: number }

/** The size at which a picture is shown, its shape kept; undefined where its own size is not known. */
export const fitted = ({ width, height }: Pick<APIAttachment, 'width' | 'height'>): Size | undefined => {
  if (!width || !height) return undefined
  const scale = Math.min(1, MAX_WIDTH / width, MAX_HEIGHT / height)
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

const SCHEME = 'attachment://'

/** The file of the message that an embed's address means: by `attachment://name`, or by the file's own address. */
export const fileAt = (
  url: string | undefined,
  files: readonly APIAttachment[],
): APIAttachment | undefined =>
  url === undefined
    ? undefined
    : files.find((file) => (url.startsWith(SCHEME) ? url === SCHEME + file.filename : url === file.url))

/** An embed's address as the browser can load it; undefined for a file that the message does not have. */
export const addressOf = (url: string | undefined, files: readonly APIAttachment[]): string | undefined =>
  fileAt(url, files)?.url ?? (url?.startsWith(SCHEME) ? undefined : url)

const addressesIn = (embed: APIEmbed): (string | undefined)[] => [
  embed.image?.url,
  embed.thumbnail?.url,
  embed.author?.icon_url,
  embed.footer?.icon_url,
]

/** What a component shows, as the file that it is. Of a picture from elsewhere only the address is known. */
export const fileOf = (
  media: APIUnfurledMediaItem,
  more: {
    readonly filename?: string | null | undefined
    readonly size?: number | null | undefined
    readonly description?: string | null | undefined
  },
): APIAttachment => {
  const { url, proxy_url = url, width = null, height = null, content_type } = media
  const last = new URL(url, 'http://loopback').pathname.split('/').at(-1)
  return {
    id: media.attachment_id ?? url,
    filename: more.filename || last || 'picture',
    size: more.size ?? 0,
    url,
    proxy_url,
    width,
    height,
    ...(content_type ? { content_type } : {}),
    ...(more.description ? { description: more.description } : {}),
  }
}

/**
 * The files that stand beneath a message: those that one of its embeds shows are not shown twice, and a message of
 * components shows only those that stand in one.
 */
export const filesBeneath = ({ attachments, embeds, flags }: APIMessage): APIAttachment[] => {
  if (isVersion2(flags)) return []
  const used = new Set(embeds.flatMap(addressesIn).map((url) => fileAt(url, attachments)))
  return attachments.filter((file) => !used.has(file))
}
