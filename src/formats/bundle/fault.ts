import { SkeinError } from '../../kit/errors.ts'

/**
 * What is wrong with a bundle. `cut`: its end is missing. `altered`: it is not what its digests say. `too_new`: a
 * newer Skein wrote it. `malformed`: it is no story that Skein could have written.
 */
export type BundleFault = 'not_a_bundle' | 'cut' | 'altered' | 'too_new' | 'too_large' | 'malformed'

/** `where` is for the log: which file or row, never its words. */
export const faulty = (fault: BundleFault, where: string, cause?: unknown): SkeinError =>
  new SkeinError('bundle_faulty', `the bundle is ${fault}: ${where}`, { fault, where }, cause)

/** What is wrong with a bundle, from an error; undefined for an error of another kind. */
export const faultOf = (error: unknown): BundleFault | undefined =>
  error instanceof SkeinError && error.code === 'bundle_faulty'
    ? (error.details.fault as BundleFault)
    : undefined
