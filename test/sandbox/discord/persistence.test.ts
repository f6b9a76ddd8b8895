import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, it, onTestFinished } from 'vitest'
import { silentLogger } from '../../../src/kit/logger.ts'
import { startDiscord } from '../../../src/sandbox/discord/start.ts'
import { pngOf, request, withFiles } from './stage.ts'

const folder = async () => {
  const path = await mkdtemp(join(tmpdir(), 'skein-world-'))
  onTestFinished(() => rm(path, { recursive: true, force: true }))
  return join(path, 'world.db')
}

const open = async (dataFile: string) => {
  const discord = await startDiscord({ port: 0, log: silentLogger(), dataFile })
  onTestFinished(() => discord.close())
  return discord
}

it('comes back as it was: ids, token, commands, threads, messages, reactions, nonces', async () => {
  const file = await folder()
  const first = await open(file)
  const { stories } = first.ids.channels
  await request(first, 'PUT', `/applications/${first.ids.bot}/commands`, [
    { name: 'story', description: 'x' },
  ])
  const thread = await request(first, 'POST', `/channels/${stories}/threads`, { name: 'A tale', type: 11 })
  const messages = `/channels/${thread.body.id}/messages`
  const form = { content: 'Once', nonce: 'n', enforce_nonce: true }
  const { body } = await request(first, 'POST', messages, form)
  await request(first, 'PUT', `${messages}/${body.id}/reactions/%E2%8F%B3/@me`)
  const before = await request(first, 'GET', messages)
  await first.close()

  const second = await open(file)
  expect(second.ids).toEqual(first.ids)
  expect(second.token).toBe(first.token)
  expect((await request(second, 'GET', messages)).body).toEqual(before.body)
  expect((await request(second, 'GET', `/channels/${thread.body.id}`)).body).toMatchObject({ name: 'A tale' })
  expect((await request(second, 'POST', messages, form)).body.id).toBe(body.id)
  const fresh = await request(second, 'POST', messages, { content: 'more' })
  expect(BigInt(String(fresh.body.id))).toBeGreaterThan(BigInt(String(body.id)))
})

it('keeps the files of messages, and takes in none again that a deleted message had', async () => {
  const file = await folder()
  const first = await open(file)
  const path = `/channels/${first.ids.channels.stories}/messages`
  const picture = { name: 'fox.png', bytes: pngOf(64, 48) }
  const kept = await request(first, 'POST', path, withFiles({}, picture))
  const gone = await request(first, 'POST', path, withFiles({}, picture))
  await request(first, 'DELETE', `${path}/${gone.body.id}`)
  await first.close()

  const second = await open(file)
  const { body } = await request(second, 'GET', `${path}/${kept.body.id}`)
  const [attachment] = body.attachments as { url: string; width: number }[]
  expect(attachment?.width).toBe(64)
  expect(attachment?.url).toContain(second.origin)
  const served = await fetch(String(attachment?.url))
  expect(await served.bytes()).toEqual(new Uint8Array(pngOf(64, 48)))
  expect(second.world.files.ids()).toHaveLength(1)
})

it('keeps direct messages, and who takes none', async () => {
  const file = await folder()
  const first = await open(file)
  const { player } = first.ids.people
  const { body } = await request(first, 'POST', '/users/@me/channels', { recipient_id: player })
  const messages = `/channels/${body.id}/messages`
  await request(first, 'POST', messages, { content: 'Psst.' })
  first.person(player).block(true)
  await first.close()

  const second = await open(file)
  const again = await request(second, 'POST', '/users/@me/channels', { recipient_id: player })
  expect(again.body.id).toBe(body.id)
  expect((await request(second, 'GET', messages)).body).toMatchObject([{ content: 'Psst.' }])
  expect((await request(second, 'POST', messages, { content: 'Psst!' })).body.code).toBe(50007)
})

it('an interaction’s token outlives a restart, as it would in the real Discord', async () => {
  const file = await folder()
  const first = await open(file)
  await request(first, 'PUT', `/applications/${first.ids.bot}/commands`, [
    { name: 'story', description: 'x' },
  ])
  let callback = ''
  let token = ''
  first.world.on((event) => {
    if (event.name !== 'interaction_created') return
    token = event.payload.token
    callback = `/interactions/${event.payload.id}/${token}/callback`
  })
  first.person(first.ids.people.player).command(first.ids.channels.stories, ['story'])
  await request(first, 'POST', callback, { type: 5 })
  await first.close()

  const second = await open(file)
  const path = `/webhooks/${second.ids.bot}/${token}/messages/@original`
  expect((await request(second, 'PATCH', path, { content: 'Late but here' })).status).toBe(200)
})

it('a process killed between two messages loses neither what it had answered for', async () => {
  const file = await folder()
  const script = `
    import { startDiscord } from ${JSON.stringify(join(import.meta.dirname, '../../../src/sandbox/discord/start.ts'))}
    import { silentLogger } from ${JSON.stringify(join(import.meta.dirname, '../../../src/kit/logger.ts'))}
    const discord = await startDiscord({ port: 0, log: silentLogger(), dataFile: ${JSON.stringify(file)} })
    const player = discord.person(discord.ids.people.player)
    for (let n = 0; ; n++) {
      console.log(player.send(discord.ids.channels.stories, 'line ' + n).id)
      await new Promise((resolve) => setImmediate(resolve))
    }`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const sent: string[] = []
  for await (const id of createInterface({ input: child.stdout })) {
    sent.push(id)
    if (sent.length === 50) child.kill('SIGKILL')
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')

  const discord = await open(file)
  const kept = new Set(discord.world.messages.in(discord.ids.channels.stories).keys())
  expect(sent.length).toBeGreaterThanOrEqual(50)
  expect(sent.filter((id) => !kept.has(id))).toEqual([])
})
