import { customId } from '../../src/discord/custom-id.ts'
import { pageIn } from '../../src/discord/pager.ts'
import type { EntityId, MemoryId } from '../../src/story/ref.ts'

/** The pages that stand beside each other. */
export const pages = ['scene', 'relations', 'memories'] as const
export type Page = (typeof pages)[number]

/**
 * What of a story a panel shows: a part of a page, counted from 0, or one memory. `owner`: whose memories; without
 * one, those of whoever looks. `asks`: whether it is to be forgotten.
 */
export type View =
  | { readonly page: 'scene'; readonly part: number }
  | { readonly page: 'relations'; readonly part: number }
  | { readonly page: 'memories'; readonly owner: EntityId | undefined; readonly part: number }
  | { readonly page: 'memory'; readonly memory: MemoryId; readonly asks: boolean }

/** The first part of a page. */
export const beginningOf = (page: Page): View =>
  page === 'memories' ? { page, owner: undefined, part: 0 } : { page, part: 0 }

const argsOf = (view: View): (string | number)[] => {
  switch (view.page) {
    case 'memory':
      return [view.page, view.memory, view.asks ? 1 : 0]
    case 'memories':
      return [view.page, view.part, view.owner ?? '']
    default:
      return [view.page, view.part]
  }
}

/** A custom id that leads to a view. `use` tells apart those of one panel that lead to the same. */
export const viewId = (use: string, view: View): string => customId('state', use, ...argsOf(view))

/** A custom id of another control, which carries the view that it stands in. */
export const viewIdOf = (name: string, view: View): string => customId(name, ...argsOf(view))

/** The view that a custom id carries. */
export const viewIn = ([page = '', first = '', second = '']: readonly string[]): View => {
  if (page === 'memory') return { page, memory: first, asks: second === '1' }
  if (page === 'memories') return { page, part: pageIn(first), owner: second || undefined }
  const part = pageIn(first)
  return page === 'relations' ? { page, part } : { page: 'scene', part }
}
