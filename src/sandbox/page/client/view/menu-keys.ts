const ITEMS = '[role^=menuitem]'

/** The items of an open menu, from top to bottom. */
const itemsOf = (menu: Element): HTMLElement[] => [...menu.querySelectorAll<HTMLElement>(ITEMS)]

/** Moves the focus within a menu as its keys ask for; tells whether the key was one of these. */
export const moveInMenu = (menu: Element, key: string): boolean => {
  const items = itemsOf(menu)
  const at = items.findIndex((item) => item.matches(':focus'))
  const to: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at === -1 ? -1 : at - 1, Home: 0, End: -1 }
  const next = to[key]
  if (next === undefined) return false
  items.at(next % items.length)?.focus()
  return true
}
