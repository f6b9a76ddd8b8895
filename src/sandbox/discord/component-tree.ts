import { type APIMessage, ComponentType, MessageFlags } from 'discord-api-types/v10'

/** Components as a form or a message holds them: some hold others, a section one beside its text. */
type Component = {
  readonly type: ComponentType
  readonly components?: readonly Component[]
  readonly accessory?: Component
}

/** A component and its place, as Discord's `errors` tree names it. */
export type Placed<T> = { readonly component: T; readonly path: readonly (string | number)[] }

/** All components in reading order, each before what it holds. `T` is a union that all of them belong to. */
export const placed = <T extends Component>(
  components: readonly T[],
  path: readonly (string | number)[] = [],
): Placed<T>[] =>
  components.flatMap((component, index) => {
    const here = [...path, index]
    const inner = (component.components ?? []) as readonly T[]
    const beside = component.accessory as T | undefined
    return [
      { component, path: here },
      ...placed(inner, [...here, 'components']),
      ...(beside ? [{ component: beside, path: [...here, 'accessory'] }] : []),
    ]
  })

/** Whether a message is made of components alone: version 2, as Discord calls it. */
export const isVersion2 = (flags: number | null | undefined): boolean =>
  ((flags ?? 0) & MessageFlags.IsComponentsV2) !== 0

/** What is written in the text displays, in reading order. */
export const displayedTexts = (components: readonly Component[]): string[] =>
  placed(components).flatMap(({ component }) =>
    component.type === ComponentType.TextDisplay && 'content' in component ? [String(component.content)] : [],
  )

/** All that a message says, whether in its text or in its text displays. */
export const textOf = ({ content, components = [] }: Pick<APIMessage, 'content' | 'components'>): string =>
  [content, ...displayedTexts(components)].filter((words) => words !== '').join('\n')
