import type { NewId } from '../../src/kit/ids.ts'

/** Ids that count: `id1`, `id2`, … */
export const countingIds = (prefix = 'id'): NewId => {
  let made = 0
  return () => {
    made += 1
    return `${prefix}${made}`
  }
}
