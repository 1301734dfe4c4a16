/** A file that is not there: its bytes in chunks of `size`. */
export async function* bytesOf(
  content: string | Uint8Array,
  size = 1 << 16,
): AsyncGenerator<Uint8Array> {
  const all = Buffer.from(content as string)
  for (let at = 0; at < all.length; at += size) {
    await Promise.resolve()
    yield all.subarray(at, at + size)
  }
}
