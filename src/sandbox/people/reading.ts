import {
  type APIComponentInMessageActionRow,
  type APIMessage,
  type APIMessageComponent,
  type APISelectMenuComponent,
  ComponentType,
} from 'discord-api-types/v10'
import { placed } from '../discord/component-tree.ts'

/** What a message is to someone who reads it from top to bottom, whatever it is made of. */

/** A button or a select. */
export type Control = APIComponentInMessageActionRow

type Shown = Pick<APIMessage, 'content' | 'components'>

const isControl = (component: APIMessageComponent): component is Control =>
  component.type === ComponentType.Button || 'custom_id' in component

/** The buttons and selects of a message in reading order, however deep they stand. */
export const controlsOf = ({ components = [] }: Pick<APIMessage, 'components'>): Control[] =>
  placed<APIMessageComponent>(components).flatMap(({ component }) =>
    isControl(component) ? [component] : [],
  )

const isSelect = (control: Control): control is APISelectMenuComponent =>
  control.type !== ComponentType.Button

/** By what a control is known: the label of a button, or its emoji; the placeholder of a select. */
export const nameOf = (control: Control): string => {
  if (isSelect(control)) return control.placeholder ?? ''
  const label = 'label' in control ? control.label : undefined
  const emoji = 'emoji' in control ? control.emoji?.name : undefined
  return label || emoji || ''
}

const chosenIn = (select: APISelectMenuComponent): string =>
  select.type === ComponentType.StringSelect
    ? select.options
        .filter((option) => option.default)
        .map(({ label }) => label)
        .join(', ')
    : ''

const read = (component: APIMessageComponent): string[] => {
  if (isControl(component)) {
    const shown = isSelect(component) ? chosenIn(component) || nameOf(component) : nameOf(component)
    return [`[${shown}]`]
  }
  switch (component.type) {
    case ComponentType.TextDisplay:
      return [component.content]
    case ComponentType.Thumbnail:
      return component.description ? [`(${component.description})`] : []
    case ComponentType.MediaGallery:
      return component.items.flatMap(({ description }) => (description ? [`(${description})`] : []))
    case ComponentType.File:
      return [`(${'name' in component ? String(component.name) : component.file.url})`]
    default:
      return []
  }
}

/**
 * The words of a message in their order, a line for each part: its text, its text displays, what is written on
 * buttons and selects in brackets, what pictures show and the names of files in parentheses.
 */
export const readingOf = ({ content, components = [] }: Shown): string =>
  [content, ...placed<APIMessageComponent>(components).flatMap(({ component }) => read(component))]
    .filter((line) => line !== '')
    .join('\n')
