import { setTimeout } from 'node:timers/promises'
import { systemClock } from '../../src/kit/clock.ts'
import { idsFrom } from '../../src/kit/ids.ts'
import { openDatabase } from '../../src/store/database.ts'
import { ledgerStore } from '../../src/store/ledger.ts'
import { NOON, planned, settlement } from '../ledger/call.ts'

// A process that spends what the ledger of a data directory lets it, several calls at a time, and says how it goes:
// `node test/doubles/spender.ts DIRECTORY LEFT_OPEN`. It begins at SIGUSR2, leaves LEFT_OPEN calls without an end, and
// ends when it is refused for the first time.

const [directory = '', leftOpen = '0'] = process.argv.slice(2)
const AT_ONCE = 4

const db = await openDatabase(directory)
const ledger = ledgerStore(db, () => NOON, idsFrom(systemClock.now))

const begin = Promise.withResolvers<void>()
process.once('SIGUSR2', () => begin.resolve())
// A signal alone keeps no process alive.
const awake = setInterval(() => {}, 60_000)
console.log('ready')
await begin.promise
clearInterval(awake)

let granted = 0

/** Reserves a call; undefined where a limit is in its way. */
const reserved = async (): Promise<string | undefined> => {
  const outcome = await ledger.reserve(planned)
  if ('refused' in outcome) return undefined
  granted += 1
  return outcome.id
}

const spend = async (): Promise<void> => {
  for (let id = await reserved(); id !== undefined; id = await reserved()) {
    // What the model would take; others can get at the ledger meanwhile.
    await setTimeout(10)
    await ledger.settle(id, settlement)
    if (granted === 40) console.log('granted 40')
  }
}

for (let open = 0; open < Number(leftOpen); open += 1) await reserved()
await Promise.all(Array.from({ length: AT_ONCE }, spend))
console.log(`granted ${granted} in all`)
await db.destroy()
