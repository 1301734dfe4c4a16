/** How texts are laid out. */
export interface TextOptions {
  /** Lines are no longer than this. Default: 96 characters. */
  readonly width?: number
}

export const WIDTH = 96
