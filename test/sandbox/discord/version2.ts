import type { Json } from './stage.ts'

/** Components of version 2, as a bot sends them. */

export const VERSION_2 = 1 << 15

export const words = (content: string, more: Json = {}): Json => ({ type: 10, content, ...more })
export const button = (customId: string, more: Json = {}): Json => ({
  type: 2,
  style: 1,
  label: customId,
  custom_id: customId,
  ...more,
})
export const row = (...components: Json[]): Json => ({ type: 1, components })
export const select = (customId: string, values: readonly string[], more: Json = {}): Json => ({
  type: 3,
  custom_id: customId,
  placeholder: customId,
  options: values.map((value) => ({ label: value, value })),
  ...more,
})
export const section = (accessory: Json, ...components: Json[]): Json => ({ type: 9, components, accessory })
export const thumbnail = (url: string, more: Json = {}): Json => ({ type: 11, media: { url }, ...more })
export const gallery = (...urls: string[]): Json => ({
  type: 12,
  items: urls.map((url) => ({ media: { url } })),
})
export const file = (url: string): Json => ({ type: 13, file: { url } })
export const separator = (more: Json = {}): Json => ({ type: 14, ...more })
export const container = (components: Json[], more: Json = {}): Json => ({ type: 17, components, ...more })

export const panel = (...components: Json[]): Json => ({ flags: VERSION_2, components })
