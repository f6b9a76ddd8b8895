import { watch } from '../../doubles/watch.ts'
import { type Json, stage } from './stage.ts'

/** A world where the player can use /story, and the bot answers by hand. */
export const interactionStage = async () => {
  const on = await stage()
  const { discord, call, callLater } = on
  await callLater('PUT', `/applications/${discord.ids.bot}/commands`, [
    { name: 'story', description: 'Stories' },
  ])
  const { stories } = discord.ids.channels
  const player = discord.person(discord.ids.people.player)
  const second = discord.person(discord.ids.people.second)
  const ofPlayer = watch(player)
  const ofSecond = watch(second)
  let last: Json = {}
  discord.world.on((event) => {
    if (event.name === 'interaction_created') last = event.payload as unknown as Json
  })
  const answer = (body: unknown, query = '') =>
    call('POST', `/interactions/${last.id}/${last.token}/callback${query}`, body, '')
  const webhook = (method: string, path: string, body?: unknown) =>
    call(method, `/webhooks/${discord.ids.bot}/${last.token}${path}`, body, '')
  const use = () => player.command(stories, ['story'])
  return { ...on, stories, player, second, ofPlayer, ofSecond, answer, webhook, use, given: () => last }
}
