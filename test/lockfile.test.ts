import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

type Entry = { readonly version?: string; readonly resolved?: string; readonly gypfile?: boolean }
const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
  packages: Readonly<Record<string, Entry>>
}

test('the lockfile records no download address', () => {
  expect(Object.values(packages).filter(({ resolved }) => resolved !== undefined)).toEqual([])
})

test('every package in the lockfile has a version, those for other machines too', () => {
  const nameless = Object.entries(packages).filter(([path, { version }]) => path !== '' && !version)
  expect(nameless).toEqual([])
})

// better-sqlite3 ships its binaries and says `"gypfile": false`, but `npm ci` believes the lockfile, which npm
// writes without that word, and would compile it. After `npm install`, put the word back.
test('npm ci does not compile better-sqlite3', () => {
  expect(packages['node_modules/better-sqlite3']?.gypfile).toBe(false)
})
