import type { ChatInputCommandInteraction } from 'discord.js'
import PQueue from 'p-queue'
import type { Face } from '../../src/discord/command.ts'
import type { BoundaryPlace } from '../../src/locales/en/safety.ts'
import type { Head } from '../../src/story/head.ts'
import { kindIn } from '../options.ts'
import { demandAdmin } from '../settings/admins.ts'
import type { Bounds } from './bounds.ts'

type Interaction = ChatInputCommandInteraction<'cached'>

/** Where lines and veils stand. `change` is given those that stand there, and what it gives is in force. */
export type Place = {
  readonly where: BoundaryPlace
  change<Refusal extends string>(to: (before: Bounds) => Bounds | Refusal): Promise<Bounds | Refusal>
}

// One after the other: of two that are added at once, none may be lost.
const queue = new PQueue({ concurrency: 1 })

const changing = (
  where: BoundaryPlace,
  read: () => Promise<Bounds | undefined>,
  write: (bounds: Bounds) => Promise<unknown>,
): Place => ({
  where,
  change: (to) =>
    queue.add(async () => {
      const { lines, veils } = (await read()) ?? { lines: [], veils: [] }
      const after = to({ lines, veils })
      if (typeof after !== 'string') await write(after)
      return after
    }),
})

/** The place that a command names: this story, for those whom `allowed` lets pass, or the server, for its admins. */
export const placeSaid = async (
  interaction: Interaction,
  allowed: (interaction: Interaction, face: Face) => Promise<Head>,
  face: Face,
): Promise<Place> => {
  const { settings, texts } = face
  const { guildId, options, user } = interaction
  const where = kindIn(texts.boundaries.where, options.getString('where')) ?? 'story'
  if (where === 'server') {
    demandAdmin(interaction, face)
    return changing(
      where,
      () => settings.ofServer(guildId),
      (bounds) => settings.changeServer(guildId, bounds, user.id),
    )
  }
  const { story } = (await allowed(interaction, face)).ref
  return changing(
    where,
    async () => (await settings.of(story))?.story,
    (bounds) => settings.changeStory(story, bounds, user.id),
  )
}
