import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { inviteLink } from '../src/discord/client.ts'

const documents = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md']
const read = (name: string) => readFileSync(name, 'utf8')

test('the invite link in the README asks for what Skein needs', () => {
  expect(read('README.md')).toContain(inviteLink('APPLICATION_ID'))
})

test.each(documents)('what %s links to in the project is there', (name) => {
  const links = [...read(name).matchAll(/\]\(([^)]+)\)/gu)].map(([, target]) => target ?? '')
  expect(links.filter((link) => !link.startsWith('http') && !existsSync(link))).toEqual([])
})
