import { ButtonStyle, ComponentType } from 'discord-api-types/v10'
import { z } from 'zod'
import { displayedTexts, placed } from '../component-tree.ts'
import { notBuilt } from '../refusal.ts'
import { actionRow } from './control.ts'
import { flaw, list } from './form.ts'
import { type Component, layoutComponent } from './layout.ts'

/** Of all components of a message, nested ones too, and of all words of its text displays. */
const MAX_COMPONENTS = 40
const MAX_TEXT = 4000

type Issue = (path: readonly (string | number)[], code: string, message: string) => void

const issueIn =
  (context: z.core.$RefinementCtx): Issue =>
  (path, code, message) =>
    context.addIssue({ code: 'custom', path: [...path], ...flaw(code, message) })

const checkUnique = (components: readonly Component[], issue: Issue): void => {
  const customIds = new Set<string>()
  const ids = new Set<number>()
  for (const { component, path } of placed(components)) {
    const customId = 'custom_id' in component ? component.custom_id : undefined
    if (customId && customIds.has(customId)) {
      issue(
        [...path, 'custom_id'],
        'COMPONENT_CUSTOM_ID_DUPLICATED',
        'Component custom id cannot be duplicated',
      )
    }
    if (component.id && ids.has(component.id)) {
      issue([...path, 'id'], 'COMPONENT_ID_DUPLICATED', 'Component id cannot be duplicated')
    }
    if (customId) customIds.add(customId)
    if (component.id) ids.add(component.id)
  }
}

/** Up to five rows of up to five buttons or one select; a custom id and an id stand once in a message. */
export const Rows = list(z.discriminatedUnion('type', [actionRow]), 0, 5).superRefine((rows, context) =>
  checkUnique(rows, issueIn(context)),
)

/** What a version 2 message is made of: 40 components and 4,000 characters, however they are nested. */
export const Layout = list(layoutComponent, 0, MAX_COMPONENTS).superRefine((components, context) => {
  const issue = issueIn(context)
  checkUnique(components, issue)
  if (placed<Component>(components).length > MAX_COMPONENTS) {
    issue(
      [],
      'COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED',
      `The maximum number of components in a message is ${MAX_COMPONENTS}`,
    )
  }
  if (displayedTexts(components).join('').length > MAX_TEXT) {
    issue(
      [],
      'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED',
      `Components displayable text size exceeds maximum size of ${MAX_TEXT}`,
    )
  }
})
export type Layout = z.output<typeof Layout>

const UNBUILT: readonly unknown[] = [
  ComponentType.UserSelect,
  ComponentType.RoleSelect,
  ComponentType.MentionableSelect,
  ComponentType.ChannelSelect,
]

type Raw = {
  readonly type?: unknown
  readonly style?: unknown
  readonly components?: unknown
  readonly accessory?: unknown
}

/** 501 for the component types that Discord knows and the sandbox does not, before the form calls them wrong. */
export const refuseUnbuiltComponents = (components: unknown): void => {
  if (!Array.isArray(components)) return
  for (const component of components as (Raw | null)[]) {
    if (!component || typeof component !== 'object') continue
    if (UNBUILT.includes(component.type)) throw notBuilt(`message components of type ${component.type}`)
    if (component.type === ComponentType.Button && component.style === ButtonStyle.Premium) {
      throw notBuilt('premium buttons')
    }
    refuseUnbuiltComponents(component.components)
    refuseUnbuiltComponents([component.accessory])
  }
}
