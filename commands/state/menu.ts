import { ComponentType } from 'discord.js'
import type { MenuRow } from '../../src/discord/buttons.ts'
import { shorten } from '../../src/discord/render.ts'

/** Discord's limits for a menu: how many options, and how long their words. */
export const OPTIONS_LIMIT = 25
const OPTION_WORDS = 100

/** One of a menu's options, with its words made to fit. */
export const option = (value: string, label: string, description = '') => ({
  value,
  label: shorten(label, OPTION_WORDS),
  ...(description ? { description: shorten(description, OPTION_WORDS) } : {}),
})

/** A menu from which several are chosen. */
export const severalRow = (
  menu: { readonly id: string; readonly placeholder: string; readonly least: number; readonly most: number },
  options: MenuRow['components'][number]['options'],
): MenuRow => ({
  type: ComponentType.ActionRow,
  components: [
    {
      type: ComponentType.StringSelect,
      ...{ custom_id: menu.id, placeholder: menu.placeholder },
      ...{ min_values: menu.least, max_values: menu.most },
      options,
    },
  ],
})
