import {
  type APIActionRowComponent,
  type APIButtonComponent,
  type APIButtonComponentWithCustomId,
  type APISelectMenuOption,
  type APIStringSelectComponent,
  ButtonStyle,
  ComponentType,
} from 'discord.js'
import type { Texts } from '../locales/en.ts'
import { customId } from './custom-id.ts'

export type ButtonRow = APIActionRowComponent<APIButtonComponent>
export type MenuRow = APIActionRowComponent<APIStringSelectComponent>

/** Buttons side by side, at most five. */
export const row = (...components: APIButtonComponent[]): ButtonRow => ({
  type: ComponentType.ActionRow,
  components,
})

/** A button that carries a custom id. It is grey, and can be pressed, where its look does not say otherwise. */
export const button = (
  label: string,
  id: string,
  look: Partial<Pick<APIButtonComponentWithCustomId, 'style' | 'disabled'>> = {},
): APIButtonComponentWithCustomId => ({
  type: ComponentType.Button,
  style: ButtonStyle.Secondary,
  label,
  custom_id: id,
  ...look,
})

/** Under a question: what does it, in red, and what leaves everything as it is. */
export const confirmRow = (label: string, id: string, { rewind }: Texts): ButtonRow =>
  row(button(label, id, { style: ButtonStyle.Danger }), button(rewind.cancel, customId('stay')))

/** A menu from which one is chosen, of at most 25. */
export const menuRow = (id: string, placeholder: string, options: APISelectMenuOption[]): MenuRow => ({
  type: ComponentType.ActionRow,
  components: [{ type: ComponentType.StringSelect, custom_id: id, placeholder, options }],
})
