import { MessageFlags } from 'discord.js'
import type { ButtonHandler, CommandHandler, Face } from '../../src/discord/command.ts'
import { customId } from '../../src/discord/custom-id.ts'
import { pageIn } from '../../src/discord/pager.ts'
import { plain } from '../../src/discord/render.ts'
import type { ChosenBy } from '../../src/locales/en/models.ts'
import type { Texts } from '../../src/locales/en.ts'
import { type RoleModels, type RoleName, roleNames } from '../../src/story/settings.ts'
import { chosenFor } from '../../src/turn/context.ts'
import type { ModelDirectory } from '../../src/turn/ports/models.ts'
import { type Page, pageOf, type Reader } from '../cost/page.ts'
import { LINK_ROOM } from './links.ts'

/** What was chosen for a story, if one is shown, and for its server. */
export type Chosen = Readonly<Record<ChosenBy, RoleModels>>

type Link = { readonly link: string; readonly chosen?: ChosenBy }

/** Who is asked in a role, the first first: what was chosen for the story, for the server, then the usual chain. */
export const askedIn = (role: RoleName, chosen: Chosen, chain: readonly string[]): Link[] => {
  const links = (['story', 'server'] as const).flatMap((by): Link[] => {
    const link = chosenFor(role, chosen[by])
    return link === undefined ? [] : [{ link, chosen: by }]
  })
  return [...links, ...chain.map((link) => ({ link }))].filter(
    ({ link }, index, all) => all.findIndex((other) => other.link === link) === index,
  )
}

/** How many of a chain are shown: further ones are hardly ever asked. */
const CHAIN_SHOWN = 8

/** Who is asked in a role, in one row. */
export const roleRow = (
  role: RoleName,
  chosen: Chosen,
  models: Pick<ModelDirectory, 'chainOf'>,
  { model: words }: Texts,
): string => {
  const asked = askedIn(role, chosen, models.chainOf(role))
  const links = asked
    .slice(0, CHAIN_SHOWN)
    .map((one) => words.link(plain(one.link, LINK_ROOM), one.chosen && words.chosen[one.chosen]))
  return words.chain(role, asked.length > CHAIN_SHOWN ? [...links, '…'] : links)
}

/** The connections with their state, and for each role who is asked. */
export const modelSheet = (
  models: Pick<ModelDirectory, 'connections' | 'chainOf'>,
  chosen: Chosen,
  page: number,
  texts: Texts,
): Page => {
  const { model: words } = texts
  const connections = models
    .connections()
    .map(({ name, state, models: listed }) =>
      words.connection(plain(name, LINK_ROOM), words.state[state], listed.length),
    )
  return pageOf(
    {
      heading: '',
      rows: [
        words.roles,
        ...roleNames.map((role) => roleRow(role, chosen, models, texts)),
        words.connections,
        ...(connections.length > 0 ? connections : [words.noConnections]),
      ],
      ...{ page, idOf: (to) => customId('models', to) },
    },
    texts,
  )
}

/** What was chosen here: for the story of this thread, if it tells one, and for the server. */
export const chosenHere = async (
  { channelId, guildId }: Pick<Reader, 'channelId' | 'guildId'>,
  { settings, threads }: Pick<Face, 'settings' | 'threads'>,
): Promise<Chosen> => {
  const ref = await threads.storyIn(channelId)
  const found = ref && (await settings.of(ref.story))
  const server = found?.server ?? (await settings.ofServer(guildId))
  return { story: found?.story.models ?? {}, server: server.models }
}

/** `/model list`. */
export const list: CommandHandler = async (interaction, face) => {
  const page = modelSheet(face.models, await chosenHere(interaction, face), 0, face.texts)
  await interaction.reply({ ...page, flags: MessageFlags.Ephemeral })
}

/** The buttons under it. */
export const listPage: ButtonHandler = async (interaction, [page], face) => {
  const chosen = await chosenHere(interaction, face)
  await interaction.update(modelSheet(face.models, chosen, pageIn(page), face.texts))
}
