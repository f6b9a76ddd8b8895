import type { SeenAnswer, SeenRequest } from './rest/server.ts'

export type Stats = {
  /** Requests by `METHOD /route`, in Discord's notation; those to routes that do not exist by their path. */
  readonly requests: Readonly<Record<string, number>>
  /** 429s that the application drew on itself, by the same keys. */
  readonly limited: Readonly<Record<string, number>>
  /** All of them: what a benchmark wants to be 0. */
  readonly tooMany: number
}

const keyOf = ({ method, route, path }: SeenRequest): string => `${method} ${route ?? path}`

export const createStats = () => {
  const requests = new Map<string, number>()
  const limited = new Map<string, number>()
  const count = (map: Map<string, number>, key: string) => map.set(key, (map.get(key) ?? 0) + 1)
  return {
    onRequest: (request: SeenRequest): void => {
      count(requests, keyOf(request))
    },
    onAnswer: (answer: SeenAnswer): void => {
      if (answer.limited) count(limited, keyOf(answer.request))
    },
    read: (): Stats => ({
      requests: Object.fromEntries(requests),
      limited: Object.fromEntries(limited),
      tooMany: [...limited.values()].reduce((sum, times) => sum + times, 0),
    }),
    reset: (): void => {
      requests.clear()
      limited.clear()
    },
  }
}
