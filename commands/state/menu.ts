import { ComponentType } from 'discord.js'
import type { MenuRow } from '../../src/discord/buttons.ts'
import { shorten } from '../../src/discord/render.ts'
import { OPTION_LIMIT } from '../limits.ts'

/** Discord's limit for how many options a menu has. */
export const OPTIONS_LIMIT = 25

/** One of a menu's options, with its words made to fit. */
export const option = (value: string, label: string, description = '') => ({
  value,
  label: shorten(label, OPTION_LIMIT),
  ...(description ? { description: shorten(description, OPTION_LIMIT) } : {}),
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
