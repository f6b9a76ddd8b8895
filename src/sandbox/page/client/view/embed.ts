import type { APIEmbed, APIEmbedField } from 'discord-api-types/v10'
import { html, nothing, type TemplateResult } from 'lit'
import { ifDefined } from 'lit/directives/if-defined.js'
import { messageTime } from '../format.ts'
import { markdown, type Names } from '../markdown/render.ts'

const colour = (value: number | undefined): string | undefined =>
  value === undefined ? undefined : `#${value.toString(16).padStart(6, '0')}`

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

export const embed = (data: APIEmbed, names: Names): TemplateResult => {
  const light = names.theme === 'light'
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
    author-image=${ifDefined(data.author?.icon_url)}
    image=${ifDefined(data.image?.url)}
    thumbnail=${ifDefined(data.thumbnail?.url)}
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
    ${
      footer || time
        ? html`<discord-embed-footer
            slot="footer"
            ?light-theme=${light}
            footer-image=${ifDefined(footer?.icon_url)}
            timestamp=${ifDefined(footer ? time : undefined)}
            >${footer?.text ?? time}</discord-embed-footer
          >`
        : nothing
    }
  </discord-embed>`
}
