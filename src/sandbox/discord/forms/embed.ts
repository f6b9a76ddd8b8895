import { z } from 'zod'
import { flaw, httpUrl, list, text } from './form.ts'

const media = z.object({ url: httpUrl(2048) })

export const Embed = z.object({
  title: text(0, 256).nullish(),
  description: text(0, 4096).nullish(),
  url: httpUrl(2048).nullish(),
  timestamp: z
    .string()
    .refine((value) => !Number.isNaN(Date.parse(value)), flaw('DATE_TYPE_INVALID', 'Could not parse it.'))
    .nullish(),
  color: z.int().min(0).max(0xffffff).nullish(),
  footer: z.object({ text: text(0, 2048), icon_url: httpUrl(2048).nullish() }).nullish(),
  image: media.nullish(),
  thumbnail: media.nullish(),
  author: z
    .object({ name: text(1, 256), url: httpUrl(2048).nullish(), icon_url: httpUrl(2048).nullish() })
    .nullish(),
  fields: list(
    z.object({ name: text(1, 256), value: text(1, 1024), inline: z.boolean().nullish() }),
    0,
    25,
  ).nullish(),
})
export type Embed = z.output<typeof Embed>

const lengthOf = (embed: Embed): number =>
  [
    embed.title,
    embed.description,
    embed.footer?.text,
    embed.author?.name,
    ...(embed.fields ?? []).flatMap(({ name, value }) => [name, value]),
  ].reduce((sum, words) => sum + (words?.length ?? 0), 0)

/** At most 10, and all their words together at most 6,000 characters. */
export const Embeds = list(Embed, 0, 10).superRefine((embeds, context) => {
  if (embeds.reduce((sum, embed) => sum + lengthOf(embed), 0) > 6000) {
    context.addIssue({
      code: 'custom',
      ...flaw('MAX_EMBED_SIZE_EXCEEDED', 'Embed size exceeds maximum size of 6000'),
    })
  }
})
