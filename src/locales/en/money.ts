import { exactDollars, roundedDollars } from '../../ledger/amount.ts'
import type { Scope } from '../../ledger/budget.ts'
import type { Nanos, Price, TokenUsage } from '../../ledger/price.ts'
import type { Period, Window } from '../../ledger/window.ts'
import type { Cost } from '../../turn/ports/ledger.ts'

const number = (count: number): string => count.toLocaleString('en')

const calls = (count: number): string => (count === 1 ? '1 call' : `${number(count)} calls`)

/** When something begins anew, as Discord shows it to each reader by their own clock. */
const anew = (at: number): string => `begins anew <t:${Math.ceil(at / 1000)}:R>`

const monthName = new Intl.DateTimeFormat('en', { month: 'long', year: 'numeric', timeZone: 'UTC' })

const a = { day: 'a day', month: 'a month' } satisfies Record<Window, string>

const each = { day: 'each day', month: 'each month' } satisfies Record<Window, string>

const since = { day: 'today', month: 'this month' } satisfies Record<Window, string>

const limitOf = (limit: Nanos, window: Window): string =>
  limit === 0 ? `nothing ${a[window]}` : `${exactDollars(limit)} ${a[window]}`

/** What several calls came to. */
export type CostSum = Omit<Cost, 'role' | 'model' | 'usage'>

/** What a sum comes to, and what of it is not known. */
const price = ({ price: known, calls: all, unpriced, estimated }: CostSum) => {
  if (unpriced > 0 && unpriced === all) return 'price unknown'
  const sum = `${estimated > 0 ? 'about ' : ''}${roundedDollars(known)}`
  return unpriced > 0 ? `${sum} and ${calls(unpriced)} of unknown price` : sum
}

/** For whom a limit can be set. */
export type LimitedTo = 'server' | 'each_user' | 'one_user' | 'each_story' | 'this_story'

const limitedTo: Readonly<Record<LimitedTo, string>> = {
  server: 'the server, all in all',
  each_user: 'each user',
  one_user: 'one user',
  each_story: 'each story',
  this_story: 'this story',
}

const whatCounts =
  'Amounts are dollars, up to 9999.99, with a point and no commas: `5`, `0.50` or `$2`. Nothing was changed.'

/** What Skein says about what models cost, and about what may be spent on them. */
export const moneyTexts = {
  /** Under a page of a list that has no newest. */
  leaf: { newer: 'Back', older: 'More' },

  cost: {
    about: 'What the models have cost',
    story: 'Show what this story has cost',
    month: 'Show what this server has cost this month (for admins)',
    noCalls: (title: string) => `No model has been called for **${title}** yet, so it has cost nothing.`,
    ofStory: (title: string, sum: CostSum) =>
      `**${title}**, with all of its branches: **${price(sum)}** · ${calls(sum.calls)}`,
    noCallsInMonth: (month: Period) =>
      `No model has been called on this server in ${monthName.format(Date.parse(`${month}-15`))} yet.`,
    ofMonth: (month: Period, sum: CostSum) =>
      `**${monthName.format(Date.parse(`${month}-15`))}** on this server: **${price(sum)}** · ${calls(sum.calls)}`,
    projected: (amount: Nanos, end: number) =>
      `If it goes on like this, it will be ${roundedDollars(amount)} by the month’s end, <t:${Math.ceil(end / 1000)}:R>.`,
    used: (spent: Nanos, limit: Nanos, window: Window, resetsAt: number) =>
      `Limit for the server: ${limit === 0 ? limitOf(limit, window) : `${roundedDollars(spent)} of ${exactDollars(limit)} ${since[window]}`} · ${anew(resetsAt)}`,
    entry: (role: string, model: string, usage: TokenUsage, sum: CostSum): string =>
      [
        `- **${role}** · ${model} · ${calls(sum.calls)}`,
        `${number(usage.input)} tokens in${usage.cached > 0 ? `, ${number(usage.cached)} of them cached` : ''}`,
        `${number(usage.output)} out`,
        price(sum),
      ].join(' · '),
    unpriced:
      'What calls of unknown price cost is in no sum. `/price list` shows the prices; an admin can set one with `/price set`.',
    estimated:
      '“About”: of some calls no provider said what they used. What was stopped or broke off is counted by Skein itself, with a fifth on top; all else with the most that it can have cost.',
  },

  budget: {
    about: 'What may be spent on models',
    show: 'Show the limits that hold for you, and when they begin anew',
    set: 'Set a limit for each day or month (for admins)',
    clear: 'Take a limit away (for admins)',
    option: {
      for: 'For whom the limit is',
      each: 'For which span of time',
      amount: 'How many dollars, as 5 or 0.50; 0 for nothing at all',
      user: 'Who, where it is for one user',
    },
    limitedTo,
    each,

    heading: '**What may be spent on models here**',
    unlimited: 'No limit holds for you here.',
    /** Whose limit it is, for the one who reads. */
    own: { server: 'The server', user: 'You', story: 'This story' } satisfies Record<Scope, string>,
    entry: (whose: string, spent: Nanos, limit: Nanos, window: Window, resetsAt: number) =>
      [
        `- ${whose}: **${limitOf(limit, window)}**`,
        ...(limit === 0 ? [] : [`${roundedDollars(spent)} of it used`]),
        anew(resetsAt),
      ].join(' · '),
    all: '**All limits that are set**',
    allEntry: (whose: string, limit: Nanos, window: Window) => `- ${whose}: **${limitOf(limit, window)}**`,
    ofEach: { server: 'The server', user: 'Each user', story: 'Each story' } satisfies Record<Scope, string>,
    story: (title: string) => `The story **${title}**`,
    storyGone: 'A story that was deleted',

    changed: (whose: string, window: Window) => `${whose}, ${each[window]}`,
    none: 'no limit',
    amount: exactDollars,
    counts: (window: Window) => `It holds from now on; what was spent ${since[window]} counts.`,
    nothing: 'Nothing may be spent under it: only models that cost nothing are asked.',
    unpriced:
      'Where a limit holds, models of unknown price are not asked. `/price list` shows whether there are any.',
    fallsBack: 'Where a limit for each is set, it holds instead.',
    notAnAmount: (typed: string) => `“${typed}” is not an amount. ${whatCounts}`,
    whichUser: 'Say with `user` for which user the limit is. Nothing was changed.',
    noUser:
      'A `user` goes with a limit for one user only: choose that, or leave `user` out. Nothing was changed.',
    unchanged: 'Nothing was changed: that is how it stood already. `/budget show` lists the limits.',
  },

  price: {
    about: 'What models cost',
    list: 'Show the prices that hold now',
    set: 'Set what a model costs on this server from now on (for admins)',
    option: {
      model: 'Which model, by its name at the provider',
      input: 'Dollars for a million tokens of what it reads, as 2.50',
      output: 'Dollars for a million tokens of what it writes, as 10',
      cached: 'Dollars for a million tokens that it has read before; without it, as for any that it reads',
      cacheWrite: 'Dollars for a million tokens that it is to keep in mind; without it, what is usual',
      connection: 'At which connection; without one, wherever it has no price of its own',
    },
    heading: '**What a million tokens cost**',
    none: 'No prices are set. What models cost is unknown, other than those on Skein’s own machine or in its network, which cost nothing. An admin sets a price with `/price set`.',
    where: (model: string, connection: string | null) =>
      connection === null ? `**${model}**` : `**${model}** at ${connection}`,
    entry: (where: string, { input, cached, cacheWrite, output }: Price): string =>
      input === 0 && cached === 0 && !cacheWrite && output === 0
        ? `- ${where}: nothing`
        : [
            `- ${where}: ${exactDollars(input)} in`,
            `${exactDollars(cached)} cached`,
            ...(cacheWrite === null ? [] : [`${exactDollars(cacheWrite)} to keep`]),
            `${exactDollars(output)} out`,
          ].join(' · '),
    unknown: (model: string) => `- **${model}**: unknown`,
    unknownElsewhere: (model: string) => `- **${model}** elsewhere: unknown`,
    howTo:
      'Models of unknown price were called since last month. An admin sets their prices with `/price set`.',
    field: { input: 'In', cached: 'Cached', cacheWrite: 'To keep', output: 'Out' },
    unknownPrice: 'unknown',
    usual: 'as usual',
    amount: exactDollars,
    changed: (where: string) =>
      `${where}: what a million tokens cost on this server from now on. Calls that were made keep the price that they had.`,
    notAnAmount: (option: string, typed: string) =>
      `“${typed}” for \`${option}\` is not an amount. ${whatCounts}`,
    noModel: 'A model has a name of 1 to 200 characters. Nothing was changed.',
    unknownConnection: (typed: string, names: string) =>
      `No connection is called “${typed}”. There is: ${names}. Nothing was changed; leave \`connection\` out for all of them.`,
    unchanged: 'Nothing was changed: that is its price already. `/price list` shows all of them.',
  },
}
