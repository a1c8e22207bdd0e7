declare module 'subset-font' {
  interface Options {
    targetFormat: 'woff2' | 'truetype'
    /** The range of each axis of a variable font. */
    variationAxes?: Record<string, { min: number; max: number }>
    noLayoutClosure?: boolean
    keepFeatures?: string[]
  }
  export default function subsetFont(font: Uint8Array, text: string, options: Options): Promise<Uint8Array>
}
