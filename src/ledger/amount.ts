import { DOLLAR, type Nanos } from './price.ts'

/** The most that one can type: a thousand such amounts are still summed exactly. */
const DIGITS = 4

const TYPED = new RegExp(`^\\$?\\s*(\\d{1,${DIGITS}})(?:\\.(\\d{1,9}))?$`, 'u')

/** An amount as people type it: `5`, `0.50` or `$2`. Undefined for all else, and from ten thousand dollars on. */
export const readAmount = (typed: string): Nanos | undefined => {
  const [, dollars, fraction = ''] = TYPED.exec(typed.trim()) ?? []
  return dollars === undefined ? undefined : Number(dollars) * DOLLAR + Number(fraction.padEnd(9, '0'))
}

/** An amount that someone set, to the last digit: `$5.00`, `$0.075`. */
export const exactDollars = (amount: Nanos): string => {
  const dollars = Math.floor(amount / DOLLAR).toLocaleString('en')
  const fraction = String(amount % DOLLAR).padStart(9, '0')
  return `$${dollars}.${fraction.replace(/0+$/u, '').padEnd(2, '0')}`
}

/** Below this, four digits after the point would say nothing. */
const LEAST: Nanos = DOLLAR / 10_000

const format = (digits: number) =>
  new Intl.NumberFormat('en', {
    style: 'currency',
    currency: 'USD',
    minimumFractionDigits: 2,
    maximumFractionDigits: digits,
  })
const [large, small] = [format(2), format(4)]

/** What something came to: in cents from a dollar on, finer below. Shown as nothing only where it is nothing. */
export const roundedDollars = (amount: Nanos): string => {
  if (amount > 0 && amount < LEAST) return `< ${small.format(LEAST / DOLLAR)}`
  return (amount < DOLLAR ? small : large).format(amount / DOLLAR)
}
