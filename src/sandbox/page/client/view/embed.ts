import type { APIEmbed, APIEmbedField, APIMessage } from 'discord-api-types/v10'
import { html, nothing, type TemplateResult } from 'lit'
import { ifDefined } from 'lit/directives/if-defined.js'
import type { Ready } from '../app.ts'
import { addressOf, fileAt } from '../attachments.ts'
import { colour, messageTime } from '../format.ts'
import { markdown, type Names } from '../markdown/render.ts'
import { picture } from './attachments.ts'

/** Inline fields stand three in a row; any other field ends the row. */
const withColumns = (
  fields: readonly APIEmbedField[],
): { field: APIEmbedField; column: number | undefined }[] => {
  let column = 0
  return fields.map((field) => {
    column = field.inline ? (column % 3) + 1 : 0
    return { field, column: field.inline ? column : undefined }
  })
}

/** A picture that came with the message can be looked at in full; any other is only shown. */
const image = (app: Ready, message: APIMessage, url: string | undefined): TemplateResult | typeof nothing => {
  const file = fileAt(url, message.attachments)
  const address = addressOf(url, message.attachments)
  if (file) return html`<div slot="fields" class="embed-picture">${picture(app, message.id, file)}</div>`
  return address
    ? html`<div slot="fields" class="embed-picture"><img src=${address} alt="Picture" /></div>`
    : nothing
}

/** A message's embed, with the pictures that came along with the message. */
export const embed = (app: Ready, message: APIMessage, data: APIEmbed, names: Names): TemplateResult => {
  const light = names.theme === 'light'
  const address = (url: string | undefined) => ifDefined(addressOf(url, message.attachments))
  const { footer, fields = [], timestamp } = data
  const time = timestamp ? messageTime(Date.parse(timestamp), Date.now()) : undefined
  return html`<discord-embed
    slot="embeds"
    ?light-theme=${light}
    color=${ifDefined(colour(data.color))}
    embed-title=${ifDefined(data.title)}
    url=${ifDefined(data.url)}
    author-name=${ifDefined(data.author?.name)}
    author-url=${ifDefined(data.author?.url)}
    author-image=${address(data.author?.icon_url)}
    thumbnail=${address(data.thumbnail?.url)}
  >
    ${
      data.description
        ? html`<discord-embed-description slot="description"
            >${markdown(data.description, names)}</discord-embed-description
          >`
        : nothing
    }
    ${
      fields.length > 0
        ? html`<discord-embed-fields slot="fields">
            ${withColumns(fields).map(
              ({ field, column }) => html`<discord-embed-field
                ?light-theme=${light}
                field-title=${field.name}
                ?inline=${field.inline ?? false}
                inline-index=${ifDefined(column)}
                >${markdown(field.value, names)}</discord-embed-field
              >`,
            )}
          </discord-embed-fields>`
        : nothing
    }
    ${image(app, message, data.image?.url)}
    ${
      footer || time
        ? html`<discord-embed-footer
            slot="footer"
            ?light-theme=${light}
            footer-image=${address(footer?.icon_url)}
            timestamp=${ifDefined(footer ? time : undefined)}
            >${footer?.text ?? time}</discord-embed-footer
          >`
        : nothing
    }
  </discord-embed>`
}
