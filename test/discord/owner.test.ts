import { expect, it } from 'vitest'
import { tellOwner } from '../../src/discord/owner.ts'
import { createLogger } from '../../src/kit/logger.ts'
import { watch } from '../doubles/watch.ts'
import { setUp } from '../sandbox/discord/client-stage.ts'

/** A bot that is logged in, the person who owns its application, and what is logged. */
const given = async () => {
  const { client, discord } = await setUp()
  const lines: string[] = []
  const log = createLogger('trace', { write: (line) => lines.push(line) })
  const owner = discord.person(discord.ids.people.admin)
  return {
    client,
    discord,
    owner,
    lines,
    seen: watch(owner),
    tell: (text: string) => tellOwner(client, text, log),
  }
}

it('tells the owner of the application, each time in the same direct messages', async () => {
  const { discord, seen, lines, tell } = await given()
  await tell('The key is not taken.')
  await tell('Nor is the other.')
  const told = seen.named('message').map(({ message }) => message)
  expect(told.map(({ content }) => content)).toEqual(['The key is not taken.', 'Nor is the other.'])
  expect(new Set(told.map(({ channel_id }) => channel_id)).size).toBe(1)
  expect(told[0]?.author.id).toBe(discord.ids.bot)
  expect(lines).toEqual([])
})

it('pings nobody, whatever the text names', async () => {
  const { discord, seen, tell } = await given()
  await tell(`<@${discord.ids.people.player}> @everyone`)
  expect(seen.named('message')[0]?.message).toMatchObject({ mentions: [], mention_everyone: false })
})

it.each([
  ['the owner takes none', 50007],
  ['Discord does not say who it is', 500],
])('gives up, and says so in the log, where %s', async (_why, code) => {
  const { discord, owner, seen, lines, tell } = await given()
  if (code === 50007) owner.block(true)
  else discord.faults.add({ on: { route: '/applications/@me' }, kind: '500' })
  await tell('The key is not taken.')
  expect(seen.named('message')).toEqual([])
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { level: 40, msg: 'the owner of the bot could not be told' },
  ])
})
