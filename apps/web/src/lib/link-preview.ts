/** What the preview of a link shows: where it leads, and the picture that it shows: of 1,200 × 630 px. */
export interface LinkPreview {
  url: string
  image: string
  imageAlt: string
}
