import {
  type APIAttachment,
  type APIMessageTopLevelComponent,
  type APIUnfurledMediaItem,
  ComponentType,
  SeparatorSpacingSize,
} from 'discord-api-types/v10'
import { type Placed, placed } from '../component-tree.ts'
import type { Layout } from '../forms/component.ts'
import { dense } from '../forms/form.ts'
import { type Component, FILE_SCHEME } from '../forms/layout.ts'
import { refuseForm } from '../refusal.ts'
import { filesShownIn } from '../world/present-components.ts'
import type { World } from '../world/world.ts'

type Media = { readonly url: string }

const mediaIn = ({ component, path }: Placed<Component>): Placed<Media>[] => {
  switch (component.type) {
    case ComponentType.Thumbnail:
      return [{ component: component.media, path: [...path, 'media'] }]
    case ComponentType.MediaGallery:
      return component.items.map(({ media }, index) => ({
        component: media,
        path: [...path, 'items', index, 'media'],
      }))
    case ComponentType.File:
      return [{ component: component.file, path: [...path, 'file'] }]
    default:
      return []
  }
}

/** The file of the message that a component shows: by its name, or by the address that Discord gave it. */
const fileAt = (world: World, url: string, files: readonly APIAttachment[]): APIAttachment | undefined =>
  files.find((file) =>
    url.startsWith(FILE_SCHEME)
      ? url === FILE_SCHEME + file.filename
      : url === file.url || url === world.origin() + file.url,
  )

const missing = (path: readonly (string | number)[], name: string) => ({
  path,
  code: 'UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND',
  message: `The referenced attachment '${name}' was not found`,
})

const demandFiles = (world: World, components: Layout, files: readonly APIAttachment[]): void => {
  const flaws = placed<Component>(components, ['components'])
    .flatMap(mediaIn)
    .filter(({ component: { url } }) => url.startsWith(FILE_SCHEME) && !fileAt(world, url, files))
    .map(({ component: { url }, path }) => missing([...path, 'url'], url.slice(FILE_SCHEME.length)))
  if (flaws.length > 0) throw refuseForm(...flaws)
}

/** Components that an edit leaves as they are: the files that they show have to stay. */
export const keepComponents = (
  components: APIMessageTopLevelComponent[],
  files: readonly APIAttachment[],
): APIMessageTopLevelComponent[] => {
  const gone = filesShownIn(components).find((id) => !files.some((file) => file.id === id))
  if (gone !== undefined) throw refuseForm(missing(['attachments'], gone))
  return components
}

/** Gives the numbers that the sender has not given, in reading order from 1. */
const numbering = (components: Layout) => {
  const taken = new Set(placed<Component>(components).map(({ component }) => component.id))
  let last = 0
  return ({ id }: Component): number => {
    if (id) return id
    do last += 1
    while (taken.has(last))
    return last
  }
}

/** What Discord makes of components as they were sent: all are numbered, all media are resolved, defaults filled in. */
export const composeComponents = (
  world: World,
  components: Layout,
  files: readonly APIAttachment[],
): APIMessageTopLevelComponent[] => {
  demandFiles(world, components, files)
  const number = numbering(components)
  const resolved = ({ url }: Media): APIUnfurledMediaItem => {
    const file = fileAt(world, url, files)
    const id = world.newId()
    if (!file) return { id, url, proxy_url: url } as APIUnfurledMediaItem
    const { width, height, content_type } = file
    return {
      id,
      url: file.url,
      proxy_url: file.proxy_url,
      attachment_id: file.id,
      ...dense({ width, height, content_type }),
    } as APIUnfurledMediaItem
  }
  const made = (component: Component): unknown => {
    const head = { type: component.type, id: number(component) }
    switch (component.type) {
      case ComponentType.ActionRow:
        return { ...head, components: component.components.map(made) }
      case ComponentType.Section:
        return { ...head, components: component.components.map(made), accessory: made(component.accessory) }
      case ComponentType.Container: {
        const { accent_color = null, spoiler } = component
        return {
          ...head,
          accent_color,
          spoiler: spoiler ?? false,
          components: component.components.map(made),
        }
      }
      case ComponentType.StringSelect: {
        const { min_values, max_values, options } = component
        const bounds = { min_values: min_values ?? 1, max_values: max_values ?? 1 }
        return dense({ ...component, ...head, ...bounds, options: options.map(dense) })
      }
      case ComponentType.Separator: {
        const { divider, spacing } = component
        return { ...head, divider: divider ?? true, spacing: spacing ?? SeparatorSpacingSize.Small }
      }
      case ComponentType.Thumbnail:
        return { ...head, ...shown(component) }
      case ComponentType.MediaGallery:
        return { ...head, items: component.items.map(shown) }
      case ComponentType.File: {
        const file = fileAt(world, component.file.url, files)
        const { filename: name = null, size = null } = file ?? {}
        return { ...head, file: resolved(component.file), name, size, spoiler: component.spoiler ?? false }
      }
      default:
        return dense({ ...component, ...head })
    }
  }
  const shown = (item: {
    readonly media: Media
    readonly description?: string | null | undefined
    readonly spoiler?: boolean | null | undefined
  }) => ({
    media: resolved(item.media),
    description: item.description ?? null,
    spoiler: item.spoiler ?? false,
  })
  return components.map(made) as APIMessageTopLevelComponent[]
}
