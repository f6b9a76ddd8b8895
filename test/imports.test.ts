import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { expect, test } from 'vitest'

/** What each part of the house may import, beside itself and packages. The composition root may import all. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  kit: [],
  config: ['kit', 'story'],
  story: ['kit'],
  locales: ['kit', 'story', 'ledger', 'turn/ports'],
  recall: ['kit', 'story'],
  ledger: ['kit', 'story'],
  safety: ['kit', 'story'],
  formats: ['kit', 'story'],
  pictures: ['kit'],
  prompt: ['kit', 'story'],
  roles: ['kit', 'story', 'recall', 'safety', 'prompt'],
  turn: ['kit', 'story', 'recall', 'ledger', 'safety', 'prompt', 'roles'],
  model: ['kit', 'story', 'ledger', 'turn/ports'],
  store: ['kit', 'story', 'recall', 'ledger', 'formats', 'turn/ports', 'migrations'],
  discord: ['kit', 'story', 'ledger', 'locales', 'turn'],
  http: ['kit', 'story', 'locales', 'turn'],
  jobs: ['kit', 'story', 'turn'],
  commands: ['kit', 'story', 'ledger', 'safety', 'prompt', 'locales', 'turn', 'discord', 'pictures'],
  migrations: [],
  sandbox: ['kit'],
}

/** Parts whose rules are pure: no clock, no randomness, no input or output. */
const PURE = ['story', 'prompt', 'recall', 'ledger', 'roles', 'safety', 'formats']
const IMPURE =
  /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bsetTimeout\(|\bfetch\(|from 'node:|\bprocess\./

const root = resolve(import.meta.dirname, '..')
const filesIn = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name))
const files = ['src', 'commands', 'migrations'].flatMap(filesIn)

const withinSrc = (path: string) => (path.startsWith('src/') ? path.slice('src/'.length) : path)
const partOf = (path: string): string => withinSrc(path).split('/')[0] ?? ''
const isRoot = (path: string) => /^src\/[^/]+\.ts$/u.test(path)

const importsOf = (path: string): string[] =>
  [
    ...readFileSync(join(root, path), 'utf8').matchAll(
      /(?:from|import\()\s*'(\.[^']+)'|^import '(\.[^']+)'/gmu,
    ),
  ].map(([, from, bare]) => relative(root, resolve(root, dirname(path), from ?? bare ?? '')))

const isAllowed = (from: string, to: string): boolean =>
  partOf(from) === partOf(to) ||
  (ALLOWED[partOf(from)] ?? []).some(
    (part) => partOf(to) === part || withinSrc(to) === `${part}.ts` || withinSrc(to).startsWith(`${part}/`),
  )

test('every part of the house has a rule', () => {
  const parts = new Set(files.filter((path) => !isRoot(path)).map(partOf))
  expect([...parts].filter((part) => !(part in ALLOWED))).toEqual([])
})

test('imports point inward', () => {
  const wrong = files
    .filter((path) => !isRoot(path))
    .flatMap((path) => importsOf(path).map((to) => [path, to] as const))
    .filter(([from, to]) => !isAllowed(from, to))
    .map(([from, to]) => `${from} imports ${to}`)
  expect(wrong).toEqual([])
})

test('the pure parts read no clock, no randomness and nothing outside', () => {
  const wrong = files.filter(
    (path) => PURE.includes(partOf(path)) && IMPURE.test(readFileSync(join(root, path), 'utf8')),
  )
  expect(wrong).toEqual([])
})

test('no file has grown past one concern', () => {
  const long = files.filter((path) => readFileSync(join(root, path), 'utf8').split('\n').length > 301)
  expect(long).toEqual([])
})
