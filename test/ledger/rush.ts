import { openDatabase } from '../../src/store/database.ts'
import { ledgerStore } from '../../src/store/ledger.ts'
import { NOON, planned, settlement } from './call.ts'

/**
 * A process that asks for many calls at once, all that it is granted being used up: every other one is settled while
 * it still asks. Begins when it is told to, tells how many it was granted, and never closes its database.
 */
const [directory = '', name = '', count = '0'] = process.argv.slice(2)
const db = await openDatabase(directory)
let made = 0
const newId = () => {
  made += 1
  return `${name}-${made}`
}
const ledger = ledgerStore(db, () => NOON, newId)

const ask = async (turn: number): Promise<boolean> => {
  const outcome = await ledger.reserve(planned)
  if (!('id' in outcome)) return false
  if (turn % 2 === 0) await ledger.settle(outcome.id, settlement)
  return true
}

process.on('message', async () => {
  const granted = await Promise.all(Array.from({ length: Number(count) }, (_, turn) => ask(turn)))
  process.send?.(granted.filter(Boolean).length)
})
process.send?.('ready')
