// @types/lodash would add 4 MB for this one function.
declare module 'lodash/sampleSize.js' {
  export default function sampleSize<T>(collection: readonly T[], size: number): T[]
}
