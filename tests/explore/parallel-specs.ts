import { isMainThread } from 'node:worker_threads'
import { model, spec } from '../../src/explore/index.ts'
import { int } from '../../src/state/index.ts'

/** A counter whose step goes wrong half-way: it throws, or ends the thread that takes it. */
export const breaking = spec(
  'breaking',
  { about: 'a counter that goes wrong', parameters: { how: 'throws' } },
  ({ how }) =>
    model({
      state: { left: int(0, 40), right: int(0, 40) },
      actions: {
        left: {
          when: (s) => s.left < 40,
          then: (s) => {
            s.left += 1
          },
        },
        right: {
          when: (s) => s.right < 40,
          then: (s) => {
            if (s.left === 20 && s.right === 20) goWrong(how)
            s.right += 1
          },
        },
      },
      sometimes: { 'both are full': (s) => s.left === 40 && s.right === 40 },
      ends: 'anywhere',
    }),
)

function goWrong(how: string): void {
  if (how === 'throws') throw new Error('this spec throws')
  // In the main thread that would end the test.
  if (!isMainThread) process.exit(7)
}
