import type { APIMessage } from 'discord-api-types/v10'
import { describe, expect, test } from 'vitest'
import { zoneOf } from '../../src/discord/zone.ts'
import { en } from '../../src/locales/en.ts'
import { openDatabase } from '../../src/store/database.ts'
import { storesOver } from '../../src/store/stores.ts'
import type { PlannedCall, Settlement } from '../../src/turn/ports/ledger.ts'
import { countingIds } from '../doubles/ids.ts'
import type { Player } from '../doubles/player.ts'
import { planned, price, settlement, usage } from '../ledger/call.ts'
import { iris, mara, run, thread, tomas, world } from './server.ts'

type Made = { readonly call?: Partial<PlannedCall>; readonly end?: Partial<Settlement> }

/** Enters calls for the story of the thread, as if they had just been made while the price of `bard` was known. */
const called = async (...calls: readonly Made[]) => {
  await world.stop()
  const db = await openDatabase(world.directory)
  const { ledger, threads } = storesOver(db, Date.now, countingIds('seeded'))
  const ref = await threads.storyIn(thread)
  if (!ref) throw new Error('the thread tells no story')
  await ledger.setPrice({ ...price, guild: null, model: 'bard', connection: null, from: 0 })
  const whose = {
    ...{ guild: world.discord.ids.guild, story: ref.story, player: null, branch: null, turn: null },
    zone: zoneOf({ zone: null }),
  }
  for (const { call, end } of calls) {
    const reserved = await ledger.reserve({ ...planned, ...whose, ...call })
    if ('refused' in reserved) throw new Error(reserved.refused)
    await ledger.settle(reserved.id, { ...settlement, ...end })
  }
  await db.destroy()
  await world.start()
}

const cached = { usage: { ...usage, cached: 500 } }
const dear = { usage: { ...usage, input: 1_200_000 } }

describe('/cost', () => {
  test('of a story is shown to everyone, by role and model, with what is unknown and what is estimated', async () => {
    await called(
      { end: cached },
      { end: cached },
      { call: { role: 'planner' }, end: { usage: undefined } },
      { call: { model: 'harp' } },
    )
    const told = await run(tomas, 'cost story')
    expect(told).toMatch(
      /^\*\*The Lighthouse\*\*, with all of its branches: \*\*about \$0\.026 and 1 call of unknown price\*\* · \d+ calls\n/u,
    )
    for (const row of [
      '- **planner** · bard · 1 call · 0 tokens in · 0 out · about $0.01',
      '- **writer** · bard · 2 calls · 2,000 tokens in, 1,000 of them cached · 1,000 out · $0.016',
      '- **writer** · harp · 1 call · 1,000 tokens in · 500 out · price unknown',
      `-# ${en.cost.unpriced}\n-# ${en.cost.estimated}`,
    ])
      expect(told).toContain(row)
    expect(await run(tomas, 'cost story', {}, world.stories)).toContain('This works in a story’s thread')
  })

  test('of a month is for admins, with what lies ahead and what is used of the server’s limit', async () => {
    await called({ end: dear })
    await run(iris, 'budget set', { for: 'server', each: 'month', amount: '$20' })
    await run(iris, 'budget set', { for: 'server', each: 'day', amount: '10' })
    await run(iris, 'budget set', { for: 'each_user', each: 'day', amount: '1' })
    const told = await run(iris, 'cost month', {}, world.stories)
    const [heading, ahead, ...rows] = told.split('\n')
    expect(heading).toMatch(/^\*\*\w+ \d{4}\*\* on this server: \*\*\$6\.01\*\* · \d+ calls?$/u)
    expect(ahead).toMatch(
      /^If it goes on like this, it will be \$[\d,]+\.\d\d by the month’s end, <t:\d+:R>\.$/u,
    )
    expect(rows.slice(0, 2)).toEqual([
      expect.stringMatching(/^Limit for the server: \$6\.01 of \$10\.00 today · begins anew <t:\d+:R>$/u),
      expect.stringMatching(
        /^Limit for the server: \$6\.01 of \$20\.00 this month · begins anew <t:\d+:R>$/u,
      ),
    ])
    expect(told).toContain('- **writer** · bard · 1 call · 1,200,000 tokens in · 500 out · $6.01')
    expect(told).not.toContain('$1.00')
    expect(await run(mara, 'cost month')).toBe(en.settings.adminsOnly)
  })

  test('of more than fits one message is leafed through', async () => {
    const models = Array.from({ length: 40 }, (_, index) => `bard-with-a-rather-long-name-${index + 10}`)
    await called(...models.map((model) => ({ call: { model } })))
    const first = await mara.command(thread, ['cost', 'story'])
    const second = await mara.clickForReply(first, 'More')
    const third = await mara.clickForReply(second, 'More')
    const rowsOf = ({ content }: APIMessage) => content.match(/bard-\S+/gu) ?? []
    expect([first, second, third].flatMap(rowsOf)).toEqual(models)
    expect(rowsOf(await mara.clickForReply(third, 'Back'))).toEqual(rowsOf(second))
  })
})

describe('/budget', () => {
  const serverDay = { for: 'server', each: 'day' }

  test('limits are set and taken away by admins, with what was and what is', async () => {
    const set = await run(iris, 'budget set', { ...serverDay, amount: '0.50' })
    expect(set).toBe(
      [
        '**The server, each day**: no limit → $0.50',
        'It holds from now on; what was spent today counts.',
        `-# ${en.budget.unpriced}`,
      ].join('\n'),
    )
    expect(await run(iris, 'budget set', { ...serverDay, amount: '$0.5' })).toBe(en.budget.unchanged)
    const none = await run(iris, 'budget set', { ...serverDay, amount: '0' })
    expect(none).toContain('$0.50 → $0.00')
    expect(none).toContain(en.budget.nothing)
    expect(await run(mara, 'budget show')).toMatch(
      /- The server: \*\*nothing a day\*\* · begins anew <t:\d+:R>$/u,
    )
    expect(await run(iris, 'budget clear', serverDay)).toBe('**The server, each day**: $0.00 → no limit')
    expect(await run(iris, 'budget clear', serverDay)).toBe(en.budget.unchanged)
    expect(await run(mara, 'budget show')).toContain(en.budget.unlimited)
  })

  test('everyone sees what holds for them, and an own limit goes before that for each', async () => {
    const { people } = world.discord.ids
    const one = { for: 'one_user', each: 'day', user: people.second }
    await run(iris, 'budget set', { for: 'each_user', each: 'day', amount: '1' })
    await run(iris, 'budget set', { ...one, amount: '2' })
    await run(iris, 'budget set', { for: 'each_story', each: 'month', amount: '3' })
    await run(iris, 'budget set', { for: 'this_story', each: 'month', amount: '4' })
    const limitsOf = async (player: Player, channel = thread) =>
      (await run(player, 'budget show', {}, channel)).match(/^- .*\*\*/gmu)
    expect(await limitsOf(tomas)).toEqual(['- You: **$2.00 a day**', '- This story: **$4.00 a month**'])
    expect(await limitsOf(mara, world.stories)).toEqual(['- You: **$1.00 a day**'])
    expect(await run(iris, 'budget show')).toContain(
      [
        '**All limits that are set**',
        '- Each story: **$3.00 a month**',
        '- The story **The Lighthouse**: **$4.00 a month**',
        '- Each user: **$1.00 a day**',
        `- <@${people.second}>: **$2.00 a day**`,
      ].join('\n'),
    )
    expect(await run(iris, 'budget clear', one)).toBe(
      `**<@${people.second}>, each day**: $2.00 → no limit\n${en.budget.fallsBack}`,
    )
    expect(await limitsOf(tomas)).toContain('- You: **$1.00 a day**')
  })

  test('what is no amount, or for nobody, is refused, and changes nothing', async () => {
    for (const amount of ['-1', '1,5', 'five', '1e3', '10000', '$0.0000000001', '5 €'])
      expect(await run(iris, 'budget set', { ...serverDay, amount })).toContain(
        `“${amount}” is not an amount`,
      )
    const amount = '5'
    expect(await run(iris, 'budget set', { for: 'one_user', each: 'day', amount })).toBe(en.budget.whichUser)
    const user = world.discord.ids.people.second
    expect(await run(iris, 'budget set', { ...serverDay, amount, user })).toBe(en.budget.noUser)
    const here = { for: 'this_story', each: 'day', amount }
    expect(await run(iris, 'budget set', here, world.stories)).toContain('This works in a story’s thread')
    expect(await run(mara, 'budget set', { ...serverDay, amount })).toBe(en.settings.adminsOnly)
    expect(await run(mara, 'budget clear', serverDay)).toBe(en.settings.adminsOnly)
    expect(await run(iris, 'budget show')).toBe(`${en.budget.heading}\n${en.budget.unlimited}`)
  })
})

describe('/price', () => {
  const bard = { model: 'bard', input: '2.50', output: '$10' }

  test('is set by admins from now on, and leaves what was spent as it is', async () => {
    await called({})
    const changed = await run(iris, 'price set', { ...bard, cached: '0.075' })
    expect(changed).toBe(
      [
        `**bard**: what a million tokens cost on this server from now on. Calls that were made keep the price that they had.`,
        '**In**: $5.00 → $2.50',
        '**Cached**: $1.00 → $0.075',
      ].join('\n'),
    )
    expect(await run(mara, 'price list')).toContain('- **bard**: $2.50 in · $0.075 cached · $10.00 out')
    expect(await run(mara, 'cost story')).toContain('· 500 out · $0.01')
    expect(await run(iris, 'price set', { ...bard, cached: '0.075' })).toBe(en.price.unchanged)
  })

  test('can be another for what the provider is to keep of a prompt', async () => {
    const set = await run(iris, 'price set', { ...bard, 'cache-write': '3.125' })
    expect(set).toContain('**To keep**: unknown → $3.125')
    expect(await run(mara, 'price list')).toContain(
      '- **bard**: $2.50 in · $2.50 cached · $3.125 to keep · $10.00 out',
    )
    expect(await run(iris, 'price set', bard)).toContain('**To keep**: $3.125 → as usual')
    expect(await run(iris, 'price set', { ...bard, 'cache-write': 'x' })).toContain(
      '“x” for `cache-write` is not an amount',
    )
  })

  test('holds for the model that writes here, although it is on this machine', async () => {
    const { model } = world.model
    await run(iris, 'price set', { model, input: '5', output: '10' })
    await mara.say(thread, '*I knock.*')
    await expect.poll(() => run(mara, 'cost story')).toMatch(/\*\*writer\*\* · .+ · \$0\.\d+$/mu)
  })

  test('of what was called though nobody told it is unknown, until someone does', async () => {
    await called({ call: { model: 'harp' } }, {})
    const before = await run(tomas, 'price list')
    expect(before).toContain('- **harp**: unknown')
    expect(before).not.toContain('**bard**: unknown')
    expect(before).toContain(en.price.howTo)
    const set = await run(iris, 'price set', { model: 'harp', input: '0', output: '0' })
    expect(set).toContain('**In**: unknown → $0.00')
    const after = await run(tomas, 'price list')
    expect(after).toContain('- **harp**: nothing')
    expect(after).not.toContain('unknown')
  })

  test('what is no price is refused, and changes nothing', async () => {
    const before = await run(mara, 'price list')
    expect(await run(iris, 'price set', { ...bard, output: 'much' })).toContain('“much” for `output` is not')
    expect(await run(iris, 'price set', { ...bard, cached: '-' })).toContain('“-” for `cached` is not')
    expect(await run(iris, 'price set', { ...bard, model: ' ' })).toBe(en.price.noModel)
    expect(await run(mara, 'price set', bard)).toBe(en.settings.adminsOnly)
    expect(await run(mara, 'price list')).toBe(before)
  })

  test('can be another at one connection; what is no connection is refused', async () => {
    const path = ['price', 'set']
    const [connection = ''] = await iris.suggested(thread, path, { ...bard, connection: '' }, 'connection')
    await run(iris, 'price set', bard)
    expect(await run(iris, 'price set', { ...bard, connection, input: '3' })).toContain(
      `**bard** at ${connection}: what a million`,
    )
    const listed = await run(mara, 'price list')
    expect(listed).toContain('- **bard**: $2.50 in')
    expect(listed).toContain(`- **bard** at ${connection}: $3.00 in`)
    expect(await run(iris, 'price set', { ...bard, connection: 'nowhere' })).toContain(
      `No connection is called “nowhere”. There is: ${connection}.`,
    )
    expect(await iris.suggested(thread, path, { model: 'b' }, 'model')).toContain('bard')
  })
})
