import type { Branch } from '../../src/turn/ports/timeline.ts'

/** A branch of a story, called by its id unless it is said otherwise. */
export const aBranch = (id: string, more: Partial<Branch> = {}): Branch => ({
  ...{ ref: { story: 's', branch: id }, name: id, description: undefined },
  ...{ parent: null, forkTurn: null, turns: 3, createdAt: 0, updatedAt: 0 },
  ...{ thread: undefined, isDeleted: false },
  ...more,
})
