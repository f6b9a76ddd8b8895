import { z } from 'zod'

/** The form of a file with conversations, with questions and the lines that answer them. */
export const Conversations = z.object({
  conversations: z.array(
    z.object({
      name: z.string(),
      cast: z.array(z.string().min(1)).min(1),
      lines: z.array(
        z.object({
          id: z.string(),
          scene: z.int(),
          at: z.iso.datetime(),
          speaker: z.string(),
          text: z.string(),
        }),
      ),
      queries: z.array(
        z.object({ text: z.string(), category: z.string(), evidence: z.array(z.string()).min(1) }),
      ),
    }),
  ),
})
