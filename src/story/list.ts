/** A list with an item in the place of the one that it replaces, else at its end. */
export const put = <T>(list: readonly T[], item: T, replaces: (other: T) => boolean): readonly T[] => {
  const at = list.findIndex(replaces)
  return at === -1 ? [...list, item] : list.with(at, item)
}
