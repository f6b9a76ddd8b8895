import type { Head } from '../story/head.ts'
import type { EntityId } from '../story/ref.ts'
import type { TurnDeps } from './context.ts'
import type { Remembered } from './ports/timeline.ts'

/** How many memories are looked at, beside those that are pinned. */
const MEMORIES_READ = 50

/** All that can come to an owner's mind: its newest memories, and its pins however old they are. */
export const inReach = async (
  { memories }: Pick<TurnDeps, 'memories'>,
  head: Head,
  owner: EntityId,
): Promise<Remembered[]> => {
  const newest = await memories.memoriesOf(head, owner, 0, MEMORIES_READ)
  const older = head.state.pins.filter(
    (pin) => pin.owner === owner && newest.every(({ memory }) => memory !== pin.memory),
  )
  const pinned = await Promise.all(older.map(({ memory }) => memories.memory(head, memory)))
  return [...newest, ...pinned.filter((each) => each !== undefined)]
}
