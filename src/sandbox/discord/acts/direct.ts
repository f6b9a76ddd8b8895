import { ChannelType } from 'discord-api-types/v10'
import { Refusal, refuse } from '../refusal.ts'
import type { DirectChannel } from '../world/entities.ts'
import type { World } from '../world/world.ts'

const NO_FLAGS: number = 0

/**
 * The bot's direct messages with a person, opened where they are not yet. That can be done with whoever blocks the
 * bot too: only sending is refused.
 */
export const openDirect = (world: World, recipient: string): DirectChannel => {
  // What a 403 is elsewhere is a 400 here.
  if (recipient === world.ids.bot) throw new Refusal(400, refuse(50007).body)
  if (!world.people.get(recipient)) throw refuse(50033)
  const known = world.directChannels.all().find(({ person }) => person === recipient)
  if (known) return known
  const id = world.newId()
  return world.directChannels.put(id, {
    id,
    type: ChannelType.DM,
    person: recipient,
    last_message_id: null,
    flags: NO_FLAGS,
  })
}
