import type {
  APIFileComponent,
  APIMediaGalleryComponent,
  APIMessage,
  APIThumbnailComponent,
} from 'discord-api-types/v10'
import { html, type TemplateResult } from 'lit'
import type { Ready } from '../app.ts'
import { fileOf } from '../attachments.ts'
import { fileCard, picture } from './attachments.ts'

/** What its sender has hidden until someone wants to see it. */
export const veiled = (spoiler: boolean | undefined, shown: TemplateResult): TemplateResult =>
  spoiler ? html`<details class="veil"><summary>Spoiler: press to show</summary>${shown}</details>` : shown

/** Pictures beside each other; each can be looked at in full. */
export const gallery = (
  app: Ready,
  message: APIMessage,
  { items }: APIMediaGalleryComponent,
): TemplateResult =>
  html`<div class="pictures gallery ${items.length > 1 ? 'several' : ''}">
    ${items.map((item) =>
      veiled(item.spoiler, picture(app, message.id, fileOf(item.media, { description: item.description }))),
    )}
  </div>`

/** The small picture beside a text. */
export const thumbnail = (
  app: Ready,
  message: APIMessage,
  { media, description, spoiler }: APIThumbnailComponent,
): TemplateResult =>
  veiled(
    spoiler,
    html`<div class="thumbnail">${picture(app, message.id, fileOf(media, { description }))}</div>`,
  )

/** A file to be fetched. Discord tells its name and size, which the types of what is sent do not know. */
export const fileBlock = (data: APIFileComponent & { name?: string; size?: number }): TemplateResult =>
  veiled(data.spoiler, fileCard(fileOf(data.file, { filename: data.name, size: data.size })))
