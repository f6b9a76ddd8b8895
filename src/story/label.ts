import { z } from 'zod'

export const LABEL_LIMIT = 80

/** A few words on one line, which an event may hold itself: a posture, a place's name. Never what someone wrote. */
export const Label = z
  .string()
  .trim()
  .min(1)
  .max(LABEL_LIMIT)
  .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u)
export type Label = z.infer<typeof Label>
