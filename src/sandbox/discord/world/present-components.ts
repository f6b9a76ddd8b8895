import {
  type APIAttachment,
  type APIMessage,
  type APIMessageComponent,
  type APIMessageTopLevelComponent,
  type APIUnfurledMediaItem,
  ComponentType,
} from 'discord-api-types/v10'
import { isVersion2, placed } from '../component-tree.ts'

/** The pictures and files that a component shows. */
const mediaOf = (component: APIMessageComponent): APIUnfurledMediaItem[] => {
  switch (component.type) {
    case ComponentType.Thumbnail:
      return [component.media]
    case ComponentType.MediaGallery:
      return component.items.map(({ media }) => media)
    case ComponentType.File:
      return [component.file]
    default:
      return []
  }
}

/** The ids of the message's own files that its components show. */
export const filesShownIn = (components: readonly APIMessageTopLevelComponent[]): string[] =>
  placed<APIMessageComponent>(components).flatMap(({ component }) =>
    mediaOf(component).flatMap(({ attachment_id }) => attachment_id ?? []),
  )

/** The files that a message has beside those that its components show: Discord does not list those twice. */
export const unshownFiles = ({ flags, attachments, components = [] }: APIMessage): APIAttachment[] => {
  if (!isVersion2(flags)) return attachments
  const shown = filesShownIn(components)
  return attachments.filter(({ id }) => !shown.includes(id))
}

/** Components whose files of the message have whole addresses, for a reader who needs them. */
export const withOrigin = <T>(components: T, origin: string): T => {
  const whole = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(whole)
    if (!part || typeof part !== 'object') return part
    if ('attachment_id' in part && 'url' in part && 'proxy_url' in part) {
      return { ...part, url: `${origin}${part.url}`, proxy_url: `${origin}${part.proxy_url}` }
    }
    return Object.fromEntries(Object.entries(part).map(([key, held]) => [key, whole(held)]))
  }
  return whole(components) as T
}
