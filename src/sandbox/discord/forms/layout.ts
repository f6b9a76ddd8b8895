import { ComponentType, SeparatorSpacingSize } from 'discord-api-types/v10'
import { z } from 'zod'
import { actionRow, button, ownId } from './control.ts'
import { flaw, list, text, tuple } from './form.ts'

/** The components of version 2: what a message is made of that has neither text nor embeds. */

/** How a component names a file of its own message. */
export const FILE_SCHEME = 'attachment://'

const schemeOf = (url: string): string =>
  /^([a-z][a-z\d+.-]*):\/\/[^\s]+$/i.exec(url)?.[1]?.toLowerCase() ?? ''

const media = (...schemes: readonly string[]) =>
  z.object({
    url: text(1, 2048).superRefine((value, context) => {
      const scheme = schemeOf(value)
      if (schemes.includes(scheme)) return
      context.addIssue({
        code: 'custom',
        ...(scheme === ''
          ? flaw('URL_TYPE_INVALID_URL', 'Not a well formed URL.')
          : flaw(
              'URL_TYPE_INVALID_SCHEME',
              `Scheme "${scheme}" is not supported. Scheme must be one of ${tuple(schemes.map((one) => `'${one}'`))}.`,
            )),
      })
    }),
  })

const shown = {
  media: media('http', 'https', 'attachment'),
  description: text(1, 1024).nullish(),
  spoiler: z.boolean().nullish(),
}

const textDisplay = z.object({
  type: z.literal(ComponentType.TextDisplay),
  id: ownId,
  content: text(1, 4000),
})

const thumbnail = z.object({ type: z.literal(ComponentType.Thumbnail), id: ownId, ...shown })

const section = z.object({
  type: z.literal(ComponentType.Section),
  id: ownId,
  components: list(z.discriminatedUnion('type', [textDisplay]), 1, 3),
  accessory: z.discriminatedUnion('type', [button, thumbnail]),
})

const mediaGallery = z.object({
  type: z.literal(ComponentType.MediaGallery),
  id: ownId,
  items: list(z.object(shown), 1, 10),
})

const file = z.object({
  type: z.literal(ComponentType.File),
  id: ownId,
  file: media('attachment'),
  spoiler: z.boolean().nullish(),
})

const separator = z.object({
  type: z.literal(ComponentType.Separator),
  id: ownId,
  divider: z.boolean().nullish(),
  spacing: z.literal([SeparatorSpacingSize.Small, SeparatorSpacingSize.Large]).nullish(),
})

/** What stands in a container as it does beside one. Containers do not stand in each other. */
const BLOCKS = [actionRow, section, textDisplay, mediaGallery, file, separator] as const

const container = z.object({
  type: z.literal(ComponentType.Container),
  id: ownId,
  accent_color: z.int().min(0).max(0xffffff).nullish(),
  spoiler: z.boolean().nullish(),
  components: list(z.discriminatedUnion('type', BLOCKS), 1, 40),
})

export const layoutComponent = z.discriminatedUnion('type', [...BLOCKS, container])

/** Any component of a message, wherever it stands. */
export type Component =
  | z.output<typeof layoutComponent>
  | z.output<typeof actionRow>['components'][number]
  | z.output<typeof thumbnail>
