import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { download } from '../../src/discord/download.ts'

const server = createServer(({ url }, answer) => {
  if (url === '/elsewhere') answer.writeHead(302, { location: '/file' }).end()
  else if (url === '/gone') answer.writeHead(404).end('not here')
  else if (url === '/broken')
    answer.writeHead(200, { 'content-length': 100 }).write('12', () => answer.destroy())
  else answer.writeHead(200).end('12345')
})
let origin: string

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => new Promise((resolve) => server.close(resolve)))

test('a file comes whole while it is no larger than the limit', async () => {
  expect(await download(`${origin}/file`, 5)).toEqual(Buffer.from('12345'))
  expect(await download(`${origin}/file`, 4)).toBe('too_large')
})

test.each(['/gone', '/elsewhere', '/broken'])(
  'what does not come from just there is no file: %s',
  async (path) => {
    expect(await download(`${origin}${path}`, 1000)).toBe('unreachable')
  },
)
