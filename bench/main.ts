import { parseArgs } from 'node:util'
import { type Bench, tableOf } from './figure.ts'

/** Every bench, loaded when it is run. `isShort`: it ends within a minute, and is run when none is named. */
const BENCHES: Readonly<Record<string, { load: () => Promise<Bench>; isShort: boolean }>> = {
  stream: { load: async () => (await import('./stream.ts')).bench, isShort: true },
  recall: { load: async () => (await import('./recall.ts')).bench, isShort: true },
  'recall-speed': { load: async () => (await import('./recall-speed.ts')).bench, isShort: false },
  tokens: { load: async () => (await import('./tokens.ts')).bench, isShort: false },
  timeline: { load: async () => (await import('./timeline.ts')).bench, isShort: false },
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean', default: false }, data: { type: 'string' } },
})

const unknown = positionals.filter((name) => !Object.hasOwn(BENCHES, name))
if (unknown.length > 0) {
  console.error(`No bench ${unknown.join(', ')}. There are: ${Object.keys(BENCHES).join(', ')}.`)
  process.exit(2)
}

for (const [name, { load, isShort }] of Object.entries(BENCHES)) {
  if (positionals.length > 0 ? !positionals.includes(name) : !isShort) continue
  const bench = await load()
  const figures = await bench({ data: values.data })
  if (values.json) console.log(JSON.stringify({ bench: name, figures }))
  else console.log(`${name}\n${tableOf(figures)}\n`)
  if (figures.some(({ ok }) => !ok)) process.exitCode = 1
}
