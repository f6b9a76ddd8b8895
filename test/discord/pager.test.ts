import { describe, expect, test } from 'vitest'
import { pageIn, pager } from '../../src/discord/pager.ts'
import { en } from '../../src/locales/en.ts'

const under = (page: number, hasMore: boolean) => pager(page, hasMore, (to) => `list:${to}`, en)

describe('a page of a list', () => {
  test('given it is the only one, then it has no buttons', () => {
    expect(under(0, false)).toEqual([])
  })

  test.each([
    ['the first', 0, true, [true, false]],
    ['one in between', 1, true, [false, false]],
    ['the last', 2, false, [false, true]],
  ] as const)(
    'given it is %s, then its buttons lead to the pages that there are',
    (_, page, hasMore, off) => {
      const buttons = under(page, hasMore).flatMap(({ components }) => components)
      expect(buttons).toMatchObject([
        { label: 'Newer', custom_id: `list:${page - 1}`, disabled: off[0] },
        { label: 'Older', custom_id: `list:${page + 1}`, disabled: off[1] },
      ])
    },
  )
})

test('what a button carries is read as the number of a page', () => {
  expect([pageIn('2'), pageIn('-1'), pageIn('x'), pageIn(undefined)]).toEqual([2, 0, 0, 0])
})
