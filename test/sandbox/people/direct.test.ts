import { expect, it } from 'vitest'
import { channelsSeenBy } from '../../../src/sandbox/people/sight.ts'
import { watch } from '../../doubles/watch.ts'
import { stage } from '../discord/stage.ts'

/** Direct messages of the bot with Mara, in which nothing was said yet. */
const setUp = async () => {
  const { discord, callLater } = await stage()
  const { people, bot } = discord.ids
  const { body } = await callLater('POST', '/users/@me/channels', { recipient_id: people.player })
  const direct = String(body.id)
  return {
    ...{ discord, callLater, people, bot, direct },
    tell: (content: string) => callLater('POST', `/channels/${direct}/messages`, { content }),
    seenBy: (who: string) => channelsSeenBy(discord.world, who).filter(({ type }) => type === 1),
    mara: discord.person(people.player),
  }
}

it('a person sees direct messages from the first on, under the bot’s name, and nobody else does', async () => {
  const { discord, people, bot, direct, tell, seenBy, mara } = await setUp()
  const [seen, others] = [watch(mara), watch(discord.person(people.admin))]
  expect(seenBy(people.player)).toEqual([])
  await tell('Psst.')
  expect(seen.seen).toMatchObject([
    { name: 'channel', channel: { id: direct, type: 1, recipients: [{ id: bot }], canSend: false } },
    { name: 'message', message: { content: 'Psst.' } },
  ])
  expect(others.seen).toEqual([])
  expect(seenBy(people.player)).toMatchObject([{ id: direct }])
  expect(seenBy(people.admin)).toEqual([])
  expect(mara.history(direct)).toMatchObject([{ content: 'Psst.' }])
  expect(() => discord.person(people.admin).history(direct)).toThrow('You cannot see that channel.')
})

it('a person cannot write to the bot, which would not read it, nor use it there', async () => {
  const { discord, direct, tell, mara } = await setUp()
  await tell('Psst.')
  const before = mara.history(direct).length
  const words = 'Skein does not read direct messages. Write to it in a story’s thread.'
  expect(() => mara.send(direct, 'Hello?')).toThrow(words)
  expect(() => mara.typing(direct)).toThrow(words)
  expect(() => mara.command(direct, ['story'])).toThrow('That cannot be done in direct messages.')
  expect(mara.history(direct)).toHaveLength(before)
  expect(mara.send(discord.ids.channels.stories, 'Hello?').content).toBe('Hello?')
})

it('a person sees what the bot changes and takes away, and can take away none of it', async () => {
  const { callLater, direct, tell, mara } = await setUp()
  const seen = watch(mara)
  const message = String((await tell('Psst.')).body.id)
  expect(() => mara.delete(direct, message)).toThrow('That cannot be done in direct messages.')
  await callLater('PATCH', `/channels/${direct}/messages/${message}`, { content: 'Hush.' })
  await callLater('DELETE', `/channels/${direct}/messages/${message}`)
  expect(seen.seen.slice(2)).toMatchObject([
    { name: 'message_edited', message: { content: 'Hush.' } },
    { name: 'message_deleted', channel: direct, message },
  ])
})
